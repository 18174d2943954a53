//! Meter: what is known of it, and nothing else: kind, state and why, readings, tests (MET-6).

mod card;
mod readings;
mod tests_done;

use api::accounts::{AccountId, GetOverview, Overview, ServicePoint};
use api::meters::{GetMeterPage, MeterPage};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::use_loading;
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::{asked_for, service_switch};
use crate::pages::skeletons;
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
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::meter_title)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {when_here(loading, skeletons::one_block, words::meter_error, points)}
        </div>
    }
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
    let shown =
        move |page: &MeterPage| cards(&Shown { reader: Reader::here(), point: &point, page, utc_offset_s });
    let shown = when_here(loading, skeletons::one_block, words::meter_error, shown);
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
