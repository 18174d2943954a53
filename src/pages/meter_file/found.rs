//! What a file holds, and what that costs.

use billing::number::Number;
use leptos::prelude::*;

use super::months;
use super::prices::prices;
use super::reading::Read;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::reader::Reader;

const KWH: &str = "kWh";

/// The cards of a file that was read. They travel once there is one.
#[cfg_attr(feature = "split", lazy)]
pub async fn found(read: Read) -> AnyView {
    let Read(file) = read;
    let months = months::months(&file);
    let shown = move || {
        let reader = Reader::here();
        let readings = reader.counted(count(file.readings.len()), words::count_readings);
        let total = reader.exact_quantity(KWH, &Number::from_millionths(file.total_micro).to_string());
        let done = words::consumption_import_done(reader.language, &readings, &total);
        let facts = facts(reader, &file);
        view! {
            <Notice kind=NoticeKind::Good title=done />
            <Card heading=words::meter_file_found(reader.language)>{facts}</Card>
        }
        .into_any()
    };
    view! {
        {shown}
        {prices(months)}
    }
    .into_any()
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn facts(reader: Reader, file: &green_button::MeterFile) -> AnyView {
    let language = reader.language;
    let days = months::days(file)
        .map(|(from, to)| words::period_dates(language, &reader.full_day(from), &reader.full_day(to)));
    let total = Number::from_millionths(file.total_micro).to_string();
    let readings = reader.whole(file.readings.len() as u64);
    let others: u64 = file.other_types.iter().map(|other| other.readings).sum();
    let counted = |count: u64, words| reader.counted(i64::try_from(count).unwrap_or(i64::MAX), words);
    let conflicts = file.conflicts.len() + file.overlaps.len();
    let notes = [
        counted(file.gaps.len() as u64, words::consumption_import_gaps),
        counted(file.duplicates, words::consumption_import_duplicates),
        counted(conflicts as u64, words::meter_file_conflicts),
        counted(others, words::meter_file_others),
    ];
    let notes: Vec<AnyView> =
        notes.into_iter().map(|note| view! { <p class="card__caption">{note}</p> }.into_any()).collect();
    view! {
        <Facts>
            <Fact term=words::meter_file_period(language)>{days}</Fact>
            <Fact term=words::meter_file_readings(language)>
                <bdi>{readings}</bdi>
            </Fact>
            <Fact term=words::meter_file_total(language)>{reader.exact_quantity(KWH, &total)}</Fact>
        </Facts>
        {notes}
    }
    .into_any()
}
