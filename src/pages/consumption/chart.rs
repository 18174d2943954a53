//! The chart: what is drawn, its sentence and its legend, and the canvas that it is drawn on.

use std::rc::Rc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use billing::number::Number;
use billing::period::Day;

use super::canvas::Canvas;
use super::card::{Shown, past_name};
use super::draw::{Bar, Drawing, Running, draw};
use super::palette::Palette;
use super::picture::{self, Painted};
use super::range::View;
use super::spans;
use crate::components::chart::{ChartFigure, LegendEntry, LegendKey};
use crate::format::day::CivilTime;
use crate::format::preferences::{Digits, Preferences};
use crate::format::{grouped, to_places};
use crate::pages::overview::figures;
use crate::pages::reader::Reader;

/// A canvas that is drawn anew whenever its figures, its size, the theme or the fonts change.
#[component]
pub fn Chart(
    drawing: Drawing,
    summary: String,
    legend: Vec<AnyView>,
    tall: bool,
    /// The place of the span that is marked.
    chosen: Memo<Option<usize>>,
    /// What it shows in words: the time, and what its figures count.
    named: (String, String),
    /// For a picture of it.
    painted: picture::Shown,
) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let (outside, drawing) = (use_outside(), Rc::new(drawing));
    let (again, preferences) = (Rc::clone(&drawing), Preferences::current());
    let paint = move |canvas, palette: &Palette| {
        let digits = preferences.digits.get_untracked();
        // The picture is of all that is shown, not of the day that was looked at.
        let _ = draw(canvas, palette, (&again, None), &move |millionths| axis_figure(millionths, digits));
    };
    let (period, unit) = (move |_| named.0.clone(), move |_| named.1.clone());
    let (period, unit) = (Box::new(period), Box::new(unit));
    painted.set_value(Some(Painted { period, unit, paint: Box::new(paint) }));
    on_cleanup(move || painted.set_value(None));
    Effect::new(move |_| {
        outside.track();
        preferences.theme.track();
        let (digits, chosen) = (preferences.digits.get(), chosen.get());
        let Some(element) = node.get() else { return };
        let drawing = Rc::clone(&drawing);
        // The theme's attribute is set by an effect too: the colours are read when all of them have run.
        request_animation_frame(move || {
            let font = font_of(&element);
            if let (Some(canvas), Some(palette)) = (Canvas::new(&element, font), Palette::of_page()) {
                let figure = move |millionths| axis_figure(millionths, digits);
                // What a canvas refuses to draw is in the table.
                let _ = draw(canvas, &palette, (&drawing, chosen), &figure);
            }
        });
    });
    let class = if tall { "consumption-chart consumption-chart--tall" } else { "consumption-chart" };
    view! {
        <ChartFigure summary=summary legend=legend>
            <canvas node_ref=node class=class dir="ltr"></canvas>
        </ChartFigure>
    }
}

/// A whole number, but below ten as much of the fraction as tells two lines of the grid apart.
pub fn axis_figure(millionths: i64, digits: Digits) -> String {
    const TEN: i64 = 10_000_000;
    let places = if millionths % 1_000_000 != 0 && millionths < TEN { 1 } else { 0 };
    grouped(&to_places(&Number::from_millionths(millionths).to_string(), places), digits)
}

pub fn font_of(element: &web_sys::Element) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style
        .and_then(|style| style.get_property_value("font-family").ok())
        .unwrap_or_else(|| "sans-serif".to_owned())
}

/// Notified when the window's size, the device's theme or the loaded fonts change.
pub fn use_outside() -> Trigger {
    let outside = Trigger::new();
    let resized = window_event_listener(ev::resize, move |_| outside.notify());
    on_cleanup(move || resized.remove());
    let notify = SendWrapper::new(Closure::<dyn Fn()>::new(move || outside.notify()));
    let callback = notify.as_ref().unchecked_ref();
    let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    // A browser that does not tell draws again at the next change of another kind.
    if let Some(query) = &query {
        query.add_event_listener_with_callback("change", callback).ok();
    }
    let fonts = document().fonts();
    fonts.add_event_listener_with_callback("loadingdone", callback).ok();
    let held = SendWrapper::new((query, fonts));
    on_cleanup(move || {
        let callback = notify.as_ref().unchecked_ref();
        let (query, fonts) = &*held;
        if let Some(query) = query {
            query.remove_event_listener_with_callback("change", callback).ok();
        }
        fonts.remove_event_listener_with_callback("loadingdone", callback).ok();
    });
    outside
}

/// What is drawn of a span of time.
pub fn drawing(reader: Reader, shown: &Shown) -> Drawing {
    let usages = shown.usages();
    let tiers = match shown.view {
        View::Month => spans::tiers_of(&shown.point, shown.days, shown.total()),
        _ => Vec::new(),
    };
    let parts = spans::by_tier(&usages, &tiers);
    let past: Vec<Option<i64>> = match &shown.past {
        Some(past) => past.spans.iter().map(|span| span.usage.map(Number::millionths)).collect(),
        None => Vec::new(),
    };
    let now = shown.reply.spans.iter().position(|span| (span.start..span.end).contains(&shown.site.now));
    let bars = shown.reply.spans.iter().zip(parts).enumerate().map(|(at, (span, parts))| Bar {
        parts,
        measured: span.usage.is_some(),
        past: past.get(at).copied().flatten(),
        label: label(reader, shown, at, span.start, now),
    });
    Drawing { bars: bars.collect(), running: running(reader, shown, &tiers), now }
}

/// The words below a bar, where there is room for them.
fn label(reader: Reader, shown: &Shown, at: usize, start: i64, now: Option<usize>) -> Option<String> {
    let time = CivilTime::at(start, shown.site.utc_offset_s);
    let digits = reader.digits;
    match shown.view {
        View::Years(_) => Some(digits.write(&time.day.year.to_string())),
        View::Year => Some(digits.write(&time.day.month.to_string())),
        View::Quarters => (at.is_multiple_of(24)).then(|| time.clock_24(digits)),
        View::Day => (at.is_multiple_of(6)).then(|| time.clock_24(digits)),
        View::Readings => {
            let end = shown.reply.spans.get(at).map_or(start, last_second);
            Some(digits.write(&CivilTime::at(end, shown.site.utc_offset_s).day.month.to_string()))
        }
        View::Month => {
            let is_now = now == Some(at);
            let near_now = now.is_some_and(|now| now.abs_diff(at) < 3);
            (is_now || (at.is_multiple_of(6) && !near_now)).then(|| digits.write(&time.day.day.to_string()))
        }
    }
}

/// A bill is named for its last day, and a reading belongs to the bill that it ends.
pub fn last_second(span: &api::consumption::Span) -> i64 {
    span.end - 1
}

/// A billing period's running total between the limits of its tiers.
fn running(reader: Reader, shown: &Shown, tiers: &[billing::bill::TierBounds]) -> Option<Running> {
    if shown.view != View::Month {
        return None;
    }
    let price = |tier: &billing::bill::TierBounds| {
        tier.price.map(|price| reader.price(shown.site.currency, price)).unwrap_or_default()
    };
    let limits = tiers.iter().filter_map(|tier| Some((spans::millionths(tier.to?), price(tier)))).collect();
    let past = match &shown.past {
        Some(past) => spans::running(&past.spans.iter().map(|span| span.usage).collect::<Vec<_>>()),
        None => Vec::new(),
    };
    Some(Running {
        totals: spans::running(&shown.usages()),
        past,
        ends: ends(shown),
        limits,
        above: tiers.last().filter(|_| tiers.len() > 1).map(price).unwrap_or_default(),
    })
}

/// Where the open period is expected to end.
fn ends(shown: &Shown) -> Option<[i64; 3]> {
    if shown.days != shown.point.period {
        return None;
    }
    let today = figures::local_day(shown.site.now, shown.site.utc_offset_s)?;
    let month = figures::month(&shown.point, shown.point.live.as_ref(), today).ok()?;
    Some(month.ends.map(|end| end.usage.millionths()))
}

/// The chart in a sentence.
pub fn summary(reader: Reader, shown: &Shown) -> String {
    let language = reader.language;
    let total = shown.quantity(reader, shown.total());
    let Some(peak) = spans::peak(&shown.reply.spans) else {
        return words::consumption_gap(language).to_owned();
    };
    let at = CivilTime::at(peak.start, shown.site.utc_offset_s);
    let highest = shown.quantity(reader, peak.usage.unwrap_or_default());
    match shown.view {
        View::Day | View::Quarters => {
            let date = reader.weekday(Day(shown.days.first()));
            words::a11y_chart_day(language, &date, &total, &at.clock(language, reader.digits), &highest)
        }
        View::Month => {
            let measured = shown.reply.spans.iter().filter(|span| span.usage.is_some()).count();
            let daily =
                i64::try_from(measured).ok().and_then(|days| shown.total().millionths().checked_div(days));
            let daily = shown.quantity(reader, Number::from_millionths(daily.unwrap_or_default()));
            let (from, to) = (reader.day(shown.days.from), reader.day(shown.days.to));
            let peak_date = at.day.day_and_month(language, reader.digits);
            words::a11y_chart_period(language, &from, &to, &total, &daily, &peak_date)
        }
        View::Years(_) => {
            let (name, year) =
                (shown.view.name(shown.days, reader), reader.digits.write(&at.day.year.to_string()));
            words::a11y_chart_year(language, &name, &total, &year, &highest)
        }
        View::Year | View::Readings => {
            let name = shown.view.name(shown.days, reader);
            words::a11y_chart_year(language, &name, &total, at.day.month_name(language), &highest)
        }
    }
}

/// What the shapes stand for.
pub fn legend(reader: Reader, shown: &Shown) -> Vec<AnyView> {
    let language = reader.language;
    let mut entries = Vec::new();
    let mut add = |key, label: String| {
        entries.push(view! { <LegendEntry key=key label=label /> }.into_any());
    };
    let is_month = shown.view == View::Month;
    if is_month {
        add(LegendKey::Now, shown.view.name(shown.days, reader));
    }
    if is_month && shown.days == shown.point.period {
        add(LegendKey::Expected, words::consumption_legend_expected(language).to_owned());
        add(LegendKey::Margin, words::consumption_legend_range(language).to_owned());
    }
    if shown.past.is_some() {
        add(LegendKey::Past, past_name(reader, shown));
    }
    if is_month {
        for tier in spans::tiers_of(&shown.point, shown.days, shown.total()) {
            let label = tier.price.map(|price| reader.price(shown.site.currency, price)).unwrap_or_default();
            add(LegendKey::Tier(u8::try_from(tier.place).unwrap_or(3)), label);
        }
    }
    entries
}
