//! The numbers of the chart as a table.

use api::consumption::Span;
use billing::number::Number;
use leptos::prelude::*;

use super::card::{Shown, past_name};
use super::chart::last_second;
use super::range::View;
use super::spans;
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::format::Unit;
use crate::format::day::CivilTime;
use crate::format::{grouped, to_places};
use crate::pages::reader::Reader;

/// The table, newest first where a span is still growing.
pub fn table(reader: Reader, shown: &Shown) -> AnyView {
    let language = reader.language;
    let unit = words::names::unit_name(language, &shown.reply.unit).to_owned();
    let mut columns = vec![
        Column::words(match shown.view {
            View::Year => words::consumption_col_month(language),
            View::Month => words::consumption_col_day(language),
            View::Day | View::Readings => words::consumption_col_time(language),
        }),
        Column::number(unit),
    ];
    if shown.view == View::Month {
        columns.push(Column::number(words::consumption_col_running(language)));
    }
    if shown.past.is_some() {
        columns.push(Column::number(past_name(reader, shown)));
    }
    if matches!(shown.view, View::Day | View::Readings) {
        columns.push(Column::words(words::consumption_col_quality(language)));
    }
    let totals = spans::running(&shown.usages());
    let began = shown.reply.spans.iter().take_while(|span| span.start < shown.site.now).count();
    let mut rows: Vec<TableRow> =
        (0..began).map(|at| row(reader, shown, at, totals.get(at).copied())).collect();
    if shown.view == View::Month {
        rows.reverse();
    }
    rows.push(total_row(reader, shown));
    let caption = words::consumption_caption(language, &shown.view.name(shown.days, reader));
    view! { <Table caption=caption columns=columns rows=rows /> }.into_any()
}

fn row(reader: Reader, shown: &Shown, at: usize, total: Option<i64>) -> TableRow {
    let Some(span) = shown.reply.spans.get(at) else { return TableRow::new(Vec::new()) };
    let mut cells = vec![name(reader, shown, span).into_any(), figure(reader, shown, span.usage)];
    if shown.view == View::Month {
        cells.push(figure(reader, shown, total.map(Number::from_millionths)));
    }
    if let Some(past) = &shown.past {
        cells.push(figure(reader, shown, past.spans.get(at).and_then(|span| span.usage)));
    }
    if matches!(shown.view, View::Day | View::Readings) {
        let kind = if span.usage.is_some() { reader.quality(span.quality) } else { "" };
        cells.push(kind.into_any());
    }
    TableRow::new(cells)
}

fn total_row(reader: Reader, shown: &Shown) -> TableRow {
    let mut cells = vec![
        words::consumption_total(reader.language).into_any(),
        figure(reader, shown, Some(shown.total())),
    ];
    if shown.view == View::Month {
        cells.push(().into_any());
    }
    if let Some(past) = &shown.past {
        cells.push(figure(reader, shown, Some(spans::total(&past.spans))));
    }
    if matches!(shown.view, View::Day | View::Readings) {
        cells.push(().into_any());
    }
    TableRow::new(cells).marked(RowMark::Total)
}

fn name(reader: Reader, shown: &Shown, span: &Span) -> String {
    let (language, digits) = (reader.language, reader.digits);
    let at = |time: i64| CivilTime::at(time, shown.site.utc_offset_s);
    match shown.view {
        View::Year => at(span.start).day.month_name(language).to_owned(),
        View::Month => at(span.start).day.weekday_and_day(language, digits),
        View::Day => at(span.start).clock_24(digits),
        View::Readings => words::period_dates(
            language,
            &at(span.start).day.day_and_month(language, digits),
            &at(last_second(span)).day.day_and_month(language, digits),
        ),
    }
}

/// A figure, or a dash that says why there is none.
fn figure(reader: Reader, shown: &Shown, value: Option<Number>) -> AnyView {
    let Some(value) = value else {
        return view! {
            <span aria-hidden="true">"–"</span>
            <span class="heard">{words::consumption_gap(reader.language)}</span>
        }
        .into_any();
    };
    let text = match (shown.view, Unit::from_wire(&shown.reply.unit)) {
        (View::Day, _) | (_, None) => grouped(&to_places(&value.to_string(), 2), reader.digits),
        (_, Some(unit)) => unit.figure(&value.to_string(), reader.digits),
    };
    view! { <bdi>{text}</bdi> }.into_any()
}
