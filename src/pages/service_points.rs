//! Which of an account's service points a page is about.

use api::accounts::{Commodity, ServicePoint, ServicePointId};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use crate::components::segmented::Segmented;
use crate::pages::reader::{Reader, say};
use crate::router::query;

/// The one that the address asks for (`?service=water`), else the first.
pub fn asked_for(points: &[ServicePoint]) -> Option<ServicePointId> {
    let asked = |point: &&ServicePoint| match query("service").as_deref() {
        Some("water") => point.commodity == Commodity::Water,
        _ => point.commodity == Commodity::Electricity,
    };
    points.iter().find(asked).or(points.first()).map(|point| point.id.clone())
}

/// Where the customer enters a reading of their own.
pub fn own_reading_path(commodity: Commodity) -> &'static str {
    match commodity {
        Commodity::Electricity => "/readings/new",
        Commodity::Water => "/readings/new?service=water",
    }
}

/// A choice between them, where there are several; `legend` says what for.
pub fn service_switch(
    legend: fn(Language) -> &'static str,
    points: impl IntoIterator<Item = (ServicePointId, Commodity)>,
    chosen: RwSignal<Option<ServicePointId>>,
) -> Option<AnyView> {
    let option = |(id, commodity): (ServicePointId, Commodity)| {
        (Some(id), TextProp::from(move || Reader::here().commodity(commodity)))
    };
    let options: Vec<_> = points.into_iter().map(option).collect();
    (options.len() > 1).then(|| {
        view! {
            <Segmented
                legend=say(legend)
                name="service"
                options=options
                chosen=chosen
                on_choose=move |id| chosen.set(id)
            />
        }
        .into_any()
    })
}

/// What [`service_switch`] needs to know of each.
pub fn named(points: &[ServicePoint]) -> impl Iterator<Item = (ServicePointId, Commodity)> {
    points.iter().map(|point| (point.id.clone(), point.commodity))
}
