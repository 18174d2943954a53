//! Own reading: what the meter shows, what that would mean, and the reading's way to the record (ACC-1).

mod draft;
mod entry;
mod form;
mod meaning;
mod register;
mod taken;
mod worth;

use api::accounts::{AccountId, GetOverview, Overview, ServicePoint};
use api::meters::{GetMeterBrief, GetMeterPage, MeterBrief, MeterState};
use api::own_readings::{GetOwnReadings, OwnReadings};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use time::Date;

use crate::client::{Loading, Outcome, use_loading};
use crate::components::card::SectionTitle;
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::overview::figures::local_day;
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::{asked_for, named, service_switch};
use crate::pages::skeletons;
use crate::pages::states::failure;
use crate::router::query;
use crate::session::SessionState;
use entry::{Entry, Stage};
use form::{Window, form, sent};
use meaning::Known;

/// The page at `/readings/new`.
#[cfg_attr(feature = "split", lazy)]
pub async fn own_reading() -> AnyView {
    for_holder(|| view! { <OwnReadingPage /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn OwnReadingPage() -> impl IntoView {
    use_title(|| words::reading_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetOverview { account: session.account_id()? }));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::reading_title)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {when_here(loading, skeletons::one_block, words::reading_error, body)}
        </div>
    }
}

fn body(overview: &Overview) -> AnyView {
    let offset = overview.utc_offset_seconds;
    match local_day(overview.now, offset) {
        Some((today, _)) => points(overview, today, offset),
        None => ().into_any(),
    }
}

/// Chooses the meter: the one asked for, else the one with a draft, else the first.
fn points(overview: &Overview, today: Date, utc_offset_s: i32) -> AnyView {
    let (account, points) = (overview.account.id.clone(), overview.service_points.clone());
    let chosen = RwSignal::new(asked_for(&points));
    if query("service").is_none() {
        let (account, ids) =
            (account.clone(), points.iter().map(|point| point.id.clone()).collect::<Vec<_>>());
        spawn_local(async move {
            if let Some(point) = draft::first_with_draft(&account, &ids).await {
                chosen.try_set(Some(point));
            }
        });
    }
    let switch = service_switch(words::reading_which, named(&points), chosen);
    let shown = move || {
        let point = points.iter().find(|point| Some(&point.id) == chosen.get().as_ref()).cloned()?;
        Some(of_point(Site { account: account.clone(), point, today, utc_offset_s }))
    };
    view! { <div class="own-reading columns__stack">{switch} {shown}</div> }.into_any()
}

/// A service point and today's day there.
#[derive(Clone)]
struct Site {
    account: AccountId,
    point: ServicePoint,
    today: Date,
    utc_offset_s: i32,
}

fn of_point(site: Site) -> AnyView {
    let (account, id) = (site.account.clone(), site.point.id.clone());
    let meter = use_loading({
        let (account, service_point) = (account.clone(), id.clone());
        move || {
            let (account, service_point) = (account.clone(), service_point.clone());
            Some(GetMeterBrief(GetMeterPage { account, service_point }))
        }
    });
    let own =
        use_loading(move || Some(GetOwnReadings { account: account.clone(), service_point: id.clone() }));
    let both = Memo::new(move |_| {
        let meter = meter.outcome.with(reply);
        let own = own.outcome.with(reply);
        meter.zip(own)
    });
    // The readings may be asked for again; what is being typed stays.
    let known = {
        let site = site.clone();
        Memo::new(move |_| both.get().map(|(meter, own)| known_of(&site, &meter, &own)))
    };
    let account = StoredValue::new(site.account.clone());
    let on_sent = Callback::new(move |()| own.retry());
    let filled_in = move || match known.get() {
        Some((known, window, reports)) => {
            let entry = Entry::begin(account.get_value(), known.clone(), on_sent);
            let form = StoredValue::new((known, window));
            let shown = move || match entry.stage.get() {
                Stage::Sent(reading) => sent(Reader::here(), entry, &reading, reports),
                _ => ().into_any(),
            };
            let is_sent = Memo::new(move |_| matches!(entry.stage.get(), Stage::Sent(_)));
            let to_fill_in = move || {
                let (known, window) = form.get_value();
                (!is_sent.get()).then(|| self::form(entry, known, window))
            };
            view! {
                {move || window.notice(Reader::here())}
                {shown}
                {to_fill_in}
            }
            .into_any()
        }
        None => waiting(meter, own),
    };
    let list = move || {
        let (_, own) = both.get()?;
        Some(taken::taken(&site.account, &site.point.unit, site.utc_offset_s, &own.readings))
    };
    view! {
        {filled_in}
        <SectionTitle title=say(words::readings_own_title) />
        {list}
    }
    .into_any()
}

fn reply<T: Clone>(outcome: &Outcome<T>) -> Option<T> {
    match outcome {
        Outcome::Here(loaded) => Some(loaded.reply.clone()),
        _ => None,
    }
}

fn known_of(site: &Site, meter: &MeterBrief, own: &OwnReadings) -> (Known, Window, bool) {
    let known = Known {
        point: site.point.clone(),
        digits: meter.digits,
        last: own.last_actual.clone(),
        today: site.today,
        utc_offset_s: site.utc_offset_s,
    };
    let window = Window { from: own.opens_on, to: own.closes_on, open: own.open };
    (known, window, matches!(meter.state, MeterState::Reporting { .. }))
}

/// Nothing to fill in yet: on its way, or not to be had.
fn waiting(meter: Loading<MeterBrief>, own: Loading<OwnReadings>) -> AnyView {
    let retry = Callback::new(move |()| {
        meter.retry();
        own.retry();
    });
    let failed = |error: &crate::client::ClientError| failure(error, words::reading_error, retry);
    let of_meter = meter.outcome.with(|outcome| match outcome {
        Outcome::Failed(error) => Some(failed(error)),
        _ => None,
    });
    let of_own = own.outcome.with(|outcome| match outcome {
        Outcome::Failed(error) => Some(failed(error)),
        _ => None,
    });
    of_meter.or(of_own).unwrap_or_else(skeletons::one_block)
}
