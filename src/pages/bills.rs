//! Bills: every bill of the account, newest first.

use api::bills::{BillDispute, BillInParts, BillKind, BillState, BillSummary, Bills as Record, GetBills};
use api::exports::{ExportKind, PostExport};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

use crate::client::{self, use_loading};
use crate::components::amount::Amount;
use crate::components::button::{Button, ButtonKind};
use crate::components::icon::IconName;
use crate::components::list_row::{ListRow, TileTone};
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::Unit;
use crate::pages::loaded::{property, strip, when_here, when_old};
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
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
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader title=say(words::nav_bills) note=property() />
            {when_old(loading, |reader, _, _| Some(words::bills_offline(reader.language).to_owned()))}
            {when_here(loading, skeletons::bill_rows, words::bills_error, body)}
        </div>
    }
}

/// The way to what is overdue and what it means.
pub fn debt_row() -> AnyView {
    let note = TextProp::from(say(words::debt_more_help));
    view! {
        <div class="card card--flush">
            <ListRow
                title=say(words::nav_debt)
                note=note
                icon=IconName::Alert
                tone=TileTone::Warn
                href="/debt".to_owned()
            />
        </div>
    }
    .into_any()
}

fn body(record: &Record) -> AnyView {
    if record.bills.is_empty() {
        return view! { <EmptyState title=say(words::nav_bills) body=say(words::bills_none) /> }.into_any();
    }
    rows(record)
}

fn rows(record: &Record) -> AnyView {
    let bills = &record.bills;
    let unpaid = bills.iter().filter(|bill| bill.state != BillState::Paid || bill.is_in_parts).count();
    let unpaid = i64::try_from(unpaid).unwrap_or_default();
    let sentence = move || Reader::here().counted(unpaid, words::bills_unpaid);
    let row = |bill: &BillSummary| {
        let dispute = record.disputes.iter().find(|dispute| dispute.bill == bill.id);
        let parts = record.in_parts.iter().find(|parts| parts.bill == bill.id);
        let below = dispute.map(|dispute| dispute_row(dispute.clone(), bill.currency));
        view! {
            {row(bill.clone(), dispute.is_some())}
            {parts.map(|parts| parts_row(parts.clone(), bill.currency))}
            {below}
        }
        .into_any()
    };
    let rows: Vec<AnyView> = bills.iter().map(row).collect();
    let overdue = bills.iter().any(|bill| bill.state == BillState::Overdue).then(debt_row);
    view! {
        {overdue}
        <div class="bills-export">
            <p class="card__text bills-export__text">{sentence}</p>
            {export()}
        </div>
        <div class="card card--flush">{rows}</div>
    }
    .into_any()
}

fn row(bill: BillSummary, is_disputed: bool) -> impl IntoView {
    let BillSummary { id, month, period, currency, total, state, kind, owed, is_in_parts, .. } = bill;
    let title = move || {
        let reader = Reader::here();
        match kind {
            BillKind::Corrected => words::bill_line_correction(reader.language, &reader.month(month)),
            BillKind::Actual | BillKind::Estimated => reader.month(month),
        }
    };
    let note = move || {
        let reader = Reader::here();
        words::period_dates(reader.language, &reader.day(period.from), &reader.day(period.to))
    };
    let owed = move || {
        let owed = owed.as_ref().map(|owed| Reader::here().money(currency, owed));
        owed.map(|owed| view! { <StatusTag kind=TagKind::Good label=words::bills_owed(Reader::here().language, &owed) /> })
    };
    let disputed = move || {
        is_disputed.then(|| view! { <StatusTag kind=TagKind::Info label=say(words::bill_state_disputed) /> })
    };
    let tone = if state == BillState::Paid && !is_in_parts { TileTone::Brand } else { TileTone::Warn };
    let end = move || {
        view! {
            <span class="bill-row__end">
                <Amount value=total.clone() unit=Unit::Money(currency) />
                <span class="bill-row__tags">{kind_tag(kind)} {owed.clone()} {disputed} {standing_tag(state, is_in_parts)}</span>
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

/// What is left of the parts of the bill above, and the way to them.
fn parts_row(parts: BillInParts, currency: Currency) -> AnyView {
    let note = move || parts_words(Reader::here(), &parts, currency);
    view! {
        <ListRow
            title=say(words::claim_title)
            note=TextProp::from(note)
            icon=IconName::Clock
            tone=TileTone::Warn
            href="/debt".to_owned()
        />
    }
    .into_any()
}

/// What is in dispute of the bill above, and the way to the complaint.
fn dispute_row(dispute: BillDispute, currency: Currency) -> AnyView {
    let BillDispute { complaint, disputed, .. } = dispute;
    let number = complaint.0.clone();
    let title = move || {
        let reader = Reader::here();
        words::complaint_title(reader.language, &reader.digits.write(&number))
    };
    let note = move || {
        let reader = Reader::here();
        words::complaint_disputed(reader.language, &reader.money(currency, &disputed))
    };
    view! {
        <ListRow
            title=title
            note=TextProp::from(note)
            icon=IconName::Alert
            tone=TileTone::Warn
            href=format!("/complaints/{complaint}")
        />
    }
    .into_any()
}

/// The bills as a file, by a link that works without this page too.
fn export() -> AnyView {
    let session = SessionState::here();
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let link = RwSignal::new(None::<String>);
    let ask = move |()| {
        let Some(account) = session.account_id() else { return };
        busy.set(true);
        failed.set(false);
        let kind = ExportKind::BillsCsv;
        let asked = PostExport { account: Some(account), kind, service_point: None, from: None, to: None };
        let reply = client::send(asked);
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            busy.try_set(false);
            match reply {
                Ok(made) => {
                    // The server sends the file as one to keep, so this page stays.
                    failed.try_set(location().set_href(&made.path).is_err());
                    link.try_set(Some(made.path));
                }
                Err(_) => {
                    failed.try_set(true);
                }
            }
        });
    };
    let said = move || match (failed.get(), link.get()) {
        (true, _) => view! { <span>{say(words::bills_csv_failed)}</span> }.into_any(),
        (false, Some(path)) => {
            view! { <a class="link" href=path download="">{say(words::bills_csv_ready)}</a> }.into_any()
        }
        (false, None) => ().into_any(),
    };
    view! {
        <Button
            label=say(words::bills_csv)
            kind=ButtonKind::Outline
            icon=IconName::File
            busy=busy
            on_press=Callback::new(ask)
        />
        <p class="card__caption" role="status">{said}</p>
    }
    .into_any()
}

/// How a bill came about, where that is worth a word.
pub fn kind_tag(kind: BillKind) -> AnyView {
    match kind {
        BillKind::Actual => ().into_any(),
        BillKind::Estimated => {
            view! { <StatusTag kind=TagKind::Info label=say(words::bill_state_estimated) /> }.into_any()
        }
        BillKind::Corrected => {
            view! { <StatusTag kind=TagKind::Info label=say(words::bill_state_corrected) /> }.into_any()
        }
    }
}

/// Where a bill stands, where a claim may be in parts: of these none is due with the bill itself.
pub fn standing_tag(state: BillState, is_in_parts: bool) -> AnyView {
    let is_open = state != BillState::Paid || !is_in_parts;
    let open = is_open.then(|| state_tag(state));
    let parts = is_in_parts.then(|| {
        view! { <StatusTag kind=TagKind::Warn label=say(words::bill_correction_in_parts) icon=IconName::Clock /> }
            .into_any()
    });
    view! {
        {parts}
        {open}
    }
    .into_any()
}

/// In how many parts, and what is left of them.
pub fn parts_words(reader: Reader, parts: &BillInParts, currency: Currency) -> String {
    let counted = reader.counted(parts.parts.into(), words::count_instalments_gen);
    let left = reader.money(currency, &parts.left);
    match parts.with_others {
        true => words::bill_state_in_shared_parts(reader.language, &counted, &left),
        false => words::bill_state_in_parts(reader.language, &counted, &left),
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
