//! Debt: how the account and its holder stand, what frees, the plan, a cut, and certificates (DEB-1 to DEB-7, DIS-1 to
//! DIS-8, SRV-3).

mod anew;
mod bodies;
mod certificates;
mod claim;
mod cut;
mod head;
mod laws;
mod offer;
mod plan;
mod sign;
mod trial;
mod way;

use std::sync::Arc;

use api::standing::{GetStanding, Government, Standing};
use billing::finding::FindingAnswer;
use billing::money::{Currency, Money};
use billing::rulebook::debt::term_on;
use billing::standing::{Permission, Residency};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use self::anew::Anew;
use crate::client::use_loading;
use crate::components::button::IconButton;
use crate::components::card::SectionTitle;
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::lazy::lazy_part;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::{for_holder, print, use_title};
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;

/// Months of a plan before another number is chosen.
const STARTS_WITH_MONTHS: u32 = 12;
/// What is assumed says so by this code.
const ASSUMED: &str = "assumed-parameter";

/// The page at `/debt`.
#[cfg_attr(feature = "split", lazy)]
pub async fn debt() -> AnyView {
    for_holder(|| view! { <DebtPage /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn DebtPage() -> impl IntoView {
    use_title(|| words::nav_debt(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetStanding { account: session.account_id()? }));
    let anew = Anew::of(Callback::new(move |()| loading.retry()));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::nav_debt)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            >
                <IconButton label=say(words::action_print) icon=IconName::Print on_press=print />
            </PageHeader>
            {when_here(loading, skeletons::one_block, words::debt_error, move |standing| body(standing, anew))}
        </div>
    }
}

fn body(standing: &Standing, anew: Anew) -> AnyView {
    let standing = Arc::new(standing.clone());
    let months = RwSignal::new(STARTS_WITH_MONTHS);
    let shown = |make: fn(Reader, &Standing) -> AnyView| {
        let standing = Arc::clone(&standing);
        move || make(Reader::here(), &standing)
    };
    let plan = plan::plan(&standing);
    let by_months =
        |what| lazy_part(Box::pin(debt_plan(what, Arc::clone(&standing), anew)), skeletons::one_block);
    let offer = offer::is_there(&standing).then(|| by_months(ByMonths::Debt(months)));
    let claim = standing.claim.is_some().then(|| by_months(ByMonths::Claim));
    let way = stopped(&standing).then(|| {
        view! {
            <SectionTitle title=say(words::debt_route_title) />
            {shown(way::way)}
        }
        .into_any()
    });
    let questions = questions(&standing, months);
    let room = beyond(Beyond::Paper(anew), &standing);
    view! {
        <div class="columns__stack">{empty(&standing)} {shown(head::head)}</div>
        {way}
        {shown(bodies::bodies)}
        {anew.told()}
        {plan}
        {offer}
        {claim}
        {questions}
        {room}
    }
    .into_any()
}

/// What stands further down, or behind a question.
enum Beyond {
    /// What a payment changes, with the months of the plan beside it.
    Trial(RwSignal<u32>),
    /// The laws in detail.
    Laws,
    /// How a stop is appealed.
    Appeal,
    /// Certificates, and a cut.
    Paper(Anew),
}

fn beyond(what: Beyond, standing: &Arc<Standing>) -> AnyView {
    lazy_part(Box::pin(debt_beyond(what, Arc::clone(standing))), skeletons::one_block)
}

/// What is paid by the month.
enum ByMonths {
    /// All that is overdue, in so many months.
    Debt(RwSignal<u32>),
    /// What a correction claims.
    Claim,
}

#[cfg_attr(feature = "split", lazy)]
async fn debt_plan(what: ByMonths, standing: Arc<Standing>, anew: Anew) -> AnyView {
    match what {
        ByMonths::Debt(months) => offer::offer(&standing, months, anew),
        ByMonths::Claim => claim::claim(&standing, anew),
    }
}

#[cfg_attr(feature = "split", lazy)]
async fn debt_beyond(what: Beyond, standing: Arc<Standing>) -> AnyView {
    let shown = |make: fn(Reader, &Standing) -> AnyView| {
        let standing = Arc::clone(&standing);
        move || make(Reader::here(), &standing)
    };
    match what {
        Beyond::Trial(months) => trial::trial(&standing, months).into_any(),
        Beyond::Laws => shown(laws::laws).into_any(),
        Beyond::Appeal => shown(laws::appeal).into_any(),
        Beyond::Paper(anew) => view! {
            {certificates::certificates(&standing, anew)}
            {shown(cut::cut)}
        }
        .into_any(),
    }
}

/// What a holder may ask beside the way out; each answer comes when it is asked for.
fn questions(standing: &Arc<Standing>, months: RwSignal<u32>) -> Option<AnyView> {
    let on = standing.government.as_ref()?.request.on.0;
    let question = |label: fn(Language) -> &'static str, icon, what: fn(RwSignal<u32>) -> Beyond| {
        let standing = Arc::clone(standing);
        let answer = move || beyond(what(months), &standing);
        view! { <Disclosure label=say(label) icon=icon answer=answer /> }.into_any()
    };
    let is_stopped = stopped(standing);
    let owes = of_wire(&standing.overdue, standing.currency).minor() > 0;
    let trial = (is_stopped && owes && may_plan(standing).is_some())
        .then(|| question(words::debt_trial_title, IconName::Clock, Beyond::Trial));
    let has = |term| term_on(term, on).is_some();
    let laws =
        has("kw.notice-days").then(|| question(words::debt_laws_title, IconName::Document, |_| Beyond::Laws));
    let appeal = (is_stopped && has("kw.grievance-days"))
        .then(|| question(words::debt_grievance, IconName::Person, |_| Beyond::Appeal));
    let rows: Vec<AnyView> = [trial, laws, appeal].into_iter().flatten().collect();
    (!rows.is_empty())
        .then(|| view! { <section class="card card--flush debt-questions">{rows}</section> }.into_any())
}

fn empty(standing: &Standing) -> Option<AnyView> {
    let owes = of_wire(&standing.overdue, standing.currency).minor() > 0 || stopped(standing);
    let sentence = if standing.government.is_some() { words::debt_empty } else { words::debt_empty_sa };
    (!owes).then(|| {
        view! { <Notice kind=NoticeKind::Good icon=IconName::Check title=say(sentence) /> }.into_any()
    })
}

/// Whether the holder's transactions are stopped.
fn stopped(standing: &Standing) -> bool {
    standing
        .government
        .as_ref()
        .is_some_and(|government| government.answer.transactions == Permission::Blocked)
}

/// The government's word on somebody to whom a plan is open: all but non-citizens (DEB-5).
fn may_plan(standing: &Standing) -> Option<&Government> {
    standing.government.as_ref().filter(|government| government.request.residency != Residency::NonCitizen)
}

/// A debt of the government's request.
fn dinars(number: billing::number::Number) -> Money {
    of_wire(&number.to_string(), Currency::KWD)
}

/// Whether transactions are open, as a tag.
fn permission(reader: Reader, permission: Permission) -> AnyView {
    let (kind, icon, label) = match permission {
        Permission::Allowed => (TagKind::Good, IconName::Check, words::debt_body_allowed(reader.language)),
        Permission::Blocked => (TagKind::Bad, IconName::Lock, words::debt_body_blocked(reader.language)),
    };
    view! { <StatusTag kind=kind label=label icon=icon /> }.into_any()
}

/// Why: a sentence for each finding; what is assumed is marked.
fn reasons(reader: Reader, findings: &[FindingAnswer]) -> AnyView {
    let sentence = |finding: &FindingAnswer| {
        let message = reader.digits.write(&reader.message(&finding.message));
        if finding.code == ASSUMED {
            let title = words::assumed_badge(reader.language);
            return view! { <Notice kind=NoticeKind::Warn title=title icon=IconName::Info>{message}</Notice> }
                .into_any();
        }
        view! { <p class="card__text">{message}</p> }.into_any()
    };
    findings.iter().map(sentence).collect::<Vec<_>>().into_any()
}
