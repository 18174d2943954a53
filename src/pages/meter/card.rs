//! The meter itself: its state and why, what stands on its plate, and its last reading.

use api::accounts::{Commodity, MeterKind, Reading};
use api::meters::{MeterExchange, MeterState};
use leptos::prelude::*;

use super::Shown;
use crate::components::card::{Card, CardLink};
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};

/// State and plate, then the last reading.
pub(super) fn card(shown: &Shown<'_>) -> AnyView {
    let Shown { reader, page, point, utc_offset_s, .. } = shown;
    let language = reader.language;
    let (kind, icon, name, why) = state(*reader, page.state, *utc_offset_s);
    let tag = move || view! { <StatusTag kind=kind label=name icon=icon /> };
    let meter_kind = match page.meter.kind {
        MeterKind::Mechanical => words::meter_kind_mechanical(language),
        MeterKind::Digital => words::meter_kind_digital(language),
    };
    let consumption = match point.commodity {
        Commodity::Electricity => "/consumption",
        Commodity::Water => "/consumption?service=water",
    };
    let number = reader.digits.write(&page.meter.number);
    let factor = reader.figure(&page.meter.multiplier.to_string());
    let fitted = reader.full_day(page.fitted_on);
    let exchanges: Vec<AnyView> = page.exchanges.iter().map(|one| exchange(*reader, one)).collect();
    let last = last(shown);
    view! {
        <Card heading=meter_kind aside=tag>
            <p class="card__text">{why}</p>
            <Facts>
                <Fact term=say(words::meter_number)>
                    <bdi>{number}</bdi>
                </Fact>
                <Fact term=say(words::meter_factor)>
                    <bdi>{factor}</bdi>
                </Fact>
                <Fact term=say(words::meter_fitted)>{fitted}</Fact>
            </Facts>
            {exchanges}
            <CardLink href=consumption label=say(words::overview_consumption_more) />
        </Card>
        {last}
    }
    .into_any()
}

/// What both meters showed when one took the place of the other.
fn exchange(reader: Reader, exchange: &MeterExchange) -> AnyView {
    let MeterExchange { on, old, last, new, first } = exchange;
    let [old, new] = [old, new].map(|number| reader.digits.write(number));
    let [last, first] = [last, first].map(|register| reader.figure(&register.to_string()));
    let day = reader.full_day(*on);
    let text = words::meter_exchanged(reader.language, &day, &old, &last, &new, &first);
    view! { <p class="card__text">{text}</p> }.into_any()
}

/// A state's tag, and why it is so.
fn state(reader: Reader, state: MeterState, utc_offset_s: i32) -> (TagKind, IconName, &'static str, String) {
    let language = reader.language;
    let time = |at: i64| reader.time(CivilTime::at(at, utc_offset_s));
    match state {
        MeterState::ReadByHand => {
            let why = words::meter_state_by_hand_why(language).to_owned();
            (TagKind::Outline, IconName::Person, words::meter_state_by_hand(language), why)
        }
        MeterState::Reporting { to } => {
            let why = words::meter_state_reporting_why(language, &time(to));
            (TagKind::Good, IconName::Check, words::meter_state_reporting(language), why)
        }
        MeterState::Silent { since } => {
            let why = match since {
                Some(since) => words::meter_state_silent_why(language, &time(since)),
                None => words::meter_state_silent_never(language).to_owned(),
            };
            (TagKind::Warn, IconName::Alert, words::meter_state_silent(language), why)
        }
    }
}

/// The last reading, how it was read and how old it is; then the way to a reading of one's own.
fn last(shown: &Shown<'_>) -> AnyView {
    let Shown { reader, page, point, utc_offset_s, .. } = shown;
    let language = reader.language;
    let facts = match page.readings.first() {
        Some(Reading { at, register, quality }) => {
            let date = CivilTime::at(*at, *utc_offset_s).day.full(language, reader.digits);
            let age = words::time_ago(language, &reader.ago_gen(page.now - at));
            let register = reader.figure(&register.to_string());
            let quality = reader.quality(*quality);
            view! {
                <Facts>
                    <Fact term=say(words::meter_col_reading)>
                        <bdi>{register}</bdi>
                    </Fact>
                    <Fact term=say(words::meter_col_date)>{date} <br /> {age}</Fact>
                    <Fact term=say(words::consumption_col_quality)>{quality}</Fact>
                </Facts>
            }
            .into_any()
        }
        None => view! { <p class="card__text">{words::meter_readings_none(language)}</p> }.into_any(),
    };
    let own = match point.commodity {
        Commodity::Electricity => "/readings/new?service=electricity",
        Commodity::Water => "/readings/new?service=water",
    };
    view! {
        <Card heading=say(words::meter_last_title)>
            {facts}
            <CardLink href=own label=say(words::reading_title) />
        </Card>
    }
    .into_any()
}
