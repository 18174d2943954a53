//! The open period: use and cost so far, the place among the tiers, and where it will end.

use api::accounts::ServicePoint;
use api::live::LiveReading;
use billing::bill::TierBounds;
use billing::money::Currency;
use billing::number::Number;
use billing::period::Day;
use billing::projection::Crossing;
use leptos::prelude::*;
use words::names::tier_name;

use super::figures::{self, Month};
use super::mark_first_figure;
use super::month_chart::{self, Drawn};
use super::now::Site;
use super::wide::use_wide;
use crate::clock::Clock;
use crate::components::amount::{Amount, AmountSize};
use crate::components::card::{Card, CardLink};
use crate::components::tier_bar::{BarTier, BarUse, TierBar};
use crate::format::Unit;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::{Reader, say};

/// The card of the open period.
#[component]
pub fn MonthCard(point: ServicePoint, at: Site, newest: Signal<Option<LiveReading>>) -> impl IntoView {
    let clock = Clock::here();
    let (unit, from) = (point.unit.clone(), point.period.from);
    let drawn_point = point.clone();
    let month = Memo::new(move |_| {
        let now = untrack(move || clock.now()).max(at.now);
        let today = figures::local_day(now, at.utc_offset_s)?;
        newest.with(|reading| figures::month(&point, reading.as_ref(), today).ok())
    });
    mark_first_figure(Signal::derive(move || month.with(Option::is_some)));
    let aside = move || {
        let reader = Reader::here();
        let today = month.with(|month| month.as_ref().map(|month| month.today));
        let dates = |today| words::period_dates(reader.language, &reader.day(from), &reader.day(today));
        today.map(dates).unwrap_or_default()
    };
    let unit = Unit::from_wire(&unit).unwrap_or(Unit::KilowattHours);
    let parts = move || {
        month.with(|month| match month {
            Some(month) => parts(Reader::here(), month, at.currency, unit),
            None => view! { <p class="card__text">{say(words::projection_error)}</p> }.into_any(),
        })
    };
    let drawn = Drawn { point: drawn_point, month, currency: at.currency, unit };
    let wide = use_wide();
    let chart = move || {
        wide.get().then(|| lazy_part(Box::pin(month_chart::month_chart(drawn.clone())), month_chart::room))
    };
    view! {
        <Card heading=say(words::overview_month_title) aside=aside class="columns__five overview__month">
            {parts}
            <CardLink href="/projection" label=say(words::projection_link) />
            <CardLink href="/consumption" label=say(words::overview_consumption_more) />
        </Card>
        <Card heading=say(words::overview_month_course) class="columns__seven overview__wide">
            {chart}
        </Card>
    }
}

/// All that follows from the month; made anew with every reading, which is cheaper than to watch each part.
fn parts(reader: Reader, month: &Month, currency: Currency, unit: Unit) -> AnyView {
    let language = reader.language;
    let [low, middle, high] = &month.ends;
    let money = |total: &str| reader.money(currency, total);
    let caption = |finding| {
        let text = words::codes::pricing_finding_words(language, finding)?;
        Some(view! { <p class="card__caption">{text}</p> }.into_any())
    };
    let crossing = crossing(reader, currency, &month.tiers, month.used, month.crossing.as_ref());
    let findings: Vec<AnyView> = month.findings.iter().filter_map(caption).collect();
    view! {
        <div class="card__pair">
            <Amount value=month.used.to_string() unit=unit size=AmountSize::Figure />
            <p class="card__pair-end">{words::overview_month_cost(language, &money(&month.cost))}</p>
        </div>
        {bar(reader, month, currency, unit)}
        <hr class="card__rule" />
        <p class="card__caption">{words::overview_month_end(language)}</p>
        <div class="card__pair">
            <Amount value=middle.total.clone() unit=Unit::Money(currency) size=AmountSize::FigureSmall />
            <p class="card__pair-end">
                {words::projection_band(language, &money(&low.total), &money(&high.total))}
            </p>
        </div>
        <p class="card__text">{crossing}</p>
        {findings}
    }
    .into_any()
}

/// When the next of the `tiers` begins, or that it does not.
pub fn crossing(
    reader: Reader,
    currency: Currency,
    tiers: &[TierBounds],
    used: Number,
    crossing: Option<&Crossing>,
) -> String {
    let language = reader.language;
    let place = tiers.iter().rev().find(|tier| tier.from <= used.fraction()).map_or(1, |tier| tier.place);
    if let [only] = tiers {
        return only
            .price
            .map(|price| words::overview_tier_single(language, &reader.price(currency, price)))
            .unwrap_or_default();
    }
    let Some(crossing) = crossing else { return words::overview_tier_last(language).to_owned() };
    let entered = tier_name(language, crossing.tier);
    match (crossing.expected, crossing.earliest, crossing.latest) {
        (Some(expected), Some(earliest), Some(latest)) if earliest < latest => {
            let entry = words::overview_tier_entry(language, &entered, &reader.weekday(Day(expected)));
            let range =
                words::overview_tier_range(language, &reader.day(Day(earliest)), &reader.day(Day(latest)));
            words::overview_two_facts(language, &entry, &range)
        }
        (Some(expected), ..) => {
            words::overview_tier_entry(language, &entered, &reader.weekday(Day(expected)))
        }
        (None, Some(earliest), _) => {
            let stay = words::overview_tier_stay(language, &tier_name(language, place));
            let early = words::overview_tier_earliest(language, &entered, &reader.day(Day(earliest)));
            words::overview_two_facts(language, &stay, &early)
        }
        (None, None, _) => words::overview_tier_stay(language, &tier_name(language, place)),
    }
}

fn bar(reader: Reader, month: &Month, currency: Currency, unit: Unit) -> AnyView {
    let language = reader.language;
    let figure = |number: Number| unit.figure(&number.to_string(), reader.digits);
    let text = |number: Number| unit.text(&number.to_string(), language, reader.digits);
    let [low, middle, high] = month.ends.each_ref().map(|end| end.usage);
    let used = format!("{} {}", words::overview_month_used(language), text(month.used));
    let ends = words::a11y_chart_projection(language, &text(middle), &text(low), &text(high));
    let tiers = month.tiers.iter().map(|tier| bar_tier(reader, *tier, currency, unit)).collect();
    view! {
        <TierBar
            summary=words::overview_two_facts(language, &used, &ends)
            tiers=tiers
            position=position(month)
            now=words::overview_bar_now(language, &figure(month.used))
            expected=words::overview_bar_expected(language, &figure(middle))
        />
    }
    .into_any()
}

fn position(month: &Month) -> BarUse {
    let [low, middle, high] = month.ends.each_ref().map(|end| end.usage.millionths());
    BarUse { used: month.used.millionths(), expected: middle, low, high }
}

/// A tier of the bar with its words.
pub fn bar_tier(reader: Reader, tier: TierBounds, currency: Currency, unit: Unit) -> BarTier {
    let shown = |bound: billing::fraction::Fraction| bound.to_number().unwrap_or_default();
    let figure = |bound| unit.figure(&shown(bound).to_string(), reader.digits);
    let limit = match tier.to {
        Some(to) => words::tier_up_to(reader.language, &figure(to)),
        None if tier.place > 1 => words::tier_above(reader.language, &figure(tier.from)),
        None => String::new(),
    };
    let price = match tier.price {
        Some(price) => reader.price(currency, price),
        None => words::not_published(reader.language).to_owned(),
    };
    BarTier { ceiling: tier.to.map(|to| shown(to).millionths()), price, limit }
}
