//! What was paid: every payment, and one with what it paid.

use api::payment_results::{PaymentId, PaymentState};
use api::payments::{Allocation, GetPayment, GetPayments, Payment, Payments};
use api::receipt_codes::{PostReceiptCode, RECEIPT_QR_ROUTE};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

use super::check_way::check_way;
use super::debts::name;
use super::receipt::{channel_word, paper_title, receipt, state_tag};
use super::refunds::refunds;
use super::sum::of_wire;
use crate::client::{self, Outcome, use_loading};
use crate::clock::Clock;
use crate::components::amount::Amount;
use crate::components::app_frame::Brand;
use crate::components::button::IconButton;
use crate::components::card::{Card, CardLink};
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::format::Unit;
use crate::format::day::CivilTime;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::{print, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;

/// The page at `/pay/receipts`.
pub fn receipts() -> AnyView {
    use_title(|| words::receipts_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetPayments { account: session.account_id()? }));
    let again = Callback::new(move |()| loading.retry());
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::receipts_title)
                note=property()
                back=("/pay".to_owned(), TextProp::from(say(words::nav_pay)))
            />
            {when_here(loading, skeletons::bill_rows, words::receipts_error, move |payments| list(payments, again))}
        </div>
    }
    .into_any()
}

fn list(payments: &Payments, again: Callback<()>) -> AnyView {
    let rows: Vec<AnyView> = payments.payments.iter().map(row).collect();
    let list = if rows.is_empty() {
        view! { <EmptyState title=say(words::receipts_title) body=say(words::receipts_empty) /> }.into_any()
    } else {
        view! { <div class="card card--flush">{rows}</div> }.into_any()
    };
    view! {
        {refunds(payments, again)}
        {list}
    }
    .into_any()
}

fn row(payment: &Payment) -> AnyView {
    let clock = Clock::here();
    let result = &payment.result;
    let (at, channel) = (result.settled_at.unwrap_or(result.started_at), result.channel);
    let (is_top_up, payer) = (payment.top_up.is_some(), result.payer.clone());
    // The list goes back over years.
    let title = move || {
        let reader = Reader::here();
        CivilTime::at(at, clock.utc_offset_s()).day.full(reader.language, reader.digits)
    };
    let note = move || {
        let Reader { language, digits } = Reader::here();
        let time = CivilTime::at(at, clock.utc_offset_s()).clock(language, digits);
        let by = match (is_top_up, payer.as_str()) {
            (true, _) => words::receipt_top_up(language),
            (false, "") => channel_word(channel)(language),
            (false, payer) => payer,
        };
        format!("{time} · {by}")
    };
    let (amount, currency, state) = (result.amount.clone(), result.currency, result.state);
    let end = move || {
        view! {
            <span class="bill-row__end">
                <Amount value=amount.clone() unit=Unit::Money(currency) />
                <span class="bill-row__tags">{state_tag(state)}</span>
            </span>
        }
    };
    let href = format!("/pay/receipts/{}", result.payment);
    view! { <ListRow title=title note=TextProp::from(note) icon=IconName::Document href=href end=end /> }
        .into_any()
}

/// The page at `/pay/receipts/` and a payment's id.
pub fn one(payment: &str) -> AnyView {
    let session = SessionState::here();
    let payment = PaymentId(payment.to_owned());
    let loading =
        use_loading(move || Some(GetPayment { account: session.account_id()?, payment: payment.clone() }));
    let state = Memo::new(move |_| {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => Some(loaded.reply.result.state),
            Outcome::Waiting | Outcome::Failed(_) => None,
        })
    });
    let title = move || paper_title(state.get())(Reader::here().language).to_owned();
    use_title(title);
    // What did not come is not printed.
    let printing = move || {
        state.get().map(|_| {
            view! { <IconButton label=say(words::action_print) icon=IconName::Print on_press=print /> }
                .into_any()
        })
    };
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=title
                note=property()
                back=("/pay/receipts".to_owned(), TextProp::from(say(words::receipts_title)))
            >
                {printing}
            </PageHeader>
            {when_here(loading, skeletons::one_block, words::receipt_error, whole)}
        </div>
    }
    .into_any()
}

fn whole(payment: &Payment) -> AnyView {
    let facts = receipt(&payment.result);
    let (paid, code) = (paid(payment), code(payment));
    let by_link = payment.link.as_ref().map(|link| {
        let href = format!("/pay/links/{link}");
        view! { <CardLink href=href label=say(words::receipt_by_link) /> }.into_any()
    });
    let tag = state_tag(payment.result.state);
    view! {
        <Card>
            <div class="receipt__brand">
                <Brand name=say(words::brand_name) />
            </div>
            <p>{tag}</p>
            {facts}
            {by_link}
        </Card>
        {paid}
        {code}
    }
    .into_any()
}

/// The code by which anybody checks the paper, once the server has given it.
fn code(payment: &Payment) -> AnyView {
    let code = RwSignal::new(None);
    let account = untrack(|| SessionState::here().account_id());
    if payment.result.state == PaymentState::Captured && account.is_some() {
        let reply = client::send(PostReceiptCode { account, payment: Some(payment.result.payment.clone()) });
        spawn_local_scoped_with_cancellation(async move {
            // Without it the receipt stands as it is.
            if let Ok(given) = reply.await {
                code.try_set(Some(given.code));
            }
        });
    }
    let shown = move || {
        let (reader, code) = (Reader::here(), code.get()?);
        let picture = RECEIPT_QR_ROUTE.replace("{code}", &code);
        let way = check_way(reader, &code, picture, words::receipt_qr);
        Some(view! { <section class="card certificate">{way}</section> }.into_any())
    };
    shown.into_any()
}

/// What it paid: debts in their order, credit, or a meter's prepaid credit.
fn paid(payment: &Payment) -> Option<AnyView> {
    let currency = payment.result.currency;
    let mut facts: Vec<AnyView> = payment.allocations.iter().map(|part| allocation(currency, part)).collect();
    if of_wire(&payment.ahead, currency).minor() > 0 {
        let ahead = payment.ahead.clone();
        let fact = view! {
            <Fact term=say(words::receipt_ahead)>
                <Amount value=ahead unit=Unit::Money(currency) />
            </Fact>
        };
        facts.push(fact.into_any());
    }
    let top_up = payment.top_up.as_ref().map(|_| {
        view! {
            <p class="card__text">{say(words::receipt_top_up_note)}</p>
            <CardLink href="/prepaid" label=say(words::nav_prepaid) />
        }
        .into_any()
    });
    (!facts.is_empty() || top_up.is_some()).then(|| {
        view! {
            <Card heading=say(words::receipt_allocation)>
                <Facts>{facts}</Facts>
                {top_up}
            </Card>
        }
        .into_any()
    })
}

fn allocation(currency: Currency, part: &Allocation) -> AnyView {
    let (of, paid) = (part.of.clone(), part.paid.clone());
    let term = move || name(Reader::here(), &of);
    view! {
        <Fact term=term>
            <Amount value=paid unit=Unit::Money(currency) />
        </Fact>
    }
    .into_any()
}
