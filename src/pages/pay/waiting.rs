//! Payments that have no end yet: one that waits on the bank's page, and one that the bank is asked about.

use api::payment_results::PaymentState;
use api::payments::{CancelPayment, Payment, Payments};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

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
        <Notice kind=NoticeKind::Warn icon=IconName::Clock title=TextProp::from(title)>
            <p>{body}</p>
            <div class="pay-ways">
                {go_on}
                <Button label=say(words::pay_waiting_give_up) kind=ButtonKind::Plain on_press=give_up busy=busy />
            </div>
            <div role="status">{said}</div>
        </Notice>
    }
    .into_any()
}

fn unknown(currency: Currency, payment: &Payment) -> AnyView {
    let amount = payment.result.amount.clone();
    let title = move || {
        let reader = Reader::here();
        words::pay_unknown_title(reader.language, &reader.money(currency, &amount))
    };
    let href = format!("/pay/result/{}", payment.result.payment);
    view! {
        <Notice kind=NoticeKind::Warn icon=IconName::Clock title=TextProp::from(title)>
            <p>{say(words::pay_result_once)}</p>
            <CardLink href=href label=say(words::pay_result_title) />
        </Notice>
    }
    .into_any()
}
