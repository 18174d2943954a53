//! Meter: what is known of it, and nothing else: kind, state and why, events, readings, tests (MET-2 to MET-6); and what
//! the customer has to say of it.

mod card;
mod events;
mod fault;
mod note;
mod readings;
pub mod tests_done;
pub mod writing;

use api::accounts::{AccountId, Country, GetOverview, Overview, ServicePoint};
use api::meters::{GetMeterPage, MeterPage};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::use_loading;
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::{asked_for, named, service_switch};
use crate::pages::skeletons;
use crate::session::SessionState;
use fault::FaultEntry;
use note::NoteEntry;

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
    let (offset, country, currency) =
        (overview.utc_offset_seconds, overview.account.country, overview.account.currency);
    let chosen = RwSignal::new(asked_for(&points));
    let switch = service_switch(words::reading_which, named(&points), chosen);
    let shown = move || {
        let point = points.iter().find(|point| Some(&point.id) == chosen.get().as_ref())?;
        let place = Place { point: point.clone(), country, currency, utc_offset_s: offset };
        Some(of_point(account.clone(), place))
    };
    view! { <div class="columns__stack">{switch} {shown}</div> }.into_any()
}

/// A service point and what holds there.
struct Place {
    point: ServicePoint,
    country: Country,
    currency: Currency,
    utc_offset_s: i32,
}

fn of_point(account: AccountId, place: Place) -> AnyView {
    let Place { point, country, currency, utc_offset_s } = place;
    let (service_point, asking) = (point.id.clone(), account.clone());
    let loading = use_loading(move || {
        Some(GetMeterPage { account: asking.clone(), service_point: service_point.clone() })
    });
    // What is being written outlives the reply that it stands in.
    let say_again = Callback::new(move |()| loading.retry());
    let written = Written {
        fault: FaultEntry::begin(account.clone(), point.id.clone(), say_again),
        note: NoteEntry::begin(account, point.id.clone(), say_again),
    };
    let shown = move |page: &MeterPage| {
        let reader = Reader::here();
        cards(&Shown { reader, point: &point, page, country, currency, utc_offset_s }, written)
    };
    let shown = when_here(loading, skeletons::one_block, words::meter_error, shown);
    view! { <div class="columns__stack">{shown}</div> }.into_any()
}

/// What the cards are made of.
struct Shown<'a> {
    reader: Reader,
    point: &'a ServicePoint,
    page: &'a MeterPage,
    country: Country,
    currency: Currency,
    utc_offset_s: i32,
}

/// What the customer is writing.
#[derive(Clone, Copy)]
struct Written {
    fault: FaultEntry,
    note: NoteEntry,
}

fn cards(shown: &Shown<'_>, written: Written) -> AnyView {
    view! {
        {events::cuts(shown)}
        {card::card(shown)}
        {events::events(shown, written.note)}
        {fault::fault(shown, written.fault)}
        {tests_done::tests_done(shown)}
        {readings::readings(shown)}
    }
    .into_any()
}
