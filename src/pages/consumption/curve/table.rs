//! The numbers of the curve as a table: the window in at most twelve parts, each with its use and its extremes.

use api::intervals::Intervals;
use billing::number::Number;
use leptos::prelude::*;

use super::super::choice::DAY_S;
use super::course::{instants, said};
use super::name_of;
use super::window::Window;
use crate::components::table::{Column, Table, TableRow};
use crate::format::Unit;
use crate::format::day::CivilTime;
use crate::pages::reader::Reader;

const MOST_ROWS: usize = 12;

/// The table of the window.
pub fn table(reader: Reader, course: &Intervals, window: Window) -> AnyView {
    let language = reader.language;
    let columns = vec![
        Column::words(words::consumption_col_time(language)),
        Column::number(words::names::unit_name(language, &course.unit).to_owned()),
        Column::number(words::consumption_col_lowest(language)),
        Column::number(words::consumption_col_highest(language)),
    ];
    let rows = parts(window).into_iter().map(|part| row(reader, course, part)).collect();
    let caption = words::consumption_caption(language, &name_of(reader, course, window));
    view! { <Table caption=caption columns=columns rows=rows /> }.into_any()
}

/// The window in order, in parts of the same length, give or take one span.
fn parts(window: Window) -> Vec<Window> {
    let count = window.length().min(MOST_ROWS);
    let border = |at: usize| window.from + at * window.length() / count.max(1);
    (0..count).map(|at| Window { from: border(at), to: border(at + 1) }).collect()
}

fn row(reader: Reader, course: &Intervals, part: Window) -> TableRow {
    let said = said(course, part);
    let figure = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let power = |power: Option<(Number, i64)>| match power {
        Some((power, _)) => figure(Unit::Kilowatts.figure(&power.to_string(), reader.digits)),
        None => words::value_none(reader.language).into_any(),
    };
    let usage = Unit::KilowattHours.figure(&said.usage.to_string(), reader.digits);
    let (from, to) = instants(course, part);
    let name = if to - from < 2 * DAY_S {
        reader.time(CivilTime::at(from, course.utc_offset_seconds))
    } else {
        name_of(reader, course, part)
    };
    TableRow::new(vec![name.into_any(), figure(usage), power(said.least), power(said.peak)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_follow_each_other_without_a_gap() {
        for (from, to, count) in [(0, 35_040, 12), (5, 10, 5), (7, 7, 0)] {
            let parts = parts(Window { from, to });
            assert_eq!(parts.len(), count);
            assert!(parts.windows(2).all(|pair| pair[0].to == pair[1].from));
            assert_eq!(parts.last().map_or(to, |last| last.to), to);
        }
    }

    #[test]
    fn a_part_begins_where_its_spans_do() {
        let course = Intervals {
            unit: "kWh".into(),
            utc_offset_seconds: 0,
            start: 0,
            seconds: 900,
            usages: vec![Some(1); 24],
        };
        assert_eq!(instants(&course, parts(Window { from: 0, to: 24 })[1]), (1_800, 3_600));
    }
}
