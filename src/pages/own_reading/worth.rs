//! What a reading would mean, in words and figures.

use billing::error::Refusal;
use leptos::prelude::*;
use words::names::tier_name;

use super::meaning::{Known, Meaning};
use crate::components::facts::{Fact, Facts};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::Unit;
use crate::pages::reader::{Reader, say};

/// The use since the last reading, its days, its bill and its tier.
pub fn worth(reader: Reader, known: &Known, outcome: Option<Result<Option<Meaning>, Refusal>>) -> AnyView {
    let language = reader.language;
    let Some(Ok(Some(meaning))) = outcome else {
        return view! { <p class="card__text">{words::reading_meaning_none(language)}</p> }.into_any();
    };
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
