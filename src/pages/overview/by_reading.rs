//! A meter that is read by hand: its last reading and how old it is. No live figure is made up for it (MET-6).

use api::accounts::{Commodity, MeterKind, ServicePoint};
use leptos::prelude::*;

use crate::clock::Clock;
use crate::components::card::{Card, CardLink};
use crate::components::facts::{Fact, Facts};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::own_reading_path;

/// The card of a service point whose figures come by readings.
#[component]
pub fn ByReadingCard(point: ServicePoint) -> impl IntoView {
    let name = match point.commodity {
        Commodity::Electricity => words::commodity_electricity,
        Commodity::Water => words::commodity_water,
    };
    let kind = match point.meter.kind {
        MeterKind::Mechanical => words::meter_kind_mechanical,
        MeterKind::Digital => words::meter_kind_digital,
    };
    let aside = move || view! { <StatusTag kind=TagKind::Outline label=say(kind) /> };
    let number = point.meter.number.clone();
    let meter = move || {
        let reader = Reader::here();
        words::bill_meter(reader.language, &reader.digits.write(&number))
    };
    let (commodity, last) = (point.commodity, point.last_reading);
    let facts = move || match &last {
        Some(reading) => {
            let (reader, clock, meter) = (Reader::here(), Clock::here(), meter.clone());
            let on = CivilTime::at(reading.at, clock.utc_offset_s());
            let date = on.day.full(reader.language, reader.digits);
            let shown = reader.figure(&reading.register.to_string());
            let age = words::time_ago(reader.language, &reader.ago_gen(clock.now() - reading.at));
            let quality = reader.quality(reading.quality);
            view! {
                <p class="card__text">{words::consumption_last_reading(reader.language, &shown, &date)}</p>
                <Facts>
                    <Fact term=meter>{age}</Fact>
                    <Fact term=say(words::consumption_col_quality)>{quality}</Fact>
                </Facts>
            }
            .into_any()
        }
        None => view! { <p class="card__text">{say(words::consumption_gap)}</p> }.into_any(),
    };
    let href = match commodity {
        Commodity::Electricity => "/consumption",
        Commodity::Water => "/consumption?service=water",
    };
    view! {
        <Card heading=say(name) aside=aside class="columns__five">
            {facts}
            <CardLink href=own_reading_path(commodity) label=say(words::reading_title) />
            <CardLink href=href label=say(words::overview_consumption_more) />
        </Card>
    }
}
