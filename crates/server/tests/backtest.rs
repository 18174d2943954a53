//! The projection against what came: 300 rolling periods of 30 days, each projected in its middle with the days known
//! then. `cargo xtask bench backtest` runs it and reads what it prints: a home, a method, and its figure.
//!
//! The real year is a household's file (`ADAD_METER_FILES`, else `../shared/data/green-button`); the homes of the demo
//! are synthetic.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use billing::number::Number;
use billing::period::Period;
use billing::projection::{ProjectionFacts, project};
use server::calendar::{DAY_S, date_of, day_number, number_of};
use server::demo::Demo;
use server::household::HOUR_S;

const PERIODS: usize = 300;
const DAYS: usize = 30;
const MIDDLE: usize = 15;
const WEEK: usize = 7;
const YEAR: usize = 365;
/// Days before the first period: the first projections have little to go by.
const FIRST: usize = 35;
/// What the Overview sends to the browser.
const KNOWN: usize = 799;
const TARIFF: &str = "kw.electricity.private";

/// Consecutive days of use in millionths of a kWh; `first` counts from 1970.
struct Home {
    name: String,
    first: i64,
    days: Vec<i64>,
}

#[derive(Default)]
struct Errors {
    ours: f64,
    same_rate: f64,
    last_week: f64,
    /// The whole period as last year's, and only what was left of it.
    last_year: Option<[f64; 2]>,
    inside: u32,
}

#[test]
#[ignore = "a bench: cargo xtask bench backtest"]
fn the_projection_against_what_came() {
    for home in real_year().into_iter().chain(demo_homes()) {
        let errors = backtest(&home);
        let periods = PERIODS as f64;
        let mean = |sum: f64| format!("{:.2}", 100.0 * sum / periods);
        println!("backtest\t{}\tours\t{}", home.name, mean(errors.ours));
        println!("backtest\t{}\tsame-rate\t{}", home.name, mean(errors.same_rate));
        println!("backtest\t{}\tlast-week\t{}", home.name, mean(errors.last_week));
        if let Some([whole, rest]) = errors.last_year {
            println!("backtest\t{}\tlast-year\t{}", home.name, mean(whole));
            println!("backtest\t{}\tlast-year-rest\t{}", home.name, mean(rest));
        }
        println!("backtest\t{}\tinside\t{:.1}", home.name, 100.0 * f64::from(errors.inside) / periods);
    }
}

fn backtest(home: &Home) -> Errors {
    let mut errors = Errors::default();
    let first = (home.days.len() - DAYS - PERIODS).max(FIRST);
    let has_last_year = first > YEAR;
    for begins in first..first + PERIODS {
        let (middle, end) = (begins + MIDDLE, begins + DAYS);
        let sum = |days: &[i64]| days.iter().sum::<i64>() as f64;
        let (used, actual) = (sum(&home.days[begins..middle]), sum(&home.days[begins..end]));
        let error = |expected: f64| (expected - actual).abs() / actual;
        let projection = project(&facts(home, begins)).unwrap();
        let at = |usage: Number| usage.millionths() as f64;
        errors.ours += error(at(projection.middle.usage));
        errors.inside += u32::from((at(projection.low.usage)..=at(projection.high.usage)).contains(&actual));
        let left = (DAYS - MIDDLE) as f64;
        errors.same_rate += error(used + used / MIDDLE as f64 * left);
        errors.last_week += error(used + sum(&home.days[middle - WEEK..middle]) / WEEK as f64 * left);
        if has_last_year {
            let whole = sum(&home.days[begins - YEAR..end - YEAR]);
            let rest = sum(&home.days[middle - YEAR..end - YEAR]);
            let [sum_of_whole, sum_of_rest] = errors.last_year.get_or_insert([0.0; 2]);
            *sum_of_whole += error(whole);
            *sum_of_rest += error(used + rest);
        }
    }
    errors
}

/// What was known when the middle day of the period began.
fn facts(home: &Home, begins: usize) -> ProjectionFacts {
    let middle = begins + MIDDLE;
    let known = middle.saturating_sub(KNOWN);
    let date = |day: usize| date_of(home.first + i64::try_from(day).unwrap()).unwrap();
    let numbers = |days: &[i64]| days.iter().map(|day| Some(Number::from_millionths(*day))).collect();
    ProjectionFacts {
        tariff: TARIFF.to_owned(),
        breaker_amps: None,
        period: Period::new(date(begins), date(begins + DAYS - 1)),
        today: date(middle),
        used: Number::from_millionths(home.days[begins..middle].iter().sum()),
        daily_from: date(known),
        daily: numbers(&home.days[known..middle]),
        day_passed_permille: 0,
    }
}

/// None where the file is not at hand.
fn real_year() -> Option<Home> {
    const NAME: &str = "household-hourly-year.xml";
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/green-button");
    let folder = std::env::var_os("ADAD_METER_FILES").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = File::open(folder.join(NAME)).ok()?;
    let read = green_button::read(BufReader::new(file), green_button::Limits::default()).unwrap();
    let offset = i64::from(read.utc_offset_s.unwrap_or(0));
    let first = day_number(read.start, offset);
    let last = day_number(read.end - 1, offset);
    let mut days = vec![0; usize::try_from(last - first + 1).unwrap()];
    for reading in &read.readings {
        days[usize::try_from(day_number(reading.start, offset) - first).unwrap()] += reading.usage_micro;
    }
    // Periods are of the calendar of today's prices; only the order of the days counts.
    let first = first + SINCE_2011;
    Some(Home { name: "real-year".to_owned(), first, days })
}

/// Fifteen years of days: the year of the file lies before the demo's prices.
const SINCE_2011: i64 = 5479;

fn demo_homes() -> Vec<Home> {
    let demo = Demo::load().unwrap();
    let first = number_of(demo.first_day.0);
    let homes = demo.points().filter_map(|point| Some((point.id.0.clone(), demo.household(point)?)));
    let days = |home: &server::household::Household<'_>| -> Vec<i64> {
        let day = |day: i64| {
            let begins = (first + day) * DAY_S - home.utc_offset_s;
            // Watts over an hour are watt-hours; a thousand millionths each.
            (0..24).map(|hour| home.watts(begins + hour * HOUR_S) * 1000).sum()
        };
        (0..1100).map(day).collect()
    };
    homes.map(|(name, home)| Home { name, first, days: days(&home) }).collect()
}
