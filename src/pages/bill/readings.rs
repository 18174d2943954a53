//! The readings that each usage comes from: two, or two of each meter where one was exchanged.

use api::accounts::Quality;
use api::bills::{Bill, BillPart, BilledReadings, CorrectionReason, ExchangedMeter};
use billing::fraction::Fraction;
use billing::metering::estimate::assumed_of_exchange;
use billing::number::Number;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::codes::exchange_finding_words;

use crate::components::card::{CardLink, SectionTitle};
use crate::components::icon::IconName;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::own_reading_path;

/// The readings of all parts.
pub fn readings(reader: Reader, bill: &Bill) -> AnyView {
    let language = reader.language;
    let parts = &bill.parts;
    let of_part = |part: &BillPart| {
        let taken = part.readings.exchanged.iter().map(|taken| reader.digits.write(&taken.meter));
        taken.chain([reader.digits.write(&part.readings.meter)]).collect::<Vec<_>>()
    };
    let meters: Vec<_> = parts.iter().flat_map(of_part).collect();
    let columns = vec![
        Column::words(words::bill_readings_title(language)),
        Column::number(words::bill_reading_previous(language)),
        Column::number(words::bill_reading_current(language)),
        Column::number(words::consumption_col_use(language)),
    ];
    let rows = parts.iter().flat_map(|part| rows(reader, part)).collect();
    let exchanges: Vec<AnyView> = parts.iter().flat_map(|part| exchanges(reader, part)).collect();
    let assumed = parts.iter().any(|part| shares_exchange_day(bill, part)).then(|| exchange_day(reader));
    let tags: Vec<AnyView> = parts.iter().map(|part| tags(reader, part, parts.len() > 1)).collect();
    let estimated =
        parts.iter().find(|part| part.readings.quality == Quality::Estimated && !is_settled(bill));
    let aside = TextProp::from(words::bill_meter(language, &meters.join(" · ")));
    view! {
        <SectionTitle title=words::bill_readings_title(language) aside=aside />
        <section class="card">
            <Table caption=words::bill_readings_title(language) columns=columns rows=rows />
            <p class="bill-tags">{tags}</p>
            {exchanges}
            {assumed}
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

/// A row; where a meter was exchanged, one a meter and their sum.
fn rows(reader: Reader, part: &BillPart) -> Vec<TableRow> {
    let number = |value: Number| view! { <bdi>{reader.short_figure(&value.to_string())}</bdi> }.into_any();
    let (BilledReadings { previous, current, .. }, usage) = (&part.readings, part.facts.usage);
    if part.readings.exchanged.is_empty() {
        let sum = view! { <b>{number(usage)}</b> }.into_any();
        let cells = vec![named(reader, part).into_any(), number(*previous), number(*current), sum];
        return vec![TableRow::new(cells)];
    }
    let of_meter = |number_of: &str, multiplier: Number, numbers: [Number; 3]| {
        let meter = words::bill_meter(reader.language, &reader.digits.write(number_of));
        let multiplier = words::bill_multiplier(reader.language, &reader.figure(&multiplier.to_string()));
        let title = view! { {meter} <br /> <span class="card__caption">{multiplier}</span> };
        TableRow::new([title.into_any()].into_iter().chain(numbers.map(number)).collect())
    };
    let taken =
        part.readings.exchanged.iter().map(|taken| {
            of_meter(&taken.meter, taken.multiplier, [taken.previous, taken.current, taken.usage])
        });
    let mut rows: Vec<TableRow> = taken.collect();
    let before = part.readings.exchanged_usage().unwrap_or(Number::ZERO);
    let own = usage.fraction().minus(before.fraction()).and_then(Fraction::to_number).unwrap_or(usage);
    rows.push(of_meter(&part.readings.meter, part.readings.multiplier, [*previous, *current, own]));
    let nothing = || ().into_any();
    let sum = vec![named(reader, part).into_any(), nothing(), nothing(), number(usage)];
    rows.push(TableRow::new(sum).marked(RowMark::Total));
    rows
}

/// That a meter was exchanged, and when.
fn exchanges(reader: Reader, part: &BillPart) -> Vec<AnyView> {
    let told = |taken: &ExchangedMeter| {
        let text = words::finding_meter_exchanged(reader.language, &reader.full_day(taken.until));
        view! { <p class="card__text">{text}</p> }.into_any()
    };
    part.readings.exchanged.iter().map(told).collect()
}

/// Whether the day of an exchange has a share of what was spread over days: of an estimate, or of one that was settled.
fn shares_exchange_day(bill: &Bill, part: &BillPart) -> bool {
    let is_spread = part.readings.quality == Quality::Estimated || !bill.settles.is_empty();
    is_spread && !part.readings.exchanged.is_empty()
}

/// Whose that day is, no source says.
pub fn exchange_day(reader: Reader) -> AnyView {
    view! {
        <p class="card__text">
            <StatusTag kind=TagKind::Outline label=words::assumed_badge(reader.language) />
            " "
            {exchange_finding_words(reader.language, &assumed_of_exchange())}
        </p>
    }
    .into_any()
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
    // Meters that were exchanged have one each, beside them.
    let is_one = part.readings.exchanged.is_empty();
    view! {
        <StatusTag kind=kind label=quality icon=icon />
        {is_one.then(|| view! { <StatusTag kind=TagKind::Outline label=multiplier /> })}
    }
    .into_any()
}
