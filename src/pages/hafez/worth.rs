//! What the year's saving is worth to the state: never the customer's money (HAF-4).

use api::accounts::Commodity;
use api::hafez::HafezService;
use billing::hafez::{
    self,
    equivalents::{EquivalentsAnswer, EquivalentsRequest, equivalents},
};
use billing::money::Currency;
use billing::number::Number;
use billing::period::Day;
use leptos::prelude::*;
use words::Count;
use words::codes::finding_message;

use crate::clock::Clock;
use crate::components::card::Card;
use crate::format::to_places;
use crate::pages::overview::figures::local_day;
use crate::pages::reader::{Reader, say};
use crate::pages::tools::grounds::findings;

/// The card; nothing where nothing was saved.
pub fn card(reader: Reader, service: &HafezService, now: i64) -> AnyView {
    let earned = service.earned.iter().flat_map(|earned| &earned.months);
    let saved = earned.filter_map(|month| Number::parse(&month.saved).ok()).map(Number::millionths).sum();
    let saved = Number::from_millionths(saved);
    if saved == Number::ZERO {
        return ().into_any();
    }
    let commodity = match service.commodity {
        Commodity::Electricity => hafez::Commodity::Electricity,
        Commodity::Water => hafez::Commodity::Water,
    };
    let Some((today, _)) = local_day(now, Clock::here().utc_offset_s()) else { return ().into_any() };
    let request = EquivalentsRequest { commodity, saved, on: Day(today) };
    match equivalents(&request, &finding_message) {
        Ok(answer) => shown(reader, &reader.quantity(&service.unit, &saved.to_string()), &answer),
        // Before the programme nothing was saved in it.
        Err(_) => ().into_any(),
    }
}

fn shown(reader: Reader, saved: &str, answer: &EquivalentsAnswer) -> AnyView {
    let language = reader.language;
    let mut told = vec![words::hafez_worth_cost(language, &reader.money(Currency::KWD, &answer.state_cost))];
    if let Some(barrels) = &answer.barrels {
        let barrels = to_places(barrels, 1);
        let counted =
            words::count_barrels_gen(language, &Count::of_decimal(&barrels, &reader.figure(&barrels)));
        told.push(words::hafez_worth_oil(language, &counted));
    }
    if let Some(kilograms) = &answer.co2_kg {
        let mass = words::hafez_kilograms(language, &reader.figure(&to_places(kilograms, 0)));
        told.push(words::hafez_worth_co2(language, &mass));
    }
    let line = |text| view! { <li class="hafez-worth__line">{text}</li> }.into_any();
    let told: Vec<AnyView> = told.into_iter().map(line).collect();
    let (saved, findings) = (saved.to_owned(), findings(reader, &answer.findings));
    view! {
        <Card heading=say(words::hafez_worth_title) aside=move || saved.clone()>
            <ul class="hafez-worth">{told}</ul>
            {findings}
        </Card>
    }
    .into_any()
}
