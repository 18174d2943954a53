//! The newest readings.

use leptos::prelude::*;

use super::Shown;
use crate::components::card::SectionTitle;
use crate::components::table::{Column, Table, TableRow};
use crate::format::day::CivilTime;
use crate::pages::reader::say;

/// A row a reading, newest first.
pub(super) fn readings(shown: &Shown<'_>) -> Option<AnyView> {
    let Shown { reader, page, utc_offset_s, .. } = shown;
    let language = reader.language;
    let columns = vec![
        Column::words(words::meter_col_date(language)),
        Column::number(words::meter_col_reading(language)),
        Column::words(words::consumption_col_quality(language)),
    ];
    let row = |reading: &api::accounts::Reading| {
        let date = CivilTime::at(reading.at, *utc_offset_s).day.full(language, reader.digits);
        let register = reader.figure(&reading.register.to_string());
        TableRow::new(vec![
            date.into_any(),
            view! { <bdi>{register}</bdi> }.into_any(),
            reader.quality(reading.quality).into_any(),
        ])
    };
    let rows: Vec<TableRow> = page.readings.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <SectionTitle title=say(words::meter_readings_title) />
            <section class="card">
                <Table caption=words::meter_readings_title(language) columns=columns rows=rows />
            </section>
        }
        .into_any()
    })
}
