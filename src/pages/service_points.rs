//! Which of an account's service points a page is about.

use api::accounts::{Commodity, ServicePoint, ServicePointId};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::segmented::Segmented;
use crate::pages::reader::say;
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

/// A choice between them, where there are several.
pub fn service_switch(points: &[ServicePoint], chosen: RwSignal<Option<ServicePointId>>) -> Option<AnyView> {
    let option = |point: &ServicePoint| {
        let name = match point.commodity {
            Commodity::Electricity => words::commodity_electricity,
            Commodity::Water => words::commodity_water,
        };
        (Some(point.id.clone()), TextProp::from(say(name)))
    };
    (points.len() > 1).then(|| {
        view! {
            <Segmented
                legend=say(words::reading_which)
                name="service"
                options=points.iter().map(option).collect()
                chosen=chosen
                on_choose=move |id| chosen.set(id)
            />
        }
        .into_any()
    })
}
