//! The two readings that each usage comes from.

use api::accounts::Quality;
use api::bills::BillPart;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::card::SectionTitle;
use crate::components::icon::IconName;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::components::table::{Column, Table, TableRow};
use crate::pages::reader::{Reader, say};

/// The readings of all parts.
#[component]
pub fn Readings(parts: Vec<BillPart>) -> impl IntoView {
    let meters = parts.iter().map(|part| part.readings.meter.clone()).collect::<Vec<_>>();
    let aside = move || {
        let reader = Reader::here();
        let numbers: Vec<_> = meters.iter().map(|meter| reader.digits.write(meter)).collect();
        words::bill_meter(reader.language, &numbers.join(" · "))
    };
    let tagged = parts.clone();
    let table = move || {
        let reader = Reader::here();
        let columns = vec![
            Column::words(words::bill_readings_title(reader.language)),
            Column::number(words::bill_reading_previous(reader.language)),
            Column::number(words::bill_reading_current(reader.language)),
            Column::number(words::consumption_col_use(reader.language)),
        ];
        let rows = parts.iter().map(|part| row(reader, part)).collect();
        view! { <Table caption=words::bill_readings_title(reader.language) columns=columns rows=rows /> }
    };
    view! {
        <SectionTitle title=say(words::bill_readings_title) aside=TextProp::from(aside) />
        <section class="card">
            {table}
            <p class="bill-tags">{move || tagged.iter().map(|part| tags(part, tagged.len() > 1)).collect_view()}</p>
        </section>
    }
}

fn row(reader: Reader, part: &BillPart) -> TableRow {
    let number = |value: String| view! { <bdi>{reader.figure(&value)}</bdi> }.into_any();
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

fn tags(part: &BillPart, named: bool) -> impl IntoView + use<> {
    let readings = part.readings.clone();
    let (kind, icon) = match readings.quality {
        Quality::Actual => (TagKind::Good, IconName::Check),
        Quality::Customer | Quality::Estimated => (TagKind::Info, IconName::Info),
    };
    let commodity = part.commodity;
    let of_part = move |text: String| match named {
        true => words::bill_line_of(Reader::here().language, &text, Reader::here().commodity(commodity)),
        false => text,
    };
    let quality = move || of_part(Reader::here().quality(readings.quality).to_owned());
    let multiplier = move || {
        let reader = Reader::here();
        of_part(words::bill_multiplier(reader.language, &reader.figure(&readings.multiplier.to_string())))
    };
    view! {
        <StatusTag kind=kind label=quality icon=icon />
        <StatusTag kind=TagKind::Outline label=multiplier />
    }
}
