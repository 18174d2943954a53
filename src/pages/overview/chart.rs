//! Today's power through the day, drawn from the meter's own hours.

use api::accounts::{AccountId, ServicePointId};
use api::consumption::{Consumption, GetConsumption, Span, Step};
use api::live::LiveReading;
use billing::period::Day;
use leptos::prelude::*;

use super::figures::local_day;
use super::now::Site;
use super::plot::{HEIGHT, Spot, TALLEST, WIDTH, path};
use crate::client::{Outcome, use_loading};
use crate::components::chart::ChartFigure;
use crate::format::Unit;
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, kilowatts};

const HOUR_S: i64 = 3600;
const DAY_S: i64 = 86_400;

/// Power at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    /// Seconds since local midnight.
    second: i64,
    /// In watts.
    watts: i64,
}

/// Whose day is drawn.
pub struct Drawn {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub service_point: ServicePointId,
    /// What all cards of the account share.
    pub at: Site,
    /// The newest reading there.
    pub newest: Signal<Option<LiveReading>>,
}

/// The chart of the day so far. It travels by itself: the figures do not wait for it.
#[cfg_attr(feature = "split", lazy)]
pub async fn today_chart(drawn: Drawn) -> AnyView {
    chart(drawn).into_any()
}

/// As much room as the chart takes.
pub fn room() -> AnyView {
    view! {
        <div class="day-chart" aria-hidden="true">
            <div class="day-chart__plot"></div>
            <div class="day-chart__axis">
                <span>"\u{a0}"</span>
            </div>
        </div>
    }
    .into_any()
}

fn chart(drawn: Drawn) -> impl IntoView {
    let Drawn { account, service_point, at, newest } = drawn;
    // The hours are asked for again when one is over.
    let hour = Memo::new(move |_| newest.with(|reading| reading.as_ref().map_or(at.now, end_of) / HOUR_S));
    let loading = use_loading(move || {
        let (today, _) = local_day(hour.get() * HOUR_S, at.utc_offset_s)?;
        let (from, to) = (Day(today), Day(today));
        Some(GetConsumption {
            account: account.clone(),
            service_point: service_point.clone(),
            from,
            to,
            step: Step::Hour,
        })
    });
    let lines = Memo::new(move |_| {
        let drawn = |hours: &Consumption| newest.with(|reading| lines(hours, reading.as_ref()));
        loading.outcome.with(|outcome| match outcome {
            // Drawn with the newest reading alone, the peak would jump when the hours come.
            Outcome::Waiting => Vec::new(),
            Outcome::Here(loaded) => drawn(&loaded.reply),
            Outcome::Failed(_) => {
                let utc_offset_seconds = at.utc_offset_s;
                drawn(&Consumption { unit: String::new(), utc_offset_seconds, spans: Vec::new() })
            }
        })
    });
    let summary = move || {
        let reader = Reader::here();
        let peak = lines.with(|lines| peak(lines))?;
        let (power, time) = (power_text(reader, peak.watts), clock_text(reader, at, peak.second));
        Some(words::a11y_chart_today(reader.language, &power, &time))
    };
    view! {
        <ChartFigure summary=move || summary().unwrap_or_default()>
            <div class="day-chart">
                <div class="day-chart__plot">{move || lines.with(|lines| plot(lines))}</div>
                <div class="day-chart__axis" aria-hidden="true">
                    {move || {
                        let digits = Reader::here().digits;
                        ["00:00", "06:00", "12:00", "18:00", "24:00"]
                            .map(|time| view! { <span>{digits.write(time)}</span> })
                            .collect_view()
                    }}
                </div>
            </div>
        </ChartFigure>
    }
}

fn end_of(reading: &LiveReading) -> i64 {
    reading.start + i64::from(reading.seconds)
}

/// Power by the hour, broken where nothing was measured, and the newest span at the end.
fn lines(hours: &Consumption, newest: Option<&LiveReading>) -> Vec<Vec<Point>> {
    let offset = i64::from(hours.utc_offset_seconds);
    let second_of_day = |time: i64| (time + offset).rem_euclid(DAY_S);
    let end = newest.map(end_of);
    let mut lines = vec![Vec::new()];
    for span in &hours.spans {
        let measured_to = end.map_or(span.end, |end| end.clamp(span.start, span.end));
        match mean_watts(span, measured_to) {
            Some(watts) => {
                let second = second_of_day(span.start) + (measured_to - span.start) / 2;
                if let Some(line) = lines.last_mut() {
                    line.push(Point { second, watts });
                }
            }
            None if span.end <= end.unwrap_or(i64::MAX) => lines.push(Vec::new()),
            None => {}
        }
    }
    if let (Some(newest), Some(line)) = (newest, lines.last_mut()) {
        let last = Point {
            second: second_of_day(end_of(newest)),
            watts: newest.power_watts.millionths() / 1_000_000,
        };
        line.retain(|point| point.second < last.second);
        line.push(last);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// kWh over seconds as watts, for the drawing.
fn mean_watts(span: &Span, measured_to: i64) -> Option<i64> {
    let seconds = measured_to - span.start;
    // In the first minutes of an hour there is no mean worth drawing.
    let usage = span.usage.filter(|_| seconds >= HOUR_S / 6)?;
    Some(usage.millionths().saturating_mul(HOUR_S) / seconds / 1000)
}

fn peak(lines: &[Vec<Point>]) -> Option<Point> {
    lines.iter().flatten().copied().max_by_key(|point| point.watts)
}

fn power_text(reader: Reader, watts: i64) -> String {
    reader.power(billing::number::Number::from_millionths(watts.saturating_mul(1_000_000)))
}

fn clock_text(reader: Reader, at: Site, second: i64) -> String {
    CivilTime::at(second - i64::from(at.utc_offset_s), at.utc_offset_s).clock(reader.language, reader.digits)
}

/// Lines, their ground, the peak with its figure and the place of now.
fn plot(lines: &[Vec<Point>]) -> Option<AnyView> {
    let peak = peak(lines)?;
    let last = *lines.last()?.last()?;
    let spot =
        move |point: Point| Spot { x: point.second * WIDTH / DAY_S, y: height(point.watts, peak.watts) };
    let path = |line: &Vec<Point>| path(line.iter().map(|point| spot(*point)));
    let ground = |line: &Vec<Point>| {
        let ends = line.first().zip(line.last()).map(|(first, last)| (spot(*first).x, spot(*last).x));
        ends.map(|(first, last)| format!("{}L{last} {HEIGHT}L{first} {HEIGHT}Z", path(line)))
    };
    let grounds = lines.iter().filter_map(ground).collect::<String>();
    let strokes = lines.iter().map(path).collect::<String>();
    let (top, now) = (spot(peak), spot(last));
    let label = move || {
        let digits = Reader::here().digits;
        Unit::Kilowatts.figure(
            &kilowatts(billing::number::Number::from_millionths(peak.watts.saturating_mul(1_000_000))),
            digits,
        )
    };
    let (height, width) = (HEIGHT, WIDTH);
    Some(
        view! {
            <svg class="day-chart__drawing" viewBox=format!("0 0 {width} {height}") preserveAspectRatio="none" aria-hidden="true">
                <path class="day-chart__grid" d=format!("M0 {}H{width}M0 {}H{width}", HEIGHT - TALLEST, HEIGHT - TALLEST / 2) />
                <path class="day-chart__ground" d=grounds />
                <path class="day-chart__line" d=strokes />
                <path class="day-chart__now" d=format!("M{} {}V{height}", now.x, now.y) />
            </svg>
            <span class="day-chart__spot day-chart__spot--peak" style:inset-inline-start=top.across() style:inset-block-start=top.down()></span>
            <span class="day-chart__label" aria-hidden="true" style:inset-inline-start=top.across() style:inset-block-start=top.down()>{label}</span>
            <span class="day-chart__spot" style:inset-inline-start=now.across() style:inset-block-start=now.down()></span>
        }
        .into_any(),
    )
}

fn height(watts: i64, most: i64) -> i64 {
    HEIGHT - watts.saturating_mul(TALLEST) / most.max(1)
}

#[cfg(test)]
mod tests {
    use api::accounts::Quality;
    use billing::number::Number;

    use super::*;

    fn hours(usages: &[Option<u32>]) -> Consumption {
        let span = |(hour, usage): (usize, &Option<u32>)| {
            let start = hour as i64 * HOUR_S;
            Span {
                start,
                end: start + HOUR_S,
                usage: usage.map(Number::from_units),
                quality: Quality::Actual,
            }
        };
        let spans = usages.iter().enumerate().map(span).collect();
        Consumption { unit: "kWh".into(), utc_offset_seconds: 0, spans }
    }

    #[test]
    fn an_hour_without_readings_breaks_the_line() {
        let lines = lines(&hours(&[Some(2), None, Some(3), Some(4)]), None);
        let watts: Vec<Vec<i64>> =
            lines.iter().map(|line| line.iter().map(|point| point.watts).collect()).collect();
        assert_eq!(watts, [vec![2000], vec![3000, 4000]]);
        assert_eq!(lines[0][0].second, HOUR_S / 2);
    }

    #[test]
    fn the_line_ends_with_the_newest_span() {
        let newest = LiveReading {
            service_point: ServicePointId("1".into()),
            start: 2 * HOUR_S - 60,
            seconds: 60,
            usage: Number::ZERO,
            power_watts: Number::from_units(1234),
            today: Number::ZERO,
            period: Number::ZERO,
        };
        let lines = lines(&hours(&[Some(2), Some(1), None, None]), Some(&newest));
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].last(), Some(&Point { second: 2 * HOUR_S, watts: 1234 }));
    }
}
