//! The numbers of the chart as a table.

use api::consumption::Span;
use billing::number::Number;
use leptos::prelude::*;

use super::card::{Shown, past_name};
use super::chart::last_second;
use super::range::View;
use super::spans::{self, Costs};
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
            View::Years(_) => words::consumption_year(language),
            View::Year => words::consumption_col_month(language),
            View::Month => words::consumption_col_day(language),
            View::Day | View::Quarters | View::Readings => words::consumption_col_time(language),
        }),
        Column::number(unit),
    ];
    let totals = spans::running(&shown.usages());
    let costs = costs(shown, &totals);
    if shown.view == View::Month {
        columns.push(Column::number(words::consumption_col_running(language)));
    }
    if let Some(costs) = &costs {
        columns.push(Column::number(Unit::Money(costs.currency).label(language)));
    }
    if shown.past.is_some() {
        columns.push(Column::number(past_name(reader, shown)));
    }
    if shows_quality(shown.view) {
        columns.push(Column::words(words::consumption_col_quality(language)));
    }
    let began = shown.reply.spans.iter().take_while(|span| span.start < shown.site.now).count();
    let mut rows: Vec<TableRow> =
        (0..began).map(|at| row(reader, shown, at, (&totals, costs.as_ref()))).collect();
    if shown.view == View::Month {
        rows.reverse();
    }
    let fixed = costs.as_ref().and_then(|costs| costs.fixed.clone());
    rows.extend(fixed.map(|fixed| fixed_row(reader, shown, &fixed)));
    rows.push(total_row(reader, shown, costs.as_ref()));
    let caption = words::consumption_caption(language, &shown.view.name(shown.days, reader));
    view! { <Table caption=caption columns=columns rows=rows /> }.into_any()
}

/// What each day of a billing period added to its bill; of other spans there is no bill.
fn costs(shown: &Shown, totals: &[i64]) -> Option<Costs> {
    (shown.view == View::Month).then(|| spans::costs(&shown.point, shown.days, totals)).flatten()
}

fn row(reader: Reader, shown: &Shown, at: usize, (totals, costs): (&[i64], Option<&Costs>)) -> TableRow {
    let Some(span) = shown.reply.spans.get(at) else { return TableRow::new(Vec::new()) };
    let mut cells = vec![name(reader, shown, span).into_any(), figure(reader, shown, span.usage)];
    if shown.view == View::Month {
        cells.push(figure(reader, shown, totals.get(at).copied().map(Number::from_millionths)));
    }
    if let Some(costs) = costs {
        let cost = costs.each.get(at).filter(|_| span.usage.is_some());
        cells.push(cost.map_or_else(|| no_figure(reader), |cost| amount(reader, cost)));
    }
    if let Some(past) = &shown.past {
        cells.push(figure(reader, shown, past.spans.get(at).and_then(|span| span.usage)));
    }
    if shows_quality(shown.view) {
        let kind = if span.usage.is_some() { reader.quality(span.quality) } else { "" };
        cells.push(kind.into_any());
    }
    TableRow::new(cells)
}

/// What is due without any use.
fn fixed_row(reader: Reader, shown: &Shown, fixed: &str) -> TableRow {
    let nothing = || ().into_any();
    let name = words::consumption_fixed(reader.language).into_any();
    let mut cells = vec![name, nothing(), nothing(), amount(reader, fixed)];
    cells.extend(shown.past.as_ref().map(|_| nothing()));
    TableRow::new(cells)
}

fn total_row(reader: Reader, shown: &Shown, costs: Option<&Costs>) -> TableRow {
    let mut cells = vec![
        words::consumption_total(reader.language).into_any(),
        figure(reader, shown, Some(shown.total())),
    ];
    if shown.view == View::Month {
        cells.push(().into_any());
    }
    cells.extend(costs.map(|costs| amount(reader, &costs.total)));
    if let Some(past) = &shown.past {
        cells.push(figure(reader, shown, Some(spans::total(&past.spans))));
    }
    if shows_quality(shown.view) {
        cells.push(().into_any());
    }
    TableRow::new(cells).marked(RowMark::Total)
}

/// What the span is called.
pub fn name(reader: Reader, shown: &Shown, span: &Span) -> String {
    let (language, digits) = (reader.language, reader.digits);
    let at = |time: i64| CivilTime::at(time, shown.site.utc_offset_s);
    match shown.view {
        View::Years(_) => digits.write(&at(span.start).day.year.to_string()),
        View::Year => at(span.start).day.month_name(language).to_owned(),
        View::Month => at(span.start).day.weekday_and_day(language, digits),
        View::Day | View::Quarters => at(span.start).clock_24(digits),
        View::Readings => words::period_dates(
            language,
            &at(span.start).day.day_and_month(language, digits),
            &at(last_second(span)).day.day_and_month(language, digits),
        ),
    }
}

/// Whether the kind of each reading stands beside it.
const fn shows_quality(view: View) -> bool {
    view.is_within_a_day() || matches!(view, View::Readings)
}

/// A figure, or a dash that says why there is none.
fn figure(reader: Reader, shown: &Shown, value: Option<Number>) -> AnyView {
    let Some(value) = value else { return no_figure(reader) };
    let text = match (shown.view, Unit::from_wire(&shown.reply.unit)) {
        (View::Day | View::Quarters, _) | (_, None) => {
            grouped(&to_places(&value.to_string(), 2), reader.digits)
        }
        (_, Some(unit)) => unit.figure(&value.to_string(), reader.digits),
    };
    view! { <bdi>{text}</bdi> }.into_any()
}

fn no_figure(reader: Reader) -> AnyView {
    view! {
        <span aria-hidden="true">"–"</span>
        <span class="heard">{words::consumption_gap(reader.language)}</span>
    }
    .into_any()
}

fn amount(reader: Reader, value: &str) -> AnyView {
    view! { <bdi>{reader.figure(value)}</bdi> }.into_any()
}
