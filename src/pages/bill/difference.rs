//! Where the bill and the recomputation part: the first difference side by side, then every line of both.

use api::bills::Bill;
use billing::bill::{LineAnswer, TaxAnswer};
use billing::finding::Message;
use billing::money::{Currency, Money};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::names::line_name;

use super::total::{kind_name, part_of, shown};
use crate::components::card::SectionTitle;
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::format::{Unit, signed};
use crate::pages::reader::Reader;
use crate::pages::recheck::{FirstDifference, Recomputed};

/// The two sections of a bill that differs. They travel with such a bill alone.
pub fn sections(reader: Reader, bill: Bill, recomputed: Recomputed) -> AnyView {
    let (bill, recomputed) = (&bill, &recomputed);
    let (currency, language) = (bill.summary.currency, reader.language);
    let first = recomputed.difference.as_ref().map(|first| first_view(reader, bill, first));
    let columns = vec![
        Column::words(words::bill_lines_title(language)),
        Column::number(words::bills_col_month(language)),
        Column::number(words::bill_col_recomputed(language)),
        Column::number(words::bill_col_difference(language)),
    ];
    let rows = rows(bill, recomputed).iter().map(|row| row_view(reader, row, currency)).collect();
    let (title, unit) = (words::bill_compared_title(language), Unit::Money(currency).label(language));
    view! {
        <SectionTitle title=words::bill_first_difference(language) />
        <section class="card">{first}</section>
        <SectionTitle title=title aside=TextProp::from(unit) />
        <section class="card">
            <Table caption=title columns=columns rows=rows />
        </section>
    }
    .into_any()
}

fn first_view(reader: Reader, bill: &Bill, first: &FirstDifference) -> AnyView {
    let language = reader.language;
    let side = |value: &str| shown(reader, first, value, bill.summary.currency);
    view! {
        <h3>{kind_name(reader, &first.kind, part_of(bill, first))}</h3>
        <div class="first-difference">
            <div class="first-difference__side">
                <p class="first-difference__label">{words::bill_side_billed(language)}</p>
                <p class="amount amount--figure-s">{side(&first.billed)}</p>
            </div>
            <div class="first-difference__side first-difference__side--recomputed">
                <p class="first-difference__label">{words::bill_side_recomputed(language)}</p>
                <p class="amount amount--figure-s amount--good">{side(&first.recomputed)}</p>
            </div>
        </div>
    }
    .into_any()
}

/// One line of both bills.
struct Row {
    part: Option<api::accounts::Commodity>,
    name: Name,
    billed: Option<String>,
    recomputed: Option<String>,
}

enum Name {
    Line(String),
    Tax(String),
    Total,
}

fn rows(bill: &Bill, recomputed: &Recomputed) -> Vec<Row> {
    let several = bill.parts.len() > 1;
    let mut rows = Vec::new();
    for (part, ours) in bill.parts.iter().zip(&recomputed.parts) {
        let ours = ours.answer(&|_| Message::default()).lines;
        let amount = |lines: &[LineAnswer], code: &str| {
            lines.iter().find(|line| line.code == code).map(|line| line.amount.clone())
        };
        let theirs = &part.bill.lines;
        for code in codes(ours.iter().chain(theirs).map(|line| line.code.as_str())) {
            rows.push(Row {
                part: several.then_some(part.commodity),
                billed: amount(theirs, &code),
                recomputed: amount(&ours, &code),
                name: Name::Line(code),
            });
        }
    }
    let ours: Vec<TaxAnswer> = recomputed.sums.taxes.iter().map(|tax| tax.answer()).collect();
    let amount = |taxes: &[TaxAnswer], rate: &str| {
        taxes.iter().find(|tax| tax.rate == rate).map(|tax| tax.amount.clone())
    };
    for rate in codes(ours.iter().chain(&bill.taxes).map(|tax| tax.rate.as_str())) {
        let (billed, recomputed) = (amount(&bill.taxes, &rate), amount(&ours, &rate));
        rows.push(Row { part: None, billed, recomputed, name: Name::Tax(rate) });
    }
    rows.push(Row {
        part: None,
        name: Name::Total,
        billed: Some(bill.summary.total.clone()),
        recomputed: Some(recomputed.sums.total.to_string()),
    });
    rows
}

/// Each once, in the order they come.
fn codes<'a>(all: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for code in all {
        if !known.iter().any(|known| known == code) {
            known.push(code.to_owned());
        }
    }
    known
}

fn row_view(reader: Reader, row: &Row, currency: Currency) -> TableRow {
    let name = match &row.name {
        Name::Line(code) => line_name(reader.language, code),
        Name::Tax(rate) => words::bill_line_vat(reader.language, &reader.percent_text(rate)),
        Name::Total => words::bill_line_total(reader.language).to_owned(),
    };
    let name = match row.part {
        Some(commodity) => words::bill_line_of(reader.language, &name, reader.commodity(commodity)),
        None => name,
    };
    let figure = |value: &Option<String>| {
        let text = value.as_deref().map_or("–".to_owned(), |value| reader.figure(value));
        view! { <bdi>{text}</bdi> }.into_any()
    };
    let minor = |value: &Option<String>| match value {
        None => Some(0),
        Some(value) => Money::parse(value, currency).ok().map(Money::minor),
    };
    let difference = minor(&row.billed)
        .zip(minor(&row.recomputed))
        .map(|(billed, ours)| signed(&Money::from_minor(ours - billed, currency).to_string(), reader.digits));
    let mark = match row.name {
        Name::Total => RowMark::Total,
        _ if row.billed != row.recomputed => RowMark::Differs,
        _ => RowMark::None,
    };
    let difference = view! { <bdi>{difference.unwrap_or_default()}</bdi> }.into_any();
    TableRow::new(vec![name.into_any(), figure(&row.billed), figure(&row.recomputed), difference])
        .marked(mark)
}
