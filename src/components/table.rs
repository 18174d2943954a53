//! Figures in rows.

use leptos::{prelude::*, text_prop::TextProp};

use super::text::shown;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: TextProp,
    /// Whether it holds numbers, which line up on the side of their units.
    pub is_number: bool,
}

/// A row of a table, a cell for each column.
pub struct TableRow {
    /// What stands in it.
    pub cells: Vec<AnyView>,
    /// What is special about it.
    pub mark: RowMark,
}

/// What is special about a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowMark {
    /// Nothing.
    #[default]
    None,
    /// Its two figures differ.
    Differs,
    /// It adds the others up.
    Total,
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<TextProp>) -> Self {
        Self { heading: heading.into(), is_number: false }
    }

    /// A column of numbers.
    pub fn number(heading: impl Into<TextProp>) -> Self {
        Self { heading: heading.into(), is_number: true }
    }
}

impl TableRow {
    /// An ordinary row.
    pub fn new(cells: Vec<AnyView>) -> Self {
        Self { cells, mark: RowMark::None }
    }

    /// The same row with a mark.
    pub fn marked(self, mark: RowMark) -> Self {
        Self { mark, ..self }
    }
}

/// A table. The first column names its row.
#[component]
pub fn Table(
    /// What the table shows, for screen readers.
    #[prop(into)]
    caption: TextProp,
    /// Its columns.
    columns: Vec<Column>,
    /// Its rows, the total last.
    rows: Vec<TableRow>,
) -> impl IntoView {
    let numeric: Vec<_> = columns.iter().map(|column| column.is_number).collect();
    let head = columns.into_iter().map(|Column { heading, is_number }| {
        let class = if is_number { "table__head table__head--number" } else { "table__head" };
        view! {
            <th scope="col" class=class>
                {shown(heading)}
            </th>
        }
        .into_any()
    });
    let name = caption.clone();
    let body: Vec<AnyView> = rows.into_iter().map(|row| row_view(row, &numeric)).collect();
    view! {
        <div class="table" tabindex="0" role="group" aria-label=name>
            <table class="table__grid">
                <caption class="heard">{shown(caption)}</caption>
                <thead>
                    <tr>{head.collect::<Vec<_>>()}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

fn row_view(row: TableRow, numeric: &[bool]) -> AnyView {
    let class = match row.mark {
        RowMark::None => "table__row",
        RowMark::Differs => "table__row table__row--differs",
        RowMark::Total => "table__row table__row--total",
    };
    let cell = |(at, (cell, is_number)): (usize, (AnyView, &bool))| match (at, is_number) {
        (0, _) => view! { <th scope="row" class="table__cell table__cell--title">{cell}</th> }.into_any(),
        (_, true) => view! { <td class="table__cell table__cell--number">{cell}</td> }.into_any(),
        (_, false) => view! { <td class="table__cell">{cell}</td> }.into_any(),
    };
    let cells: Vec<AnyView> = row.cells.into_iter().zip(numeric).enumerate().map(cell).collect();
    view! { <tr class=class>{cells}</tr> }.into_any()
}
