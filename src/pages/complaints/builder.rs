//! A complaint that is written: about a bill (`?bill=`), or without one (`?kind=`).

use api::accounts::{BillId, Country, GetOverview, ServicePoint};
use api::bills::{Bill, GetBill};
use api::complaint_requests::{Complaints, GetComplaints};
use api::complaints::ComplaintKind;
use billing::complaint::Subject;
use billing::period::Day;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::entry::Entry;
use super::form::{Form, form};
use super::kinds;
use crate::client::{Loading, Outcome, use_loading};
use crate::clock::Clock;
use crate::components::card::CardLink;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{property, strip};
use crate::pages::overview::figures::local_day;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::failure;
use crate::router::{Place, query};
use crate::session::SessionState;

/// The page at `/complaints/new`.
pub fn builder() -> AnyView {
    match (query("bill"), query("kind").and_then(|kind| kinds::of_address(&kind))) {
        (Some(bill), _) => of_bill(BillId(bill)),
        (None, Some(kind)) if !ComplaintKind::OF_A_BILL.contains(&kind) => without_bill(kind),
        _ => {
            // What is to be complained about is chosen there.
            let place = Place::here();
            Effect::new(move |_| place.replace("/complaints"));
            skeletons::one_block()
        }
    }
}

/// The complaints of the account: what is open already, and the server's day.
fn use_complaints() -> Loading<Complaints> {
    let session = SessionState::here();
    use_loading(move || Some(GetComplaints { account: session.account_id()? }))
}

/// Today where the account is, by the server's clock as far as it is known.
fn use_today(complaints: Loading<Complaints>) -> Memo<Option<Day>> {
    let clock = Clock::here();
    Memo::new(move |_| {
        let told = complaints.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => Some(loaded.reply.now),
            _ => None,
        });
        let now = told.unwrap_or_else(|| clock.now());
        local_day(now, clock.utc_offset_s()).map(|(day, _)| Day(day))
    })
}

fn here<T: Clone>(outcome: &Outcome<T>) -> Option<T> {
    match outcome {
        Outcome::Here(loaded) => Some(loaded.reply.clone()),
        _ => None,
    }
}

fn of_bill(id: BillId) -> AnyView {
    let session = SessionState::here();
    use_title(|| words::complaints_dispute_title(Reader::here().language).to_owned());
    let asked = id.clone();
    let loading = use_loading(move || Some(GetBill { account: session.account_id()?, bill: asked.clone() }));
    let complaints = use_complaints();
    let today = use_today(complaints);
    // The bill may be asked for again; what is being written stays.
    let bill = Memo::new(move |_| loading.outcome.with(here));
    let open = {
        let id = id.clone();
        move || complaints.outcome.with(|outcome| here(outcome).and_then(|known| already(&known, &id)))
    };
    let note = move || {
        let reader = Reader::here();
        let month = bill.with(|bill| bill.as_ref().map(|bill| reader.month(bill.summary.month)));
        month.map(|month| words::bill_title(reader.language, &month)).unwrap_or_default()
    };
    let shown = move || match bill.get() {
        Some(bill) => about(bill, today),
        None => waiting(loading, words::bills_error),
    };
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::complaints_dispute_title)
                note=TextProp::from(note)
                back=(format!("/bills/{id}"), TextProp::from(say(words::nav_bills)))
            />
            <div class="columns__stack">{open} {shown}</div>
        </div>
    }
    .into_any()
}

fn about(bill: Bill, today: Memo<Option<Day>>) -> AnyView {
    let Some(account) = untrack(|| SessionState::here().account()) else { return ().into_any() };
    let point = bill.parts.first().map(|part| part.service_point.clone());
    let entry = Entry::begin(
        account.id,
        &bill.summary.id.0,
        Some((bill.summary.id.clone(), bill.summary.month)),
        ComplaintKind::Reading,
        point,
    );
    let kinds: Vec<_> = ComplaintKind::OF_A_BILL.into_iter().chain(ComplaintKind::WITH_OR_WITHOUT).collect();
    let points = bill.parts.iter().map(|part| (part.service_point.clone(), part.commodity)).collect();
    form(Form {
        entry,
        country: account.country,
        about: Subject::Bill,
        kinds,
        points,
        bill: Some(bill),
        today,
    })
}

/// There is one about this bill: evidence is added to that.
fn already(known: &Complaints, bill: &BillId) -> Option<AnyView> {
    let is_open = |state| !super::list::is_ended(state);
    let open =
        known.complaints.iter().find(|one| one.bill.as_ref() == Some(bill) && is_open(one.state))?.id.clone();
    let number = open.0.clone();
    let label = move || {
        let reader = Reader::here();
        words::complaint_open_link(reader.language, &reader.digits.write(&number))
    };
    Some(
        view! {
            <Notice
                kind=NoticeKind::Warn
                icon=IconName::Info
                title=say(words::complaint_open_already)
            >
                <p>{say(words::complaint_open_already_body)}</p>
                <CardLink href=format!("/complaints/{open}") label=label />
            </Notice>
        }
        .into_any(),
    )
}

fn without_bill(kind: ComplaintKind) -> AnyView {
    let title = match ComplaintKind::WITH_OR_WITHOUT.contains(&kind) {
        true => words::complaint_other,
        false => kinds::name(kind),
    };
    use_title(move || title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetOverview { account: session.account_id()? }));
    let today = use_today(use_complaints());
    let points = Memo::new(move |_| {
        loading.outcome.with(|outcome| here(outcome).map(|overview| overview.service_points))
    });
    // Live figures of the Overview come with each reply; only its service points matter here.
    let known = Memo::new(move |_| {
        let of = |point: &ServicePoint| (point.id.clone(), point.commodity);
        points.with(|points| points.as_ref().map(|points| points.iter().map(of).collect::<Vec<_>>()))
    });
    let shown = move || {
        let Some(points) = known.get() else { return waiting(loading, words::overview_error) };
        let Some(account) = untrack(|| SessionState::here().account()) else { return ().into_any() };
        request(kind, account.country, points, today, account.id)
    };
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(title)
                note=property()
                back=("/complaints".to_owned(), TextProp::from(say(words::nav_complaints)))
            />
            <div class="columns__stack">{shown}</div>
        </div>
    }
    .into_any()
}

fn request(
    kind: ComplaintKind,
    country: Country,
    points: Vec<(api::accounts::ServicePointId, api::accounts::Commodity)>,
    today: Memo<Option<Day>>,
    account: api::accounts::AccountId,
) -> AnyView {
    let several = ComplaintKind::WITH_OR_WITHOUT;
    let (about, kinds) = match several.contains(&kind) {
        true => (kinds::to_address(ComplaintKind::SomethingElse), several.to_vec()),
        false => (kinds::to_address(kind), vec![kind]),
    };
    let point = points.first().map(|(id, _)| id.clone()).filter(|_| kinds::is_of_meter(kind));
    let entry = Entry::begin(account, &about, None, kind, point);
    let about = match kind {
        ComplaintKind::MeterTestResult => Subject::MeterTest,
        _ => Subject::Other,
    };
    let cost = (kind == ComplaintKind::MeterTest && country == Country::Sa).then(|| {
        let text = move || {
            let language = Reader::here().language;
            words::complaint_meter_test_cost(language, words::provider_sa(language))
        };
        view! { <p class="card__text">{text}</p> }.into_any()
    });
    let form = form(Form { entry, country, about, kinds, points, bill: None, today });
    view! {
        {cost}
        {form}
    }
    .into_any()
}

/// Nothing to write about yet: on its way, or not to be had.
fn waiting<T: Send + Sync>(loading: Loading<T>, sentence: fn(words::Language) -> &'static str) -> AnyView {
    loading.outcome.with(|outcome| match outcome {
        Outcome::Failed(error) => failure(error, sentence, Callback::new(move |()| loading.retry())),
        _ => skeletons::one_block(),
    })
}
