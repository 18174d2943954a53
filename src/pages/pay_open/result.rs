//! How a payment ended, told truly: it arrived, the bank said no, it was given up, or nobody knows yet.

use std::time::Duration;

use api::payment_results::{GetPaymentResult, PaymentChannel, PaymentId, PaymentResult, PaymentState};
use api::payments::GetPayment;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;
use words::Language;

use crate::client::{self, Outcome, use_loading};
use crate::clock::Clock;
use crate::components::button::{ButtonKind, ButtonLink, IconButton};
use crate::components::card::{Card, CardLink};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::format::day::CivilTime;
use crate::pages::loaded::strip;
use crate::pages::page::{print, use_title};
use crate::pages::pay::attempt::paid_from;
use crate::pages::pay::receipt::{paper_title, receipt};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::failure;
use crate::session::SessionState;

const PAUSE: Duration = Duration::from_secs(3);
/// After so many questions the pause is longer: the bank may take an hour.
const OFTEN: u32 = 20;
const SELDOM: u32 = 5;

/// The page at `/pay/result/` and the payment's id.
pub fn result(payment: PaymentId) -> AnyView {
    use_title(|| words::pay_result_title(Reader::here().language).to_owned());
    let asked = payment.clone();
    let loading = use_loading(move || Some(GetPaymentResult { payment: asked.clone() }));
    // The same answer again is not shown, and not announced, again.
    let known = Memo::new(move |_| {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Waiting => None,
            Outcome::Failed(error) => Some(Err(error.clone())),
            Outcome::Here(loaded) => Some(Ok(loaded.reply.clone())),
        })
    });
    ask_until_settled(
        move || loading.retry(),
        move || known.with_untracked(|known| matches!(known, Some(Ok(result)) if !is_open(result.state))),
    );
    let retry = Callback::new(move |()| loading.retry());
    let shown = move || match known.get() {
        None => skeletons::one_block(),
        Some(Err(error)) => failure(&error, words::pay_result_error, retry),
        Some(Ok(result)) => settled(&result),
    };
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader title=say(words::pay_result_title)>
                <IconButton label=say(words::action_print) icon=IconName::Print on_press=print />
            </PageHeader>
            <div class="columns__stack">{shown}</div>
        </div>
    }
    .into_any()
}

fn is_open(state: PaymentState) -> bool {
    matches!(state, PaymentState::Pending | PaymentState::Unknown)
}

fn ask_until_settled(ask: impl Fn() + 'static, is_settled: impl Fn() -> bool + 'static) {
    let count = StoredValue::new(0_u32);
    let tick = move || {
        let now = count.try_get_value().unwrap_or_default().saturating_add(1);
        count.try_set_value(now);
        if !is_settled() && (now <= OFTEN || now.is_multiple_of(SELDOM)) {
            ask();
        }
    };
    if let Ok(timer) = set_interval_with_handle(tick, PAUSE) {
        on_cleanup(move || timer.clear());
    }
}

fn settled(result: &PaymentResult) -> AnyView {
    let clock = Clock::here();
    let (kind, icon, title) = told(result.state);
    let said = result.clone();
    let body = move || sentence(Reader::here(), &said, clock.utc_offset_s());
    let (facts, allocation, ways) = (receipt(result), of_holder(result), ways_on(result));
    let once = is_open(result.state).then(|| view! { <p>{say(words::pay_result_once)}</p> }.into_any());
    let trial = (result.channel == PaymentChannel::Sandbox).then(|| {
        view! {
            <Notice kind=NoticeKind::Plain icon=IconName::Info title=say(words::pay_sandbox_title)>
                <p>{say(words::pay_sandbox_body)}</p>
            </Notice>
        }
        .into_any()
    });
    view! {
        <div role="status">
            <Notice kind=kind icon=icon title=TextProp::from(say(title))>
                <p>{body}</p>
                {once}
            </Notice>
        </div>
        <Card heading=say(paper_title(Some(result.state)))>
            {facts}
            {allocation}
        </Card>
        {trial}
        {ways}
    }
    .into_any()
}

fn told(state: PaymentState) -> (NoticeKind, IconName, fn(Language) -> &'static str) {
    match state {
        PaymentState::Captured => (NoticeKind::Good, IconName::Check, words::pay_result_captured_title),
        PaymentState::Declined => (NoticeKind::Bad, IconName::Alert, words::pay_result_not_captured_title),
        PaymentState::Cancelled => (NoticeKind::Plain, IconName::Info, words::pay_result_cancelled_title),
        PaymentState::Unknown => (NoticeKind::Warn, IconName::Clock, words::pay_result_unknown_title),
        PaymentState::Pending => (NoticeKind::Warn, IconName::Clock, words::pay_result_pending_title),
    }
}

fn sentence(reader: Reader, result: &PaymentResult, utc_offset_s: i32) -> String {
    let language = reader.language;
    let amount = reader.money(result.currency, &result.amount);
    match (result.state, result.was_unknown) {
        (PaymentState::Captured, true) => words::pay_result_unknown_settled(language, &amount),
        (PaymentState::Captured, false) => {
            let at = result.settled_at.unwrap_or(result.started_at);
            words::pay_result_captured_body(language, &amount, &reader.time(CivilTime::at(at, utc_offset_s)))
        }
        (PaymentState::Declined | PaymentState::Cancelled, true) => {
            words::pay_result_unknown_failed(language).to_owned()
        }
        (PaymentState::Declined, false) => words::pay_result_not_captured_body(language).to_owned(),
        (PaymentState::Cancelled, false) => words::pay_result_cancelled_body(language, &amount),
        (PaymentState::Unknown, _) => words::pay_result_unknown_body(language).to_owned(),
        (PaymentState::Pending, _) => words::pay_result_pending_body(language).to_owned(),
    }
}

/// Whoever holds the account also has the receipt with what the payment paid and the code of its check.
fn of_holder(result: &PaymentResult) -> AnyView {
    let is_theirs = RwSignal::new(false);
    let payment = result.payment.clone();
    let account = untrack(|| SessionState::here().account_id());
    if let Some(account) = account.filter(|_| result.state == PaymentState::Captured) {
        let reply = client::send(GetPayment { account, payment: payment.clone() });
        spawn_local_scoped_with_cancellation(async move {
            // Another's payment is refused, and this page says no more than it has.
            let found = reply.await.is_ok();
            is_theirs.try_set(found);
        });
    }
    let link = move || {
        let href = format!("/pay/receipts/{payment}");
        is_theirs.get().then(|| view! { <CardLink href=href label=say(words::receipt_whole) /> }.into_any())
    };
    link.into_any()
}

/// Back to the page that the payment was made from.
fn ways_on(result: &PaymentResult) -> AnyView {
    let from = paid_from(&result.payment);
    let is_signed_in = untrack(|| SessionState::here().account_id()).is_some();
    let href = match (from, is_signed_in) {
        (Some(from), _) => from,
        (None, true) => "/pay".to_owned(),
        (None, false) => return ().into_any(),
    };
    let label: fn(Language) -> &'static str = match href.as_str() {
        "/prepaid" => words::nav_prepaid,
        link if link.starts_with(api::payment_links::PAGE) => words::pay_link_again,
        _ => words::pay_again,
    };
    let kind = match result.state {
        PaymentState::Declined | PaymentState::Cancelled => ButtonKind::Primary,
        _ => ButtonKind::Outline,
    };
    view! { <ButtonLink href=href label=say(label) kind=kind /> }.into_any()
}
