//! What the meter sent over a year as power, and what a part of it says.

use api::intervals::Intervals;
use billing::number::Number;

use super::decimate::{Column, decimate};
use super::window::Window;

/// A kWh a second is 3,600 kW.
const SECONDS_OF_HOUR: i64 = 3600;

/// What a part of the year says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Used in it, in kWh.
    pub usage: Number,
    /// The highest mean power of one span in kW, and the first second of that span; none where nothing was measured.
    pub peak: Option<(Number, i64)>,
    /// The same of the lowest.
    pub least: Option<(Number, i64)>,
}

/// The span of the window, in seconds.
pub fn instants(course: &Intervals, window: Window) -> (i64, i64) {
    let at =
        |place: usize| course.start + i64::try_from(place).unwrap_or_default() * i64::from(course.seconds);
    (at(window.from), at(window.to))
}

/// The window's columns for so many pixels, in millionths of a kilowatt.
pub fn columns(course: &Intervals, window: Window, most: usize) -> Vec<Option<Column>> {
    let values = course.usages.get(window.from..window.to).unwrap_or_default();
    let power = |column: Column| Column {
        low: power_of(course, column.low),
        high: power_of(course, column.high),
        mean: power_of(course, column.mean),
    };
    decimate(values, most).into_iter().map(|column| column.map(power)).collect()
}

/// The same for last year's course, whose spans may have another length; what it does not reach is a gap.
pub fn past_columns(past: &Intervals, shown: (i64, i64), back_s: i64, columns: usize) -> Vec<Option<Column>> {
    let place = |at: i64| (at - back_s - past.start).div_euclid(i64::from(past.seconds.max(1)));
    let (from, to) = (place(shown.0), place(shown.1));
    let value = |at: i64| usize::try_from(at).ok().and_then(|at| past.usages.get(at).copied().flatten());
    let values: Vec<Option<i64>> = (from..to).map(value).collect();
    let power = |column: Column| Column { mean: power_of(past, column.mean), ..column };
    decimate(&values, columns).into_iter().map(|column| column.map(power)).collect()
}

/// What the window says.
pub fn said(course: &Intervals, window: Window) -> Said {
    let values = course.usages.get(window.from..window.to).unwrap_or_default();
    let usage = Number::from_millionths(values.iter().flatten().sum());
    let measured = || values.iter().enumerate().filter_map(|(at, usage)| Some((at, (*usage)?)));
    let power = |(at, usage): (usize, i64)| {
        let place = Window { from: window.from + at, to: window.to };
        (Number::from_millionths(power_of(course, usage)), instants(course, place).0)
    };
    // Of equal ones the first.
    let peak = measured().rev().max_by_key(|(_, usage)| *usage).map(power);
    let least = measured().min_by_key(|(_, usage)| *usage).map(power);
    Said { usage, peak, least }
}

fn power_of(course: &Intervals, usage: i64) -> i64 {
    usage.saturating_mul(SECONDS_OF_HOUR) / i64::from(course.seconds.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(seconds: u32, usages: &[Option<i64>]) -> Intervals {
        Intervals {
            unit: "kWh".into(),
            utc_offset_seconds: 0,
            start: 90_000,
            seconds,
            usages: usages.to_vec(),
        }
    }

    #[test]
    fn a_quarter_of_a_kilowatt_hour_in_a_quarter_hour_is_a_kilowatt() {
        let course = course(900, &[Some(250_000), None, Some(500_000), Some(500_000)]);
        let window = Window { from: 0, to: 4 };
        let said = said(&course, window);
        assert_eq!(said.usage, Number::from_millionths(1_250_000));
        assert_eq!(said.peak, Some((Number::from_units(2), 90_000 + 2 * 900)));
        assert_eq!(said.least, Some((Number::from_units(1), 90_000)));
        let highs: Vec<_> =
            columns(&course, window, 2).iter().map(|column| column.map(|column| column.high)).collect();
        assert_eq!(highs, [Some(1_000_000), Some(2_000_000)]);
    }

    #[test]
    fn last_year_stands_where_its_days_do_though_its_spans_are_longer() {
        let past = course(3600, &[Some(1_000_000), Some(2_000_000)]);
        let shown = (90_000 + 1_000, 90_000 + 1_000 + 4 * 3600);
        let columns = past_columns(&past, shown, 1_000, 4);
        let means: Vec<_> = columns.iter().map(|column| column.map(|column| column.mean)).collect();
        assert_eq!(means, [Some(1_000_000), Some(2_000_000), None, None]);
    }
}
