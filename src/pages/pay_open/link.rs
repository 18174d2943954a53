//! The page of a payment link, for whoever holds it: the sum, the last digits of the account, and the way to pay.

use api::payment_links::{GetPublicLink, PAGE, PaymentLinkState, PostLinkPayment, PublicLink};
use api::payments::LONGEST_PAYER;
use billing::money::{Currency, Money};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::checked::{TOO_MANY, limited};
use crate::client::{ClientError, Outcome, use_loading};
use crate::clock::Clock;
use crate::components::amount::{Amount, AmountSize};
use crate::components::button::Button;
use crate::components::card::Card;
use crate::components::field::{Field, FieldKind};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::format::Unit;
use crate::format::day::CivilTime;
use crate::pages::loaded::strip;
use crate::pages::page::use_title;
use crate::pages::pay::attempt::Attempt;
use crate::pages::pay::channels::warning;
use crate::pages::pay::how;
use crate::pages::pay::sum::{Limit, Wrong, of_wire, read, wrong_words};
use crate::pages::pay::wish::page_language;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::failure;

/// Refusals of a link for good.
const ENDED: [&str; 2] = ["link-expired", "link-unknown"];

/// The page at `/pay/l/` and the link's token.
pub fn link(token: &str) -> AnyView {
    use_title(|| words::link_title(Reader::here().language).to_owned());
    let token = StoredValue::new(token.to_owned());
    let loading = use_loading(move || Some(GetPublicLink { token: token.get_value() }));
    let again = Callback::new(move |()| loading.retry());
    let title = move || {
        let reader = Reader::here();
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) if loaded.reply.state == PaymentLinkState::Active => {
                let PublicLink { currency, left, masked_account, .. } = &loaded.reply;
                let money = reader.money(*currency, left);
                words::link_public_title(reader.language, &money, &reader.digits.write(masked_account))
            }
            _ => words::link_title(reader.language).to_owned(),
        })
    };
    let shown = move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Waiting => skeletons::one_block(),
            Outcome::Here(loaded) => body(&loaded.reply, token, again),
            Outcome::Failed(error) => not_opened(error, again),
        })
    };
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader title=title />
            {shown}
        </div>
    }
    .into_any()
}

/// A link that has ended, or that nobody made, stays so: there is nothing to try again.
fn not_opened(error: &ClientError, again: Callback<()>) -> AnyView {
    match error {
        ClientError::Refused(problem) if problem.code == TOO_MANY => {
            limited(words::link_limit_title, problem, again)
        }
        ClientError::Refused(problem) if ENDED.contains(&problem.code.as_str()) => {
            let message = problem.message.clone();
            let title = move || Reader::here().message(&message);
            view! {
                <div class="columns__stack" role="alert">
                    <Notice kind=NoticeKind::Warn title=title />
                    {warning()}
                </div>
            }
            .into_any()
        }
        error => failure(error, words::link_public_error, again),
    }
}

fn body(link: &PublicLink, token: StoredValue<String>, again: Callback<()>) -> AnyView {
    let host = link.host.clone();
    let warning = move || words::link_public_warning(Reader::here().language, &host);
    let shown = if link.state == PaymentLinkState::Active { form(link, token, again) } else { paid(link) };
    view! {
        <div class="columns__stack">
            {shown}
            <Notice kind=NoticeKind::Warn icon=IconName::Shield title=say(words::link_warning_title)>
                <p>{warning}</p>
            </Notice>
        </div>
    }
    .into_any()
}

fn paid(link: &PublicLink) -> AnyView {
    let (clock, paid_at, last_day) = (Clock::here(), link.paid_at, link.last_day);
    let title = move || {
        let reader = Reader::here();
        let day = |at| CivilTime::at(at, clock.utc_offset_s()).day.full(reader.language, reader.digits);
        words::link_public_paid(reader.language, &paid_at.map_or_else(|| reader.full_day(last_day), day))
    };
    view! { <Notice kind=NoticeKind::Good icon=IconName::Check title=TextProp::from(title) /> }.into_any()
}

/// A payment by a link that is being filled in.
#[derive(Clone, Copy)]
struct Payer {
    currency: Currency,
    left: Money,
    open: bool,
    typed: RwSignal<String>,
    name: RwSignal<String>,
    tried: RwSignal<bool>,
    attempt: Attempt,
    token: StoredValue<String>,
}

fn form(link: &PublicLink, token: StoredValue<String>, again: Callback<()>) -> AnyView {
    let payer = Payer {
        currency: link.currency,
        left: of_wire(&link.left, link.currency),
        open: link.open,
        typed: RwSignal::new(link.left.clone()),
        name: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
        attempt: Attempt::begin(again),
        token,
    };
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        payer.send();
    };
    let last_day = link.last_day;
    let until = move || {
        let reader = Reader::here();
        words::link_until(reader.language, &reader.weekday(last_day))
    };
    let (sum, unit) = (link.left.clone(), Unit::Money(link.currency));
    let is_sandbox = link.is_sandbox;
    view! {
        <form class="columns__stack" novalidate on:submit=submit>
            <Card>
                <p>
                    <Amount value=sum unit=unit size=AmountSize::Display />
                </p>
                <p class="card__text">{until}</p>
                {payer.amount_field()}
                <Field
                    id="payer"
                    label=say(words::pay_payer)
                    value=payer.name
                    kind=FieldKind::Name
                    hint=TextProp::from(say(words::link_public_payer_help))
                    error=Signal::derive(move || payer.name_wrong())
                />
                <div role="status">{payer.attempt.told(Signal::derive(|| false))}</div>
                <Button label=move || payer.button() busy=payer.attempt.busy wide=true />
                <p class="card__caption">{say(words::link_public_privacy)}</p>
            </Card>
            {how(is_sandbox)}
        </form>
    }
    .into_any()
}

impl Payer {
    fn amount_field(self) -> Option<AnyView> {
        let currency = self.currency;
        let hint = move || {
            let reader = Reader::here();
            let money = |sum: Money| reader.money(currency, &sum.to_string());
            words::link_public_open_help(
                reader.language,
                &money(Money::from_minor(1, currency)),
                &money(self.left),
            )
        };
        self.open.then(|| {
            view! {
                <Field
                    id="amount"
                    label=say(words::pay_amount)
                    value=self.typed
                    kind=FieldKind::Decimal
                    unit=move || Unit::Money(currency).label(Reader::here().language)
                    hint=TextProp::from(hint)
                    error=Signal::derive(move || self.wrong())
                />
            }
            .into_any()
        })
    }

    fn read(self, typed: &str) -> Result<Money, Wrong> {
        if self.open { read(typed, self.currency, Limit::Link(self.left)) } else { Ok(self.left) }
    }

    fn wrong(self) -> Option<String> {
        let typed = self.typed.get();
        let wrong = self.read(&typed).err()?;
        let is_shown = self.tried.get() || !typed.trim().is_empty();
        is_shown.then(|| wrong_words(Reader::here(), &wrong, self.currency))
    }

    fn name_wrong(self) -> Option<String> {
        let is_long = self.name.with(|name| name.trim().len() > LONGEST_PAYER);
        is_long.then(|| words::pay_payer_wrong(Reader::here().language).to_owned())
    }

    fn button(self) -> String {
        let reader = Reader::here();
        match self.read(&self.typed.get()) {
            Ok(sum) => words::pay_button(reader.language, &reader.money(self.currency, &sum.to_string())),
            Err(_) => words::pay_button_bare(reader.language).to_owned(),
        }
    }

    fn send(self) {
        self.tried.set(true);
        let (Ok(sum), None) = (self.read(&self.typed.get_untracked()), untrack(|| self.name_wrong())) else {
            return;
        };
        let token = self.token.get_value();
        let amount = self.open.then(|| sum.to_string());
        let name = self.name.get_untracked().trim().to_owned();
        let language = page_language(untrack(Reader::here).language);
        let asked = format!("{sum}\n{name}\n{}", untrack(Reader::here).language.code());
        let request_id = self.attempt.request_id(&asked);
        let from = format!("{PAGE}{token}");
        let post = PostLinkPayment { token, request_id, amount, payer: name, language };
        self.attempt.start(post, from, None);
    }
}
