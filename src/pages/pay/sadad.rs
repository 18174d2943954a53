//! PAY-4: how a Saudi account is paid for. Nothing is paid here.

use api::accounts::AccountId;
use api::payments::Payments;
use leptos::prelude::*;
use leptos::task::spawn_local;
use words::Language;

use super::debts::debts;
use super::sum::{asked_for, of_wire};
use crate::components::amount::{Amount, AmountSize};
use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::format::Unit;
use crate::pages::reader::{Reader, say};
use crate::share::{Shared, copy};

/// The card with the two numbers, and what is due.
pub fn sadad(payments: &Payments, biller: &str, account: &AccountId) -> AnyView {
    let (unit, due) = (Unit::Money(payments.currency), payments.due.clone());
    let biller = number(words::sadad_biller, biller.to_owned());
    let account = number(words::sadad_account, account.0.clone());
    let asked = asked_for(of_wire(&payments.due, payments.currency)).map(|asked| {
        view! {
            <Card heading=say(words::pay_amount)>
                <p>
                    <Amount value=asked unit=unit size=AmountSize::Figure />
                </p>
            </Card>
        }
        .into_any()
    });
    let debts = debts(payments.currency, &payments.debts, None);
    view! {
        <Card heading=say(words::pay_due)>
            <p>
                <Amount value=due unit=unit size=AmountSize::Display />
            </p>
        </Card>
        {asked}
        <Card heading=say(words::sadad_title)>
            <p class="card__text">{say(words::sadad_body)}</p>
            {biller}
            {account}
            <p class="card__caption">{say(words::sadad_terms)}</p>
        </Card>
        {debts}
    }
    .into_any()
}

/// A number to be entered elsewhere. It stands in Latin digits, as the bank's application takes it.
fn number(label: fn(Language) -> &'static str, number: String) -> AnyView {
    let became = RwSignal::new(None);
    let text = number.clone();
    let press = move |()| {
        let text = text.clone();
        spawn_local(async move {
            let shared = copy(&text).await;
            became.try_set(Some(shared));
        });
    };
    let button = move || {
        let language = Reader::here().language;
        words::sadad_copy(language, label(language))
    };
    let told = move || match became.get()? {
        Shared::Refused => Some(say(words::share_refused)()),
        _ => Some(say(words::action_copied)()),
    };
    view! {
        <div class="pay-number">
            <span class="pay-number__label">{say(label)}</span>
            <bdi class="pay-number__value">{number}</bdi>
            <Button label=button kind=ButtonKind::Outline on_press=press />
        </div>
        <p class="card__caption" role="status">{told}</p>
    }
    .into_any()
}
