//! The power over a year, as finely as the meter sent it: one curve, from all of the year to a few hours. The year
//! travels once; each zoom and each step is made of it here.

mod course;
mod decimate;
mod draw;
mod table;
mod window;

use api::accounts::ServicePoint;
use api::intervals::{GetIntervals, Intervals};
use billing::number::Number;
use billing::period::Day;
use leptos::html;
use leptos::prelude::*;
use time::Duration;

use super::Site;
use super::canvas::Canvas;
use super::chart::{axis_figure, font_of, use_outside};
use super::choice::{Choice, DAY_S};
use super::palette::Palette;
use super::pen::GUTTER;
use super::picture::{self, Painted};
use crate::client::{Loading, Outcome, use_loading};
use crate::components::chart::{ChartFigure, LegendEntry, LegendKey};
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::page_state::EmptyState;
use crate::components::zoom_bar::{Move, ZoomBar, ZoomWords};
use crate::format::Unit;
use crate::format::day::{CivilDay, CivilTime};
use crate::format::preferences::Preferences;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::failure;
use draw::{Curve, draw};
use window::{Named, Window, moments};

/// From this day of last year to the end of today.
const DAYS: i64 = 366;
/// How far back last year lies.
const YEAR_DAYS: i64 = 365;
/// The nearest shows a quarter of a day.
const LEAST_S: usize = 6 * 3600;

/// The curve's card and its bar.
#[cfg_attr(feature = "split", lazy)]
pub async fn curve(site: Site, point: ServicePoint, choice: Choice) -> AnyView {
    let year = use_year(&site, &point, 0, move || true);
    let past = use_year(&site, &point, YEAR_DAYS, move || choice.compares.get());
    let shown = move || {
        let course = year.outcome.with(|outcome| match outcome {
            Outcome::Waiting => Err(skeletons::one_chart()),
            Outcome::Failed(error) => {
                let retry = Callback::new(move |()| year.retry());
                Err(failure(error, words::consumption_error, retry))
            }
            Outcome::Here(loaded) => Ok(loaded.reply.clone()),
        });
        match course {
            Ok(course) if course.usages.iter().any(Option::is_some) => {
                view! { <Drawn course=course past=past choice=choice /> }.into_any()
            }
            Ok(_) => {
                view! { <EmptyState title=say(words::nav_consumption) body=say(words::consumption_empty) /> }
                    .into_any()
            }
            Err(view) => view,
        }
    };
    view! { <div class="columns__stack">{shown}</div> }.into_any()
}

/// The year that ended so many days ago.
fn use_year(
    site: &Site,
    point: &ServicePoint,
    days_ago: i64,
    wanted: impl Fn() -> bool + 'static,
) -> Loading<Intervals> {
    let (account, service_point) = (site.account.clone(), point.id.clone());
    let to = site.today - Duration::days(days_ago);
    let from = to - Duration::days(DAYS - 1);
    use_loading(move || {
        wanted().then(|| GetIntervals {
            account: account.clone(),
            service_point: service_point.clone(),
            from: Day(from),
            to: Day(to),
        })
    })
}

#[component]
fn Drawn(course: Intervals, past: Loading<Intervals>, choice: Choice) -> impl IntoView {
    let compares = choice.compares;
    let all = course.usages.len();
    let least = (LEAST_S / usize::try_from(course.seconds.max(1)).unwrap_or(LEAST_S)).clamp(1, all.max(1));
    let window = RwSignal::new(Window { from: 0, to: all });
    let hourly = course.seconds > 900;
    let course = StoredValue::new(course);
    let said = Memo::new(move |_| course.with_value(|course| course::said(course, window.get())));
    let name = move || {
        let window = window.get();
        course.with_value(|course| name_of(Reader::here(), course, window))
    };
    let holds = move || course.with_value(|course| holds(Reader::here(), course, said.get()));
    let peak =
        move || course.with_value(|course| peak(Reader::here(), course, said.get())).unwrap_or_default();
    let summary = move || words::a11y_chart_power(Reader::here().language, &name(), &holds(), &peak());
    let words =
        ZoomWords { label: say(words::consumption_zoom).into(), place: name.into(), holds: holds.into() };
    let moved = move |to: Move| window.get().moved(to, all, least);
    let numbers = move || {
        let window = window.get();
        course.with_value(|course| table::table(Reader::here(), course, window))
    };
    let legend = move || {
        let label = words::consumption_legend_last_year(Reader::here().language);
        compares.get().then(|| view! { <LegendEntry key=LegendKey::Past label=label /> }.into_any())
    };
    let grain = move || {
        let language = Reader::here().language;
        if hourly {
            words::consumption_grain_hours(language)
        } else {
            words::consumption_grain_quarters(language)
        }
    };
    let curve =
        move |reader: Reader, pixels: usize| curve_of(reader, course, (past, compares), window.get(), pixels);
    let node = use_drawing(curve);
    offer_picture(choice.painted, course, window, curve);
    view! {
        <section class="card">
            <p class="card__caption">{say(words::consumption_curve_title)}</p>
            <ChartFigure summary=summary>
                <canvas node_ref=node class="consumption-chart" dir="ltr"></canvas>
            </ChartFigure>
            <p class="card__text">{peak}</p>
            <p class="card__caption">{grain}</p>
            <div class="legend">{legend}</div>
        </section>
        <ZoomBar words=words can=move |to| moved(to) != window.get() on_move=move |to| window.set(untrack(move || moved(to))) />
        <div class="card card--flush">
            <Disclosure label=say(words::consumption_as_table) icon=IconName::Document answer=numbers />
        </div>
    }
}

/// What is drawn of the window on so many pixels.
fn curve_of(
    reader: Reader,
    course: StoredValue<Intervals>,
    (past, compares): (Loading<Intervals>, RwSignal<bool>),
    window: Window,
    pixels: usize,
) -> Curve {
    course.with_value(|course| {
        let shown = course::instants(course, window);
        let columns = course::columns(course, window, pixels);
        let past = past.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) if compares.get() => {
                course::past_columns(&loaded.reply, shown, YEAR_DAYS * DAY_S, columns.len())
            }
            _ => Vec::new(),
        });
        Curve { columns, past, labels: labels(reader, course, shown) }
    })
}

/// A canvas that is drawn anew for each curve. Colours and font are read again only when they may have changed: a step
/// has no time for that.
fn use_drawing(curve: impl Fn(Reader, usize) -> Curve + 'static) -> NodeRef<html::Canvas> {
    let node = NodeRef::<html::Canvas>::new();
    let outside = use_outside();
    let preferences = Preferences::current();
    let style = StoredValue::new_local(None::<(Palette, String)>);
    Effect::new(move |_| {
        outside.track();
        preferences.theme.track();
        style.set_value(None);
    });
    Effect::new(move |_| {
        outside.track();
        preferences.theme.track();
        let reader = Reader::here();
        let Some(element) = node.get() else { return };
        let curve = curve(reader, usize::try_from(element.client_width() - GUTTER).unwrap_or(1));
        // The theme's attribute is set by an effect too: the colours are read when all of them have run.
        request_animation_frame(move || {
            style.try_update_value(|style| {
                if style.is_none() {
                    *style = Palette::of_page().map(|palette| (palette, font_of(&element)));
                }
                let canvas = style.as_ref().and_then(|(_, font)| Canvas::new(&element, font.clone()));
                if let (Some((palette, _)), Some(canvas)) = (style.as_ref(), canvas) {
                    let figure = move |millionths| axis_figure(millionths, reader.digits);
                    // What a canvas refuses to draw is in the table.
                    let _ = draw(canvas, palette, &curve, &figure);
                }
            });
        });
    });
    node
}

/// Lets the curve be kept as a picture while it is shown.
fn offer_picture(
    painted: picture::Shown,
    course: StoredValue<Intervals>,
    window: RwSignal<Window>,
    curve: impl Fn(Reader, usize) -> Curve + Copy + 'static,
) {
    let period = move |reader| course.with_value(|course| name_of(reader, course, window.get_untracked()));
    let unit = |reader: Reader| Unit::Kilowatts.label(reader.language).to_owned();
    let paint = move |canvas: Canvas, palette: &Palette| {
        let reader = untrack(Reader::here);
        let pixels = canvas.pixels_across().saturating_sub(GUTTER.unsigned_abs());
        let curve = untrack(|| curve(reader, usize::try_from(pixels).unwrap_or(1)));
        let _ = draw(canvas, palette, &curve, &move |millionths| axis_figure(millionths, reader.digits));
    };
    let (period, unit) = (Box::new(period), Box::new(unit));
    painted.set_value(Some(Painted { period, unit, paint: Box::new(paint) }));
    on_cleanup(move || painted.set_value(None));
}

/// The days of the window, or the hours of its day.
fn name_of(reader: Reader, course: &Intervals, window: Window) -> String {
    let (from, to) = course::instants(course, window);
    let time = |at: i64| CivilTime::at(at, course.utc_offset_seconds);
    let (from, to, end) = (time(from), time(to - 1), time(to));
    let (language, digits) = (reader.language, reader.digits);
    if from.day == to.day {
        let hours =
            words::period_dates(language, &from.clock(language, digits), &end.clock(language, digits));
        return words::consumption_hours_of(language, &from.day.weekday_and_day(language, digits), &hours);
    }
    let day = |day: CivilDay| match from.day.year == to.day.year {
        true => day.day_and_month(language, digits),
        false => day.full(language, digits),
    };
    words::period_dates(language, &day(from.day), &day(to.day))
}

/// What was used in the window, and the highest power.
fn holds(reader: Reader, course: &Intervals, said: course::Said) -> String {
    let quantity = reader.quantity(&course.unit, &said.usage.to_string());
    match said.peak {
        Some((power, _)) => {
            words::consumption_curve_holds(reader.language, &quantity, &power_text(reader, power))
        }
        None => words::consumption_gap(reader.language).to_owned(),
    }
}

/// When that was.
fn peak(reader: Reader, course: &Intervals, said: course::Said) -> Option<String> {
    let (power, at) = said.peak?;
    let time = reader.time(CivilTime::at(at, course.utc_offset_seconds));
    Some(words::consumption_curve_peak(reader.language, &power_text(reader, power), &time))
}

fn power_text(reader: Reader, kilowatts: Number) -> String {
    Unit::Kilowatts.text(&kilowatts.to_string(), reader.language, reader.digits)
}

/// The words below the curve, each at its place.
fn labels(reader: Reader, course: &Intervals, (from, to): (i64, i64)) -> Vec<(i64, String)> {
    let (named, moments) = moments(from, to, i64::from(course.utc_offset_seconds));
    let place = |at: i64| (at - from).saturating_mul(1_000_000) / (to - from).max(1);
    let (language, digits) = (reader.language, reader.digits);
    // On a phone there is room for five months, not for twelve.
    let months = if to - from > 200 * DAY_S { 3 } else { 1 };
    let label = |at: i64| {
        let time = CivilTime::at(at, course.utc_offset_seconds);
        let text = match named {
            Named::Clock => time.clock_24(digits),
            Named::Day => time.day.day_and_month(language, digits),
            Named::Month if time.day.day == 1 && time.day.month % months == 1 % months => {
                time.day.month_name(language).to_owned()
            }
            Named::Month => return None,
        };
        Some((place(at), text))
    };
    moments.into_iter().filter_map(label).collect()
}
