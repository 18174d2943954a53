//! All complaints of the account, what waits on this device, and what may be asked for.

use api::accounts::AccountId;
use api::complaint_requests::{Complaints, GetComplaints};
use api::complaints::{ComplaintKind, ComplaintState, ComplaintSummary};
use billing::period::Day;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;
use words::Language;

use super::draft::{self, Draft, DraftName};
use super::{kinds, outbox, rights};
use crate::client::{Loading, use_loading};
use crate::clock::Clock;
use crate::components::card::SectionTitle;
use crate::components::icon::IconName;
use crate::components::list_row::{ListRow, TileTone};
use crate::components::page_header::PageHeader;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::day::CivilTime;
use crate::pages::drafts::when_online;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;

/// The page at `/complaints`.
pub fn list() -> AnyView {
    use_title(|| words::nav_complaints(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetComplaints { account: session.account_id()? }));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::nav_complaints)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {drafts(session, loading)}
            {when_here(loading, skeletons::one_block, words::complaints_error, rows)}
            {ways(session)}
        </div>
    }
    .into_any()
}

fn rows(reply: &Complaints) -> AnyView {
    let open = reply.complaints.iter().filter(|one| !is_ended(one.state)).count();
    let open = i64::try_from(open).unwrap_or_default();
    if reply.complaints.is_empty() {
        return view! { <p class="card card__text">{say(words::complaints_empty)}</p> }.into_any();
    }
    let count = move || Reader::here().counted(open, words::complaints_open);
    let rows: Vec<AnyView> = reply.complaints.iter().cloned().map(row).collect();
    view! {
        <SectionTitle title=count />
        <div class="card card--flush">{rows}</div>
    }
    .into_any()
}

fn row(one: ComplaintSummary) -> AnyView {
    let clock = Clock::here();
    let (kind, state, month) = (one.kind, one.state, one.month);
    let (filed_at, left) = (one.filed_at, one.working_days_left);
    let title = move || name(Reader::here(), kind, month);
    let id = one.id.clone();
    let note = move || {
        let reader = Reader::here();
        let number = kinds::numbered(reader, kind, &id);
        let then = match left {
            Some(left) => rights::days_left(reader, left),
            None => reader.time(CivilTime::at(filed_at, clock.utc_offset_s())),
        };
        format!("{number} · {then}")
    };
    let tone = if is_ended(state) { TileTone::Brand } else { TileTone::Warn };
    let href = format!("/complaints/{}", one.id);
    let end = move || state_tag(kind, state);
    view! {
        <ListRow title=title note=TextProp::from(note) icon=IconName::Document tone=tone href=href end=end />
    }
    .into_any()
}

/// What it is about, with its bill's month.
pub fn name(reader: Reader, kind: ComplaintKind, month: Option<Day>) -> String {
    let name = kinds::name(kind)(reader.language);
    match month {
        Some(month) => words::complaint_of_month(reader.language, name, &reader.month(month)),
        None => name.to_owned(),
    }
}

/// Whether nothing more is awaited.
pub fn is_ended(state: ComplaintState) -> bool {
    use ComplaintState::{Accepted, Closed, Decided, Rejected, Withdrawn};
    matches!(state, Accepted | Rejected | Decided | Withdrawn | Closed)
}

/// Where a complaint stands, in a word.
pub fn state_tag(kind: ComplaintKind, state: ComplaintState) -> AnyView {
    let is_request = ComplaintKind::REQUESTS.contains(&kind);
    let is_of_bill = ComplaintKind::OF_A_BILL.contains(&kind);
    let is_asked_for = kinds::is_request(kind);
    let (tag, name): (_, fn(Language) -> &'static str) = match state {
        ComplaintState::Received if is_asked_for => (TagKind::Info, words::request_state_received),
        ComplaintState::Received => (TagKind::Info, words::complaint_state_received),
        ComplaintState::Review => (TagKind::Warn, words::complaint_state_review),
        ComplaintState::MeterTest => (TagKind::Warn, words::complaint_state_meter_test),
        ComplaintState::Accepted if is_request => (TagKind::Good, words::complaint_state_granted),
        ComplaintState::Accepted => (TagKind::Good, words::complaint_state_upheld),
        ComplaintState::Rejected if is_request => (TagKind::Plain, words::complaint_state_refused),
        ComplaintState::Rejected if is_of_bill => (TagKind::Plain, words::complaint_state_rejected),
        ComplaintState::Rejected => (TagKind::Plain, words::complaint_state_not_upheld),
        ComplaintState::Appealed => (TagKind::Warn, words::complaint_state_in_appeal),
        ComplaintState::Decided => (TagKind::Plain, words::complaint_state_decided),
        ComplaintState::Withdrawn if is_asked_for => (TagKind::Plain, words::request_state_withdrawn),
        ComplaintState::Withdrawn => (TagKind::Plain, words::complaint_state_withdrawn),
        ComplaintState::Closed if is_asked_for => (TagKind::Plain, words::request_state_closed),
        ComplaintState::Closed => (TagKind::Plain, words::complaint_state_closed),
    };
    view! { <StatusTag kind=tag label=say(name) /> }.into_any()
}

/// What is written on this device and not sent. What waits for the line goes now, and again when it is back.
fn drafts(session: SessionState, complaints: Loading<Complaints>) -> AnyView {
    let kept = RwSignal::new(Vec::<(String, Draft)>::new());
    let look = move || {
        let Some(account) = session.account_id() else { return };
        spawn_local_scoped_with_cancellation(async move {
            let arrived = outbox::send_waiting().await;
            if arrived > 0 {
                complaints.retry();
            }
            kept.set(known(&account).await);
        });
    };
    Effect::new(move |_| look());
    let owner = Owner::current();
    when_online(move || {
        if let Some(owner) = &owner {
            owner.with(|| untrack(look));
        }
    });
    let shown = move || {
        let rows: Vec<AnyView> =
            kept.get().into_iter().map(|(about, draft)| draft_row(&about, &draft)).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <SectionTitle title=say(words::complaint_state_draft) />
                <div class="card card--flush">{rows}</div>
            }
            .into_any()
        })
    };
    shown.into_any()
}

async fn known(account: &AccountId) -> Vec<(String, Draft)> {
    let mut known = Vec::new();
    let own = |name: &DraftName| name.account().as_ref() == Some(account);
    for name in draft::names().await.into_iter().filter(own) {
        if let Ok(Some(draft)) = draft::find(&name).await {
            known.push((name.about().to_owned(), draft));
        }
    }
    known
}

fn draft_row(about: &str, draft: &Draft) -> AnyView {
    let href = match draft.bill {
        Some(_) => format!("/complaints/new?bill={about}"),
        None => format!("/complaints/new?kind={about}"),
    };
    let note: fn(Language) -> &'static str = match draft.to_send {
        true => words::complaints_waiting,
        false => words::complaints_draft,
    };
    let (kind, month) = (draft.kind, draft.month);
    let title = move || name(Reader::here(), kind, month);
    view! {
        <ListRow title=title note=TextProp::from(say(note)) icon=IconName::File tone=TileTone::Warn href=href />
    }
    .into_any()
}

/// A bill to dispute, and the requests that need none.
fn ways(session: SessionState) -> AnyView {
    let row =
        |href: String, icon, title: fn(Language) -> &'static str, note: fn(Language) -> &'static str| {
            let note = TextProp::from(say(note));
            view! { <ListRow title=say(title) note=note icon=icon href=href /> }.into_any()
        };
    let of = move |kind: ComplaintKind| {
        let href = format!("/complaints/new?kind={}", kinds::to_address(kind));
        row(href, IconName::Document, kinds::name(kind), kinds::help(kind))
    };
    let bill = row(
        "/bills".to_owned(),
        IconName::Receipt,
        words::complaints_dispute_title,
        words::complaints_dispute_help,
    );
    let other = row(
        format!("/complaints/new?kind={}", kinds::to_address(ComplaintKind::SomethingElse)),
        IconName::Alert,
        words::complaint_other,
        words::complaint_other_help,
    );
    let requests = move || {
        let country = session.account().map(|account| account.country)?;
        Some(kinds::requests(country).map(of).collect::<Vec<_>>())
    };
    view! {
        <SectionTitle title=say(words::complaints_new) />
        <div class="card card--flush">{bill} {other}</div>
        <SectionTitle title=say(words::complaints_requests_title) />
        <div class="card card--flush">{requests}</div>
    }
    .into_any()
}
