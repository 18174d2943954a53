//! Hafez: what each month's saving earned, what the rest of this month would bring, joining and leaving (HAF-1 to HAF-6).

pub mod curve;
mod joining;
mod ledger;
mod measures;
mod open_month;
mod worth;

use api::accounts::{GetOverview, Overview};
use api::hafez::{GetHafez, Hafez, HafezService};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{Loading, use_loading};
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{property, strip, when_here, when_old};
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::service_switch;
use crate::pages::skeletons;
use crate::session::SessionState;

/// The page at `/hafez`.
#[cfg_attr(feature = "split", lazy)]
pub async fn hafez() -> AnyView {
    for_holder(|| view! { <HafezPage /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn HafezPage() -> impl IntoView {
    use_title(|| words::nav_hafez(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetHafez { account: session.account_id()? }));
    // The days of the open month; without them the rest of the page stands.
    let overview = use_loading(move || Some(GetOverview { account: session.account_id()? }));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::nav_hafez)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {when_old(loading, |reader, _, time| Some(words::hafez_offline(reader.language, time)))}
            {when_here(loading, skeletons::one_block, words::hafez_error, move |reply| {
                body(reply, overview, Callback::new(move |()| loading.retry()))
            })}
        </div>
    }
}

fn body(reply: &Hafez, overview: Loading<Overview>, again: Callback<()>) -> AnyView {
    let has_months = reply.services.iter().any(|service| !service.months.is_empty());
    let is_member = reply.joined_on.is_some();
    let shown = (is_member || has_months).then(|| services(reply, overview));
    view! {
        <div class="columns__stack">
            {(!is_member).then(|| view! { <p class="card__text">{say(words::hafez_intro)}</p> })}
            {shown}
            {joining::joining(reply, again)}
        </div>
    }
    .into_any()
}

fn services(reply: &Hafez, overview: Loading<Overview>) -> AnyView {
    let services = reply.services.clone();
    let (now, year) = (reply.now, reply.year);
    let chosen = RwSignal::new(services.first().map(|service| service.service_point.clone()));
    let points = services.iter().map(|service| (service.service_point.clone(), service.commodity));
    let switch = service_switch(words::nav_hafez, points, chosen);
    let shown = move || {
        let service =
            services.iter().find(|service| Some(&service.service_point) == chosen.get().as_ref())?;
        Some(service_view(service, now, year, overview))
    };
    view! { {switch} {shown} }.into_any()
}

fn service_view(service: &HafezService, now: i64, year: i32, overview: Loading<Overview>) -> AnyView {
    let reader = Reader::here();
    view! {
        {ledger::total(reader, service, year)}
        {open_month::card(service, now, overview)}
        {curve::card(reader, service)}
        {ledger::months(reader, service)}
        {worth::card(reader, service, now)}
    }
    .into_any()
}
