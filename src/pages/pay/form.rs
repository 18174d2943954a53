//! How much, by whom, and the button to the bank's page.

use api::payments::Payments;
use billing::money::{Currency, Money};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::debts::debts;
use super::how;
use super::sum::{Limit, of_wire, read};
use super::waiting::{Held, held};
use super::wish::{Part, Typing, Wish};
use crate::components::amount::Amount;
use crate::components::button::Button;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::segmented::Segmented;
use crate::components::switch::Switch;
use crate::format::Unit;
use crate::pages::reader::{Reader, say};

/// The form; `again` asks anew what is due.
pub fn form(payments: &Payments, is_sandbox: bool, typing: Typing, again: Callback<()>) -> AnyView {
    let wish = Wish::begin(payments, typing, again);
    wish.restore();
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        wish.send();
    };
    let choose = Callback::new(move |(bill, of, left)| {
        wish.typed.set(left);
        wish.bill.set(Some((bill, of)));
    });
    let debts = debts(wish.currency, &payments.debts, Some(choose));
    let credit = payments.credit.clone();
    let owes = wish.due.minor() > 0;
    let empty = (!owes).then(|| {
        view! { <Notice kind=NoticeKind::Good icon=IconName::Check title=say(words::pay_empty) /> }.into_any()
    });
    view! {
        {empty}
        <form class="columns__stack" novalidate on:submit=submit>
            {amount_card(wish, credit)}
            {move || wish.chosen_bill()}
            <div class="card">
                <Field
                    id="payer"
                    label=say(words::pay_payer)
                    value=wish.payer
                    kind=FieldKind::Name
                    hint=TextProp::from(say(words::pay_payer_help))
                    error=Signal::derive(move || wish.payer_wrong())
                />
            </div>
            {how(is_sandbox)}
            <div class="pay-go">
                {move || wish.wanted.get().map(|sum| kept_notice(wish.currency, sum))}
                <div role="status">
                    {wish.attempt.told(wish.kept.into())}
                    {held(wish.attempt, move || Some(Held { amount: wish.read(false).ok()?, top_up: None }), again)}
                </div>
                <Button label=move || wish.button() busy=wish.attempt.busy wide=true />
                <p class="card__caption pay-go__note">{say(words::pay_going_to_bank)}</p>
            </div>
        </form>
        {debts}
    }
    .into_any()
}

fn amount_card(wish: Wish, credit: String) -> AnyView {
    let currency = wish.currency;
    let hint = move || {
        let reader = Reader::here();
        let smallest = reader.money(currency, &Money::from_minor(1, currency).to_string());
        let help = if wish.due.minor() > 0 && !wish.ahead.get() {
            words::pay_amount_help
        } else {
            words::pay_amount_ahead_help
        };
        help(reader.language, &smallest)
    };
    let parts = vec![
        (Part::Whole, TextProp::from(say(words::pay_amount_whole))),
        (Part::Half, TextProp::from(say(words::pay_amount_half))),
        (Part::Other, TextProp::from(say(words::pay_amount_other))),
    ];
    let choice = (wish.due.minor() > 0).then(|| {
        view! {
            <Segmented
                legend=say(words::pay_amount_which)
                name="part"
                options=parts
                chosen=Signal::derive(move || wish.part())
                on_choose=move |part| wish.choose(part)
            />
        }
        .into_any()
    });
    let ahead = move || {
        let is_above =
            read(&wish.typed.get(), currency, Limit::None).is_ok_and(|sum| sum.minor() > wish.due.minor());
        (is_above || wish.ahead.get() || wish.due.minor() == 0)
            .then(|| view! { <Switch label=say(words::pay_ahead) on=wish.ahead /> }.into_any())
    };
    view! {
        <Card class="pay-amount">
            <Field
                id="amount"
                label=say(words::pay_amount)
                value=wish.typed
                kind=FieldKind::Decimal
                hint=TextProp::from(hint)
                unit=move || Unit::Money(currency).label(Reader::here().language)
                error=Signal::derive(move || wish.wrong())
            />
            {choice}
            {ahead}
            <hr class="card__rule" />
            {after(wish, credit)}
        </Card>
    }
    .into_any()
}

/// What is due, and what will be once this is paid.
fn after(wish: Wish, credit: String) -> AnyView {
    let (currency, due) = (wish.currency, wish.due);
    let has_credit = of_wire(&credit, currency).minor() > 0;
    let money = move |minor: i128| {
        let sum = Money::from_minor(minor, currency).to_string();
        view! { <Amount value=sum unit=Unit::Money(currency) /> }.into_any()
    };
    let credit = has_credit.then(|| {
        view! { <Fact term=say(words::pay_credit)><Amount value=credit unit=Unit::Money(currency) /></Fact> }.into_any()
    });
    let left = Memo::new(move |_| wish.read(true).ok().map(|sum| due.minor() - sum.minor()));
    let outcome = move || match left.get() {
        Some(above) if above < 0 => {
            view! { <Fact term=say(words::pay_credit_after)>{money(-above)}</Fact> }.into_any()
        }
        Some(left) => view! { <Fact term=say(words::pay_left_after)>{money(left)}</Fact> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Facts>
            <Fact term=say(words::pay_due)>{money(due.minor())}</Fact>
            {credit}
            {outcome}
        </Facts>
    }
    .into_any()
}

fn kept_notice(currency: Currency, sum: String) -> AnyView {
    let title = move || {
        let reader = Reader::here();
        words::pay_kept(reader.language, &reader.money(currency, &sum))
    };
    view! { <Notice kind=NoticeKind::Warn icon=IconName::Clock title=title /> }.into_any()
}
