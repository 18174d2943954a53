//! Sums that are the customer's (BIL-13), and the way in which each shall come.

use api::accounts::Country;
use api::payments::Payments;
use api::refunds::{PostRefundWay, Refund, RefundState, RefundWay};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;
use words::Language;

use crate::client::{self, ClientError, new_request_id};
use crate::clock::Clock;
use crate::components::amount::{Amount, AmountSize};
use crate::components::button::Button;
use crate::components::card::{Card, CardLink, SectionTitle};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::segmented::Segmented;
use crate::format::Unit;
use crate::format::day::CivilTime;
use crate::format::latin_digits;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// The section, where there is something in it.
pub fn refunds(payments: &Payments, again: Callback<()>) -> Option<AnyView> {
    let currency = payments.currency;
    let cards: Vec<AnyView> = payments.refunds.iter().map(|refund| card(currency, refund, again)).collect();
    (!cards.is_empty()).then(|| {
        view! {
            <SectionTitle title=say(words::refunds_title) />
            <div class="columns__stack">{cards}</div>
            <SectionTitle title=say(words::receipts_title) />
        }
        .into_any()
    })
}

/// On the page of paying: what is theirs, and the way to it.
pub fn owed(payments: &Payments) -> Vec<AnyView> {
    let currency = payments.currency;
    let owed = payments.refunds.iter().filter(|refund| refund.state == RefundState::Owed);
    let notice = |refund: &Refund| {
        let (amount, month) = (refund.amount.clone(), refund.month);
        let title = move || {
            let reader = Reader::here();
            words::refund_notice(reader.language, &reader.money(currency, &amount), &reader.month(month))
        };
        view! {
            <Notice kind=NoticeKind::Good icon=IconName::Check title=TextProp::from(title)>
                <CardLink href="/pay/receipts" label=say(words::refund_choose) />
            </Notice>
        }
        .into_any()
    };
    owed.map(notice).collect()
}

fn card(currency: Currency, refund: &Refund, again: Callback<()>) -> AnyView {
    let amount = refund.amount.clone();
    let said = refund.clone();
    let (bill, way, month) = (format!("/bills/{}", refund.bill), refund.way, refund.month);
    let of = move || {
        let reader = Reader::here();
        words::refund_of(reader.language, &reader.month(month))
    };
    let clock = Clock::here();
    let stands = move || stands(Reader::here(), &said, clock.utc_offset_s());
    let is_owed = refund.state == RefundState::Owed;
    let chosen = way.filter(|_| is_owed).map(|way| {
        let end = refund.iban_end.clone().unwrap_or_default();
        let chosen = move || chosen(Reader::here().language, way, &end);
        view! { <p class="card__text">{chosen}</p> }.into_any()
    });
    let choice = is_owed.then(|| choice(refund, again));
    view! {
        <Card>
            <p>
                <Amount value=amount unit=Unit::Money(currency) size=AmountSize::Figure />
            </p>
            <p class="card__text">{stands}</p>
            {chosen}
            {choice}
            <CardLink href=bill label=of />
        </Card>
    }
    .into_any()
}

/// How a sum that is owed will come. What goes to the next bill is owed no more.
fn chosen(language: Language, way: RefundWay, iban_end: &str) -> String {
    match way {
        RefundWay::Bank => words::refund_by_bank(language, iban_end),
        RefundWay::Office => words::refund_by_office(language).to_owned(),
        RefundWay::NextBill => String::new(),
    }
}

fn stands(reader: Reader, refund: &Refund, utc_offset_s: i32) -> String {
    let day = |at| CivilTime::at(at, utc_offset_s).day.full(reader.language, reader.digits);
    let ended = day(refund.ended_at.unwrap_or(refund.since));
    match refund.state {
        RefundState::Owed => words::refund_owed(reader.language, &day(refund.since)),
        RefundState::PaidOut => words::refund_paid_out(reader.language, &ended),
        RefundState::Kept => words::refund_kept(reader.language, &ended),
        RefundState::Withdrawn => words::refund_withdrawn(reader.language, &ended),
    }
}

fn choice(refund: &Refund, again: Callback<()>) -> AnyView {
    let way = RwSignal::new(refund.way.unwrap_or(RefundWay::Bank));
    let iban = RwSignal::new(String::new());
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<ClientError>));
    let (id, request_id) = (refund.id.clone(), RwSignal::new(new_request_id()));
    // Another way, or another account, is another request.
    Effect::new(move |_| {
        way.track();
        iban.track();
        failed.set(None);
        request_id.set(new_request_id());
    });
    let field = format!("iban-{}", refund.id);
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        let chosen = way.get_untracked();
        let iban = if chosen == RefundWay::Bank { iban.get_untracked() } else { String::new() };
        busy.set(true);
        failed.set(None);
        let reply = client::send(PostRefundWay {
            account: untrack(|| SessionState::here().account_id()),
            refund: Some(id.clone()),
            request_id: request_id.get_untracked(),
            way: chosen,
            iban: latin_digits(&iban).split_whitespace().collect::<String>().to_ascii_uppercase(),
        });
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            busy.try_set(false);
            match reply {
                Ok(_) => again.run(()),
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let options = vec![
        (RefundWay::Bank, TextProp::from(say(words::refund_way_bank))),
        (RefundWay::Office, TextProp::from(say(words::refund_way_office))),
        (RefundWay::NextBill, TextProp::from(say(words::refund_way_next_bill))),
    ];
    let more = move || match way.get() {
        RefundWay::Bank => iban_field(field.clone(), iban, failed),
        RefundWay::Office => ().into_any(),
        RefundWay::NextBill => {
            view! { <p class="card__caption">{say(words::refund_next_bill_note)}</p> }.into_any()
        }
    };
    // A form of its own: the choices of another sum are not these.
    view! {
        <form class="columns__stack" novalidate on:submit=submit>
            <Segmented
                titled=true
                legend=say(words::refund_choose)
                name="refund-way"
                options=options
                chosen=way
                on_choose=move |chosen| way.set(chosen)
            />
            {more}
            <div role="status">{told(failed)}</div>
            <Button label=say(words::refund_say) busy=busy />
            <p class="card__caption">{say(words::refund_assumed)}</p>
        </form>
    }
    .into_any()
}

fn iban_field(id: String, iban: RwSignal<String>, failed: RwSignal<Option<ClientError>>) -> AnyView {
    let country = untrack(|| SessionState::here().account()).map(|account| account.country);
    let help: fn(words::Language) -> &'static str = match country {
        Some(Country::Sa) => words::refund_iban_help_sa,
        _ => words::refund_iban_help_kw,
    };
    let hint = TextProp::from(move || {
        let reader = Reader::here();
        reader.digits.write(help(reader.language))
    });
    let wrong = Signal::derive(move || {
        let is_wrong = failed.with(|failed| failed.as_ref().is_some_and(is_about_iban));
        is_wrong.then(|| words::refund_iban_wrong(Reader::here().language).to_owned())
    });
    let label = say(words::refund_iban);
    view! { <Field id=id label=label value=iban kind=FieldKind::Iban hint=hint error=wrong /> }.into_any()
}

/// Whether the server found the account's number wrong, which is told at its field.
fn is_about_iban(why: &ClientError) -> bool {
    matches!(why, ClientError::Refused(problem) if problem.field.as_deref() == Some("/iban"))
}

/// Why the choice was not taken.
fn told(failed: RwSignal<Option<ClientError>>) -> AnyView {
    let told = move || {
        let reader = Reader::here();
        let title = match failed.get()? {
            why if is_about_iban(&why) => return None,
            ClientError::Refused(problem) => reader.message(&problem.message),
            _ => words::refund_failed(reader.language).to_owned(),
        };
        Some(view! { <Notice kind=NoticeKind::Bad title=title /> }.into_any())
    };
    told.into_any()
}
