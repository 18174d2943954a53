//! Payments that have no end yet: one that waits on the bank's page, and one that the bank is asked about.

use api::accounts::ServicePointId;
use api::payment_results::PaymentState;
use api::payments::{CancelPayment, GetPayments, Payment, Payments};
use billing::money::{Currency, Money};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

use super::attempt::Attempt;
use super::sum::of_wire;
use crate::client::{self, ClientError};
use crate::clock::Clock;
use crate::components::button::{Button, ButtonKind, ButtonLink};
use crate::components::card::CardLink;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};
use crate::router::Place;
use crate::session::SessionState;

const IN_PROGRESS: &str = "payment-in-progress";

/// A notice for each; `again` asks anew what is due.
pub fn waiting(payments: &Payments, again: Callback<()>) -> Vec<AnyView> {
    let currency = payments.currency;
    let notice = |payment: &Payment| match payment.result.state {
        PaymentState::Pending => Some(pending(currency, payment, again)),
        PaymentState::Unknown => Some(unknown(currency, payment)),
        PaymentState::Captured | PaymentState::Declined | PaymentState::Cancelled => None,
    };
    payments.payments.iter().filter_map(notice).collect()
}

fn pending(currency: Currency, payment: &Payment, again: Callback<()>) -> AnyView {
    let clock = Clock::here();
    let (amount, at) = (payment.result.amount.clone(), payment.result.started_at);
    let title = move || {
        let reader = Reader::here();
        words::pay_waiting_title(reader.language, &reader.money(currency, &amount))
    };
    let body = move || {
        let reader = Reader::here();
        words::pay_waiting_body(reader.language, &reader.time(CivilTime::at(at, clock.utc_offset_s())))
    };
    let ways = ways(payment, again);
    view! {
        <Notice kind=NoticeKind::Warn icon=IconName::Clock title=TextProp::from(title)>
            <p>{body}</p>
            {ways}
        </Notice>
    }
    .into_any()
}

/// To go on with a payment that waits on the bank's page, or to give it up.
fn ways(payment: &Payment, again: Callback<()>) -> AnyView {
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<ClientError>));
    let (place, id) = (Place::here(), payment.result.payment.clone());
    let give_up = move |()| {
        let Some(account) = untrack(|| SessionState::here().account_id()) else { return };
        busy.set(true);
        failed.set(None);
        let reply = client::send(CancelPayment { account, payment: id.clone() });
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            busy.try_set(false);
            match reply {
                Ok(payment) if payment.result.state == PaymentState::Cancelled => again.run(()),
                // The bank says otherwise: the result's page tells it.
                Ok(payment) => place.go(&format!("/pay/result/{}", payment.result.payment)),
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    };
    let go_on = payment.page.clone().map(|page| {
        view! { <ButtonLink href=page label=say(words::pay_waiting_go_on) kind=ButtonKind::Outline /> }
            .into_any()
    });
    let said = move || {
        let reader = Reader::here();
        let why = match failed.get()? {
            ClientError::Refused(problem) => reader.message(&problem.message),
            _ => words::pay_give_up_failed(reader.language).to_owned(),
        };
        Some(view! { <p>{why}</p> }.into_any())
    };
    view! {
        <div class="pay-ways">
            {go_on}
            <Button label=say(words::pay_waiting_give_up) kind=ButtonKind::Plain on_press=give_up busy=busy />
        </div>
        <div role="status">{said}</div>
    }
    .into_any()
}

/// What was asked for when it was refused because the same waits already.
#[derive(Clone, PartialEq, Eq)]
pub struct Held {
    pub amount: Money,
    pub top_up: Option<ServicePointId>,
}

impl Held {
    fn is(&self, payment: &Payment) -> bool {
        let Payment { result, top_up, link, .. } = payment;
        // Others pay by links in their own name, and are not waited for.
        of_wire(&result.amount, result.currency) == self.amount && *top_up == self.top_up && link.is_none()
    }
}

/// Beside that refusal: what can be done about the payment that waits, as soon as it is known which it is.
pub fn held(
    attempt: Attempt,
    asked: impl Fn() -> Option<Held> + 'static,
    again: Callback<()>,
) -> impl Fn() -> Vec<AnyView> {
    let waiting = RwSignal::new(Vec::<Payment>::new());
    Effect::new(move |_| {
        let is_held =
            attempt.failed.with(|failed| failed.as_ref().is_some_and(|why| why.code() == IN_PROGRESS));
        waiting.set(Vec::new());
        let account = untrack(|| SessionState::here().account_id());
        let (true, Some(held), Some(account)) = (is_held, asked(), account) else { return };
        let reply = client::send(GetPayments { account });
        spawn_local_scoped_with_cancellation(async move {
            // Without it the refusal stands alone.
            let known = reply.await.map(|known| known.payments).unwrap_or_default();
            waiting.try_set(known.into_iter().filter(|payment| held.is(payment)).collect());
        });
    });
    move || {
        let way = |payment: &Payment| match payment.result.state {
            PaymentState::Pending => Some(ways(payment, again)),
            PaymentState::Unknown => Some(asking(payment)),
            PaymentState::Captured | PaymentState::Declined | PaymentState::Cancelled => None,
        };
        waiting.with(|waiting| waiting.iter().filter_map(way).collect())
    }
}

fn unknown(currency: Currency, payment: &Payment) -> AnyView {
    let amount = payment.result.amount.clone();
    let title = move || {
        let reader = Reader::here();
        words::pay_unknown_title(reader.language, &reader.money(currency, &amount))
    };
    let asking = asking(payment);
    view! {
        <Notice kind=NoticeKind::Warn icon=IconName::Clock title=TextProp::from(title)>
            <p>{say(words::pay_result_once)}</p>
            {asking}
        </Notice>
    }
    .into_any()
}

/// To the page that says what the bank has answered.
fn asking(payment: &Payment) -> AnyView {
    let href = format!("/pay/result/{}", payment.result.payment);
    view! { <CardLink href=href label=say(words::pay_result_title) /> }.into_any()
}
