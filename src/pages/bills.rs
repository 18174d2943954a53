//! Bills: every bill of the account, newest first.

use api::bills::{BillState, BillSummary, GetBills};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{Loaded, Loading, Outcome, use_loading};
use crate::components::amount::Amount;
use crate::components::icon::IconName;
use crate::components::list_row::{ListRow, TileTone};
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::Unit;
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::{failure, old_strip};
use crate::session::SessionState;

/// The page at `/bills`.
#[cfg_attr(feature = "split", lazy)]
pub async fn bills() -> AnyView {
    for_holder(|| view! { <Bills /> }.into_any(), skeletons::bills).into_any()
}

#[component]
fn Bills() -> impl IntoView {
    use_title(|| words::nav_bills(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetBills { account: session.account_id()? }));
    let note = move || {
        let reader = Reader::here();
        session.account().map(|account| reader.message(&account.property)).unwrap_or_default()
    };
    view! {
        <div class="frame__narrow">
            {move || loading.outcome.with(|outcome| match outcome {
                Outcome::Here(loaded) => old_strip(loaded),
                _ => None,
            })}
            <PageHeader title=say(words::nav_bills) note=TextProp::from(note) />
            {move || body(loading)}
        </div>
    }
}

fn body(loading: Loading<Vec<BillSummary>>) -> AnyView {
    loading.outcome.with(|outcome| match outcome {
        Outcome::Waiting => skeletons::bill_rows(),
        Outcome::Failed(error) => {
            let retry = Callback::new(move |()| loading.retry());
            failure(error, words::bills_error, retry)
        }
        Outcome::Here(Loaded { reply, .. }) if reply.is_empty() => {
            view! { <EmptyState title=say(words::nav_bills) body=say(words::bills_none) /> }.into_any()
        }
        Outcome::Here(Loaded { reply, .. }) => rows(reply),
    })
}

fn rows(bills: &[BillSummary]) -> AnyView {
    let unpaid = bills.iter().filter(|bill| bill.state != BillState::Paid).count();
    let unpaid = i64::try_from(unpaid).unwrap_or_default();
    let sentence = move || Reader::here().counted(unpaid, words::bills_unpaid);
    view! {
        <p class="card__text">{sentence}</p>
        <div class="card card--flush">{bills.iter().cloned().map(row).collect_view()}</div>
    }
    .into_any()
}

fn row(bill: BillSummary) -> impl IntoView {
    let BillSummary { id, month, period, currency, total, state, .. } = bill;
    let title = move || Reader::here().month(month);
    let note = move || {
        let reader = Reader::here();
        words::period_dates(reader.language, &reader.day(period.from), &reader.day(period.to))
    };
    let tone = if state == BillState::Paid { TileTone::Brand } else { TileTone::Warn };
    let end = move || {
        view! {
            <span class="bill-row__end">
                <Amount value=total.clone() unit=Unit::Money(currency) />
                {state_tag(state)}
            </span>
        }
    };
    view! {
        <ListRow
            title=title
            note=TextProp::from(note)
            icon=IconName::Receipt
            tone=tone
            href=format!("/bills/{id}")
            end=end
        />
    }
}

/// Where a bill stands.
pub fn state_tag(state: BillState) -> AnyView {
    match state {
        BillState::Due => view! { <StatusTag kind=TagKind::Warn label=say(words::bill_state_due) icon=IconName::Clock /> },
        BillState::Overdue => {
            view! { <StatusTag kind=TagKind::Bad label=say(words::bill_state_overdue) icon=IconName::Alert /> }
        }
        BillState::Paid => view! { <StatusTag kind=TagKind::Plain label=say(words::bill_state_paid) /> },
    }
    .into_any()
}
