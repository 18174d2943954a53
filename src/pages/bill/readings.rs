//! The two readings that each usage comes from.

use api::accounts::Quality;
use api::bills::{Bill, BillPart, CorrectionReason};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::card::{CardLink, SectionTitle};
use crate::components::icon::IconName;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::components::table::{Column, Table, TableRow};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::own_reading_path;

/// The readings of all parts.
pub fn readings(reader: Reader, bill: &Bill) -> AnyView {
    let language = reader.language;
    let parts = &bill.parts;
    let meters: Vec<_> = parts.iter().map(|part| reader.digits.write(&part.readings.meter)).collect();
    let columns = vec![
        Column::words(words::bill_readings_title(language)),
        Column::number(words::bill_reading_previous(language)),
        Column::number(words::bill_reading_current(language)),
        Column::number(words::consumption_col_use(language)),
    ];
    let rows = parts.iter().map(|part| row(reader, part)).collect();
    let tags: Vec<AnyView> = parts.iter().map(|part| tags(reader, part, parts.len() > 1)).collect();
    let estimated =
        parts.iter().find(|part| part.readings.quality == Quality::Estimated && !is_settled(bill));
    let aside = TextProp::from(words::bill_meter(language, &meters.join(" · ")));
    view! {
        <SectionTitle title=words::bill_readings_title(language) aside=aside />
        <section class="card">
            <Table caption=words::bill_readings_title(language) columns=columns rows=rows />
            <p class="bill-tags">{tags}</p>
            {estimated.map(own_reading)}
        </section>
    }
    .into_any()
}

/// Whether a later bill stands in its place, or it is that bill: a real reading settled what it estimated.
fn is_settled(bill: &Bill) -> bool {
    let settles = bill.correction.as_ref().is_some_and(|why| why.reason == CorrectionReason::Settlement);
    settles || bill.summary.corrected_by.is_some()
}

/// After an estimate the customer's own reading is what settles it soonest.
fn own_reading(part: &BillPart) -> AnyView {
    view! { <CardLink href=own_reading_path(part.commodity) label=say(words::reading_title) /> }.into_any()
}

fn row(reader: Reader, part: &BillPart) -> TableRow {
    let number = |value: String| view! { <bdi>{reader.short_figure(&value)}</bdi> }.into_any();
    TableRow::new(vec![
        named(reader, part).into_any(),
        number(part.readings.previous.to_string()),
        number(part.readings.current.to_string()),
        view! { <b>{number(part.facts.usage.to_string())}</b> }.into_any(),
    ])
}

/// The service, and what its readings count.
fn named(reader: Reader, part: &BillPart) -> String {
    let unit = part.bill.lines.iter().find_map(|line| line.unit.as_deref()).unwrap_or_default();
    format!("{} ({})", reader.commodity(part.commodity), words::names::unit_name(reader.language, unit))
}

fn tags(reader: Reader, part: &BillPart, named: bool) -> AnyView {
    let (kind, icon) = match part.readings.quality {
        Quality::Actual => (TagKind::Good, IconName::Check),
        Quality::Customer | Quality::Estimated => (TagKind::Info, IconName::Info),
    };
    let of_part = |text: String| match named {
        true => words::bill_line_of(reader.language, &text, reader.commodity(part.commodity)),
        false => text,
    };
    let quality = of_part(reader.quality(part.readings.quality).to_owned());
    let multiplier = reader.figure(&part.readings.multiplier.to_string());
    let multiplier = of_part(words::bill_multiplier(reader.language, &multiplier));
    view! {
        <StatusTag kind=kind label=quality icon=icon />
        <StatusTag kind=TagKind::Outline label=multiplier />
    }
    .into_any()
}
