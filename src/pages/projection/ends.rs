//! Where the period will end, and where it would: one amount, its range, and both uses on the tiers of one scale.

use billing::bill::TierBounds;
use billing::money::Currency;
use billing::projection::WhatIf;
use leptos::prelude::*;

use super::figures::{Base, compared, position_of};
use super::trial::Trial;
use crate::components::amount::{Amount, AmountSize};
use crate::components::card::Card;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::components::tier_bar::{BarUse, Scale, track_view};
use crate::format::Unit;
use crate::pages::overview::month::{bar_tier, crossing};
use crate::pages::reader::Reader;

/// The card of the end.
pub fn ends(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let heading = move || {
        let language = Reader::here().language;
        match trial.is_changed.get() {
            true => words::projection_end_changed(language),
            false => words::projection_end(language),
        }
    };
    let parts = move || {
        let (reader, is_changed) = (Reader::here(), trial.is_changed.get());
        trial.tried.with(|tried| {
            tried.as_ref().map(|tried| base.with_value(|base| parts(reader, base, tried, is_changed)))
        })
    };
    view! {
        <Card heading=heading class="projection__end">
            <div aria-live="polite">{parts}</div>
        </Card>
    }
    .into_any()
}

fn parts(reader: Reader, base: &Base, tried: &WhatIf, is_changed: bool) -> AnyView {
    let (currency, language) = (base.currency, reader.language);
    let [low, middle, high] = tried.ends.map(|end| end.total.to_string());
    let money = |total: &str| reader.money(currency, total);
    let next = crossing(reader, currency, &tried.tiers, base.facts.used, tried.crossings.first());
    view! {
        <Amount value=middle unit=Unit::Money(currency) size=AmountSize::Display />
        {is_changed.then(|| difference(reader, base, tried))}
        <p class="card__text">{words::projection_band(language, &money(&low), &money(&high))}</p>
        {bars(reader, base, tried, is_changed)}
        <p class="card__text">{next}</p>
    }
    .into_any()
}

/// The amount without changes, struck out, and by how much the changes make it less or more.
fn difference(reader: Reader, base: &Base, tried: &WhatIf) -> AnyView {
    let language = reader.language;
    let was = base.projection.middle.bill.total;
    let (sign, difference) = compared(was, tried.ends[1].total);
    let amount = reader.money(base.currency, &difference.to_string());
    let (kind, text) = match sign {
        0 => (TagKind::Plain, words::projection_same(language).to_owned()),
        1.. => (TagKind::Warn, words::projection_more(language, &amount)),
        _ => (TagKind::Good, words::projection_less(language, &amount)),
    };
    let old = reader.money(base.currency, &was.to_string());
    view! {
        <p class="projection__difference">
            <span class="heard">{words::projection_was(language, &old)}</span>
            <s class="projection__was" aria-hidden="true">
                <bdi>{old}</bdi>
            </s>
            <StatusTag kind=kind label=text />
        </p>
    }
    .into_any()
}

/// One bar as things are, and one with the changes, both as long as the longer needs.
fn bars(reader: Reader, base: &Base, tried: &WhatIf, is_changed: bool) -> AnyView {
    let (as_is, changed) = (base.position(), position_of(base, tried));
    let all = BarUse {
        expected: as_is.expected.max(changed.expected),
        low: as_is.low.min(changed.low),
        high: as_is.high.max(changed.high),
        ..as_is
    };
    let own = scale(reader, base, &base.projection.tiers, all);
    let other = scale(reader, base, &tried.tiers, all);
    let end = own.end().max(other.end());
    let quantity = |millionths: i64| {
        let units = billing::number::Number::from_millionths(millionths).to_string();
        base.unit.text(&units, reader.language, reader.digits)
    };
    let language = reader.language;
    let without = words::projection_without(language, &quantity(as_is.expected));
    let first = bar(reader, base, without, own.ending_at(end), as_is);
    let second = is_changed.then(|| {
        let with = words::projection_with(language, &quantity(changed.expected));
        bar(reader, base, with, other.clone().ending_at(end), changed)
    });
    let tiers = if is_changed { &tried.tiers } else { &base.projection.tiers };
    view! {
        {first}
        {second}
        {legend(reader, base.currency, base.unit, tiers, &other.ending_at(end))}
    }
    .into_any()
}

fn scale(reader: Reader, base: &Base, tiers: &[TierBounds], position: BarUse) -> Scale {
    let ceilings: Vec<_> =
        tiers.iter().map(|tier| bar_tier(reader, *tier, base.currency, base.unit).ceiling).collect();
    Scale::of(&ceilings, position)
}

fn bar(reader: Reader, base: &Base, title: String, scale: Scale, position: BarUse) -> AnyView {
    let text = |millionths: i64| {
        let units = billing::number::Number::from_millionths(millionths).to_string();
        base.unit.text(&units, reader.language, reader.digits)
    };
    let BarUse { used, expected, low, high } = position;
    let summary = words::a11y_chart_projection(reader.language, &text(expected), &text(low), &text(high));
    let tracks: Vec<AnyView> = (0..scale.tiers()).map(|at| track_view(at, &scale, position)).collect();
    let margin = (high > low).then(|| {
        view! {
            <span
                class="tier-bar__bracket"
                style:inset-inline-start=scale.at(low)
                style:inset-inline-end=scale.after(high)
            ></span>
        }
        .into_any()
    });
    view! {
        <p class="projection__bar-title">{title}</p>
        <div class="tier-bar" role="img" aria-label=summary>
            <div class="tier-bar__track">
                {tracks}
                <span class="tier-bar__needle" style:inset-inline-start=scale.at(used)></span>
            </div>
            <div class="tier-bar__margin">{margin}</div>
        </div>
    }
    .into_any()
}

fn legend(reader: Reader, currency: Currency, unit: Unit, tiers: &[TierBounds], scale: &Scale) -> AnyView {
    let words = |(at, tier): (usize, &TierBounds)| {
        let words = bar_tier(reader, *tier, currency, unit);
        view! {
            <div class="tier-bar__tier-words" style:flex-grow=scale.width(at).to_string()>
                <span class="tier-bar__price">{words.price}</span>
                <span class="tier-bar__limit">{words.limit}</span>
            </div>
        }
        .into_any()
    };
    let words: Vec<AnyView> = tiers.iter().enumerate().map(words).collect();
    view! { <div class="tier-bar__legend">{words}</div> }.into_any()
}
