//! What a reading would mean, in words and figures.

use leptos::prelude::*;
use words::names::tier_name;

use super::entry::Entry;
use super::form::Outcome;
use super::meaning::{Known, meaning};
use crate::components::facts::{Fact, Facts};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::Unit;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::{Reader, say};

/// What the number means, once one is typed: the engine's rules travel by themselves then.
pub fn of_typed(entry: Entry, known: StoredValue<Known>, outcome: RwSignal<Option<Outcome>>) -> AnyView {
    let is_begun = Memo::new(move |before| before == Some(&true) || entry.number().is_some());
    let shown = move || match is_begun.get() {
        true => lazy_part(Box::pin(reading_worth(entry, known, outcome)), || "…".into_any()),
        false => none(Reader::here()),
    };
    shown.into_any()
}

#[cfg_attr(feature = "split", lazy)]
async fn reading_worth(
    entry: Entry,
    known: StoredValue<Known>,
    outcome: RwSignal<Option<Outcome>>,
) -> AnyView {
    Effect::new(move |_| {
        outcome.set(entry.number().map(|number| known.with_value(|known| meaning(known, number))));
    });
    let shown = move || known.with_value(|known| worth(Reader::here(), known, outcome.get()));
    shown.into_any()
}

fn none(reader: Reader) -> AnyView {
    view! { <p class="card__text">{words::reading_meaning_none(reader.language)}</p> }.into_any()
}

/// The use since the last reading, its days, its bill and its tier.
fn worth(reader: Reader, known: &Known, outcome: Option<Outcome>) -> AnyView {
    let language = reader.language;
    let Some(Ok(Some(meaning))) = outcome else { return none(reader) };
    let since = words::reading_used(language, &reader.day(meaning.days.from));
    let used = reader.exact_quantity(&known.point.unit, &meaning.used.to_string());
    let rolled_over = meaning
        .rolled_over
        .then(|| view! { <p class="card__text">{words::reading_rolled_over(language)}</p> }.into_any());
    let cost = meaning.worth.map(|worth| {
        let total = Unit::Money(worth.currency).text(&worth.total.to_string(), language, reader.digits);
        let assumed = worth.assumed.then(|| {
            view! { " " <StatusTag kind=TagKind::Info label=words::assumed_badge(language) /> }.into_any()
        });
        let tier = (worth.tiers > 1).then(|| {
            let tier = tier_name(language, worth.tier);
            view! { <Fact term=say(words::consumption_col_tier)>{tier}</Fact> }.into_any()
        });
        view! {
            <Fact term=say(words::reading_cost)>
                <bdi>{total}</bdi>
                {assumed}
            </Fact>
            {tier}
        }
        .into_any()
    });
    view! {
        <Facts>
            <Fact term=since>
                <bdi>{used}</bdi>
            </Fact>
            <Fact term=say(words::bills_col_days)>{reader.days(meaning.days.days())}</Fact>
            {cost}
        </Facts>
        {rolled_over}
    }
    .into_any()
}
