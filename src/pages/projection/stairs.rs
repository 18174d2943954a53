//! The price of the next unit as a staircase that one stands on.

use billing::bill::TierBounds;
use billing::fraction::Fraction;
use billing::number::Number;
use billing::projection::WhatIf;
use leptos::prelude::*;

use super::figures::{Base, position_of};
use super::trial::Trial;
use crate::components::card::Card;
use crate::components::chart::ChartFigure;
use crate::components::tier_bar::{BarUse, Scale};
use crate::pages::overview::month::{bar_tier, crossing};
use crate::pages::reader::{Reader, say};

/// The card of the staircase.
pub fn stairs(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let drawn = move || {
        let reader = Reader::here();
        trial
            .tried
            .with(|tried| tried.as_ref().map(|tried| base.with_value(|base| drawing(reader, base, tried))))
    };
    let said = move || {
        let (reader, is_changed) = (Reader::here(), trial.is_changed.get());
        trial.tried.with(|tried| {
            tried.as_ref().map(|tried| base.with_value(|base| sentences(reader, base, tried, is_changed)))
        })
    };
    view! {
        <Card heading=say(words::projection_stairs) class="projection__stairs">
            {drawn}
            {said}
        </Card>
    }
    .into_any()
}

/// The place of the tier that the next unit falls in.
fn stood_on(tiers: &[TierBounds], used: Number) -> Option<&TierBounds> {
    tiers.iter().rev().find(|tier| tier.from <= used.fraction())
}

fn price_words(reader: Reader, base: &Base, tier: &TierBounds) -> String {
    bar_tier(reader, *tier, base.currency, base.unit).price
}

fn drawing(reader: Reader, base: &Base, tried: &WhatIf) -> AnyView {
    let position = position_of(base, tried);
    let tiers = &tried.tiers;
    let ceilings: Vec<_> =
        tiers.iter().map(|tier| bar_tier(reader, *tier, base.currency, base.unit).ceiling).collect();
    let scale = Scale::of(&ceilings, position);
    let stood_on = stood_on(tiers, base.facts.used);
    let now = stood_on.map(|tier| price_words(reader, base, tier)).unwrap_or_default();
    let next = words::projection_next_unit(reader.language, &now);
    // The words at the needle have the price of the step that one stands on.
    let price_of = |tier: &TierBounds| match stood_on.is_some_and(|on| on.place == tier.place) {
        true => String::new(),
        false => price_words(reader, base, tier),
    };
    let highest = tiers.iter().filter_map(|tier| tier.price).max().unwrap_or_default();
    let steps: Vec<AnyView> = (tiers.iter().enumerate())
        .map(|(at, tier)| step(at, &scale, position, height(tier.price, highest), price_of(tier)))
        .collect();
    let limits: Vec<AnyView> = tiers
        .iter()
        .enumerate()
        .map(|(at, tier)| {
            let from = tier.from.to_number().unwrap_or_default().to_string();
            let figure = base.unit.figure(&from, reader.digits);
            view! {
                <span class="stairs__limit" style:flex-grow=scale.width(at).to_string()>
                    <bdi>{figure}</bdi>
                </span>
            }
            .into_any()
        })
        .collect();
    let here = words::projection_you_are_here(reader.language, &now);
    let is_late = position.used > scale.end() / 2;
    let here_class = if is_late { "stairs__here stairs__here--before" } else { "stairs__here" };
    view! {
        <ChartFigure summary=next>
            <div class="stairs">
                <div class="stairs__plot">
                    {steps}
                    <span class="stairs__needle" style:inset-inline-start=scale.at(position.used)></span>
                </div>
                <span class=here_class style:inset-inline-start=scale.at(position.used) aria-hidden="true">
                    <bdi>{here}</bdi>
                </span>
                <div class="stairs__limits" aria-hidden="true">{limits}</div>
            </div>
        </ChartFigure>
    }
    .into_any()
}

/// How high a step stands, in percent of the plot below the price's words.
fn height(price: Option<Number>, highest: Number) -> String {
    let share = price.unwrap_or_default().fraction().times(Fraction::count(100));
    let share = share.and_then(|share| share.divided_by(highest.fraction())).and_then(|share| share.round(0));
    // A tariff whose prices are all nothing stands on the ground.
    let percent = share.unwrap_or(0).clamp(2, 100);
    [&percent.to_string(), "%"].concat()
}

fn step(at: usize, scale: &Scale, position: BarUse, height: String, price: String) -> AnyView {
    view! {
        <div class="stairs__column" style:flex-grow=scale.width(at).to_string()>
            <span class="stairs__price" aria-hidden="true">
                <bdi>{price}</bdi>
            </span>
            <div class=format!("stairs__step tier-bar__tier tier-{}", (at + 1).min(3)) style:block-size=height>
                <span class="tier-bar__expected" style:inline-size=scale.share_of_tier(at, position.expected)></span>
                <span class="tier-bar__used" style:inline-size=scale.share_of_tier(at, position.used)></span>
            </div>
        </div>
    }
    .into_any()
}

/// How far it is to the next price and when it begins, without and with the changes.
fn sentences(reader: Reader, base: &Base, tried: &WhatIf, is_changed: bool) -> AnyView {
    let language = reader.language;
    let used = base.facts.used;
    let as_is = &base.projection;
    let next = as_is.crossings.first().and_then(|next| {
        let left = next.limit.minus(used.fraction()).ok()?.to_number().ok()?;
        let left = base.unit.text(&left.to_string(), language, reader.digits);
        Some(words::overview_tier_left(language, &left, &words::names::tier_name(language, next.tier)))
    });
    let without = crossing(reader, base.currency, &as_is.tiers, used, as_is.crossings.first());
    let with = is_changed.then(|| {
        let sentence = crossing(reader, base.currency, &tried.tiers, used, tried.crossings.first());
        words::projection_with_changes(language, &sentence)
    });
    view! {
        {next.map(|next| view! { <p class="card__text">{next}</p> })}
        <p class="card__text">{without}</p>
        {with.map(|with| view! { <p class="card__text">{with}</p> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_as_high_as_its_price() {
        let fils = |fils: i64| Some(Number::from_millionths(fils * 1000));
        let highest = Number::from_millionths(15_000);
        for (price, percent) in
            [(fils(15), "100%"), (fils(10), "67%"), (fils(5), "33%"), (fils(0), "2%"), (None, "2%")]
        {
            assert_eq!(height(price, highest), percent, "{price:?}");
        }
        assert_eq!(height(fils(0), Number::ZERO), "2%");
    }
}
