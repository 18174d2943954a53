//! Projection and what-if: where the open period is heading, and where it would with changes. All of it is worked out
//! here by the engine; the record hears nothing of a trial.

mod ends;
mod figures;
mod last;
mod past;
mod stairs;
mod trial;
mod why;

use api::accounts::{Commodity, GetOverview, MeterKind, Overview, ServicePoint};
use billing::error::Refusal;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{Loaded, Loading, Outcome, use_loading};
use crate::clock::Clock;
use crate::components::card::Card;
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::pages::overview::by_reading::ByReadingCard;
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{self, Refused, refusal};
use crate::pages::skeletons;
use crate::pages::states::{failure, old_strip};
use crate::session::SessionState;
use figures::Base;

/// The page at `/projection`.
#[cfg_attr(feature = "split", lazy)]
pub async fn projection() -> AnyView {
    for_holder(|| view! { <ProjectionPage /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn ProjectionPage() -> impl IntoView {
    use_title(|| words::projection_title(Reader::here().language).to_owned());
    refusal::fetch_ahead();
    let (session, clock) = (SessionState::here(), Clock::here());
    let loading = use_loading(move || Some(GetOverview { account: session.account_id()? }));
    Effect::new(move |_| {
        loading.outcome.with(|outcome| {
            if let Outcome::Here(Loaded { reply, came_at, stale: false }) = outcome {
                clock.set(reply.now, reply.utc_offset_seconds, *came_at);
            }
        });
    });
    let note = move || {
        let reader = Reader::here();
        let property = session.account().map(|account| reader.message(&account.property));
        let left = loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => days_left(&loaded.reply),
            _ => None,
        });
        let left = left.map(|left| words::projection_days_left(reader.language, &reader.days(left)));
        property.into_iter().chain(left).collect::<Vec<_>>().join(" · ")
    };
    let strip = move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => old_strip(loaded),
            _ => None,
        })
    };
    view! {
        {strip}
        <div class="frame__narrow projection">
            <PageHeader
                title=say(words::projection_title)
                note=TextProp::from(note)
                back=("/".to_owned(), TextProp::from(say(words::nav_overview)))
            />
            {move || body(loading)}
        </div>
    }
}

/// The point whose days are known (MET-6).
fn metered(overview: &Overview) -> Option<&ServicePoint> {
    overview
        .service_points
        .iter()
        .find(|point| point.commodity == Commodity::Electricity && point.meter.kind == MeterKind::Digital)
}

fn days_left(overview: &Overview) -> Option<i64> {
    let (today, _) = figures::today(overview)?;
    Some((metered(overview)?.period.last() - today).whole_days())
}

fn body(loading: Loading<Overview>) -> AnyView {
    loading.outcome.with(|outcome| match outcome {
        Outcome::Waiting => skeletons::one_block(),
        Outcome::Failed(error) => {
            let retry = Callback::new(move |()| loading.retry());
            failure(error, words::projection_error, retry)
        }
        Outcome::Here(Loaded { reply, .. }) => match metered(reply) {
            Some(point) => match Base::of(reply, point) {
                Ok(base) => cards(base),
                Err(refused) => refused_view(&refused),
            },
            None => by_hand(reply),
        },
    })
}

fn cards(base: Base) -> AnyView {
    let base = StoredValue::new(base);
    let trial = trial::Trial::begin(base);
    view! {
        <div class="columns__stack">
            {ends::ends(base, trial)}
            {trial::controls(base, trial)}
            {stairs::stairs(base, trial)}
            {past::past(base, trial)}
            {last::last(base)}
            {why::why(base, trial)}
        </div>
    }
    .into_any()
}

/// No projection, and what the engine says about it: before the first full day there is nothing to project from.
fn refused_view(refused: &Refusal) -> AnyView {
    let error = refused.error.clone();
    view! {
        <Card heading=say(words::projection_end)>
            <p class="card__text">{refusal(Refused::Sum(error))}</p>
        </Card>
    }
    .into_any()
}

/// A meter that is read by hand has no days to project from; what is known of it is said.
fn by_hand(overview: &Overview) -> AnyView {
    let points = overview.service_points.iter().filter(|point| point.commodity == Commodity::Electricity);
    let cards: Vec<AnyView> =
        points.map(|point| view! { <ByReadingCard point=point.clone() /> }.into_any()).collect();
    view! {
        <div class="columns__stack">
            <EmptyState title=say(words::projection_by_hand_title) body=TextProp::from(say(words::projection_by_hand)) />
            {cards}
        </div>
    }
    .into_any()
}
