//! Meter: what is known of it, and nothing else: kind, state and why, readings, tests (MET-6).

mod card;
mod readings;
mod tests_done;

use api::accounts::{AccountId, GetOverview, Overview, ServicePoint};
use api::meters::{GetMeterPage, MeterPage};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{Loaded, Loading, Outcome, use_loading};
use crate::components::page_header::PageHeader;
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::{asked_for, service_switch};
use crate::pages::skeletons;
use crate::pages::states::{failure, old_strip};
use crate::session::SessionState;

/// The page at `/meter`.
#[cfg_attr(feature = "split", lazy)]
pub async fn meter() -> AnyView {
    for_holder(|| view! { <Meter /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn Meter() -> impl IntoView {
    use_title(|| words::meter_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetOverview { account: session.account_id()? }));
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
            <PageHeader
                title=say(words::meter_title)
                note=TextProp::from(note)
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {move || body(loading)}
        </div>
    }
}

fn body(loading: Loading<Overview>) -> AnyView {
    loading.outcome.with(|outcome| match outcome {
        Outcome::Waiting => skeletons::one_block(),
        Outcome::Failed(error) => {
            failure(error, words::meter_error, Callback::new(move |()| loading.retry()))
        }
        Outcome::Here(Loaded { reply, .. }) => points(reply),
    })
}

fn points(overview: &Overview) -> AnyView {
    let (account, points) = (overview.account.id.clone(), overview.service_points.clone());
    let offset = overview.utc_offset_seconds;
    let chosen = RwSignal::new(asked_for(&points));
    let switch = service_switch(&points, chosen);
    let shown = move || {
        let point = points.iter().find(|point| Some(&point.id) == chosen.get().as_ref())?;
        Some(of_point(account.clone(), point.clone(), offset))
    };
    view! { <div class="columns__stack">{switch} {shown}</div> }.into_any()
}

fn of_point(account: AccountId, point: ServicePoint, utc_offset_s: i32) -> AnyView {
    let service_point = point.id.clone();
    let loading = use_loading(move || {
        Some(GetMeterPage { account: account.clone(), service_point: service_point.clone() })
    });
    let shown = move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Waiting => skeletons::one_block(),
            Outcome::Failed(error) => {
                failure(error, words::meter_error, Callback::new(move |()| loading.retry()))
            }
            Outcome::Here(Loaded { reply, .. }) => {
                cards(&Shown { reader: Reader::here(), point: &point, page: reply, utc_offset_s })
            }
        })
    };
    view! { <div class="columns__stack">{shown}</div> }.into_any()
}

/// What the cards are made of.
struct Shown<'a> {
    reader: Reader,
    point: &'a ServicePoint,
    page: &'a MeterPage,
    utc_offset_s: i32,
}

fn cards(shown: &Shown<'_>) -> AnyView {
    view! {
        {card::card(shown)}
        {tests_done::tests_done(shown)}
        {readings::readings(shown)}
    }
    .into_any()
}
