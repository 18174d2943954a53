//! What a file holds, and what that costs.

use billing::number::Number;
use leptos::prelude::*;
use words::names::{label, tariff_name};

use super::months::{self, MonthUse};
use super::reading::Read;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{self, Refused};

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
        <Card heading=say(words::meter_file_priced)>{price(months)}</Card>
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

/// What the file's months cost under the schedule that is chosen.
fn price(months: Vec<MonthUse>) -> AnyView {
    // The first that reaches back to the file's own days.
    let reaches = |schedule: &&billing::rulebook::Schedule| months::price(&months, schedule).is_ok();
    let first = months::schedules().find(reaches).or_else(|| months::schedules().next());
    let first = first.map(|schedule| schedule.id).unwrap_or_default();
    let chosen = RwSignal::new(first.to_owned());
    let options = move || {
        let reader = Reader::here();
        let option = |schedule: &'static billing::rulebook::Schedule| {
            let name = label(tariff_name(reader.language, schedule.id).unwrap_or(schedule.id));
            let is_chosen = chosen.with_untracked(|chosen| chosen == schedule.id);
            view! { <option value=schedule.id selected=is_chosen>{name}</option> }.into_any()
        };
        months::schedules().map(option).collect::<Vec<_>>().into_any()
    };
    let priced = move || price_table(Reader::here(), &months, &chosen.get());
    view! {
        <label class="field tariff-field">
            <span class="field__label">{say(words::meter_file_tariff)}</span>
            <span class="field__box">
                <select
                    class="field__input tariff-choice"
                    on:change:target=move |event| chosen.set(event.target().value())
                >
                    {options}
                </select>
            </span>
        </label>
        {priced}
    }
    .into_any()
}

fn price_table(reader: Reader, months: &[MonthUse], id: &str) -> Option<AnyView> {
    let schedule = billing::rulebook::schedule(id)?;
    let language = reader.language;
    let (costs, sum) = match months::price(months, schedule) {
        Ok(priced) => priced,
        Err(refused) => {
            let title = words::meter_file_unpriced(language);
            let why = refusal::refusal(Refused::Sum(refused.error));
            return Some(view! { <Notice kind=NoticeKind::Warn title=title>{why}</Notice> }.into_any());
        }
    };
    let number = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let row = |(month, cost): (&MonthUse, &billing::money::Money)| {
        TableRow::new(vec![
            reader.month(month.period.from).into_any(),
            number(reader.figure(&crate::format::to_places(&month.used.to_string(), 3))),
            number(reader.figure(&cost.to_string())),
        ])
    };
    let mut rows: Vec<TableRow> = months.iter().zip(&costs).map(row).collect();
    let used = Number::from_millionths(months.iter().map(|month| month.used.millionths()).sum());
    let total = TableRow::new(vec![
        words::meter_file_total(language).into_any(),
        number(reader.figure(&crate::format::to_places(&used.to_string(), 3))),
        number(reader.money(schedule.currency, &sum.to_string())),
    ]);
    rows.push(total.marked(RowMark::Total));
    let columns = vec![
        Column::words(words::consumption_col_month(language)),
        Column::number(words::unit_kwh(language)),
        Column::number(words::consumption_col_cost(language)),
    ];
    Some(
        view! { <Table caption=words::meter_file_priced_month(language) columns=columns rows=rows /> }
            .into_any(),
    )
}
