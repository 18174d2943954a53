//! What a file holds, and what that costs.

use billing::number::Number;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::names::{label, tariff_name};

use super::months::{self, MonthUse};
use super::reading::Read;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::pages::reader::{Reader, say};

const KWH: &str = "kWh";

/// The cards of a file that was read.
#[component]
pub fn Found(read: Read) -> impl IntoView {
    let file = StoredValue::new(read);
    let done = move || {
        let reader = Reader::here();
        file.with_value(|Read(file)| {
            let readings = reader.counted(count(file.readings.len()), words::count_readings);
            let total = reader.exact_quantity(KWH, &Number::from_millionths(file.total_micro).to_string());
            words::consumption_import_done(reader.language, &readings, &total)
        })
    };
    view! {
        <Notice kind=NoticeKind::Good title=done />
        <Card heading=say(words::meter_file_found)>{move || file.with_value(|Read(file)| facts(file))}</Card>
        <Card heading=say(words::meter_file_priced)>
            <Price months=file.with_value(|Read(file)| months::months(file)) />
        </Card>
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn facts(file: &green_button::MeterFile) -> impl IntoView + use<> {
    let reader = Reader::here();
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
    view! {
        <Facts>
            <Fact term=words::meter_file_period(language)>{days}</Fact>
            <Fact term=words::meter_file_readings(language)>
                <bdi>{readings}</bdi>
            </Fact>
            <Fact term=words::meter_file_total(language)>{reader.exact_quantity(KWH, &total)}</Fact>
        </Facts>
        {notes.map(|note| view! { <p class="card__caption">{note}</p> }).collect_view()}
    }
}

/// What the file's months cost under the schedule that is chosen.
#[component]
fn Price(months: Vec<MonthUse>) -> impl IntoView {
    // The first that reaches back to the file's own days.
    let reaches = |schedule: &&billing::rulebook::Schedule| months::price(&months, schedule).is_ok();
    let first = months::schedules().find(reaches).or_else(|| months::schedules().next());
    let chosen = RwSignal::new(first.map(|schedule| schedule.id.to_owned()).unwrap_or_default());
    let options = move || {
        let reader = Reader::here();
        let option = |schedule: &'static billing::rulebook::Schedule| {
            let name = label(tariff_name(reader.language, schedule.id).unwrap_or(schedule.id));
            view! { <option value=schedule.id selected=move || chosen.get() == schedule.id>{name}</option> }
        };
        months::schedules().map(option).collect_view()
    };
    let priced = move || price_table(Reader::here(), &months, &chosen.get());
    view! {
        <label class="field tariff-field">
            <span class="field__label">{say(words::meter_file_tariff)}</span>
            <span class="field__box">
                <select class="field__input tariff-choice" on:change:target=move |event| chosen.set(event.target().value())>
                    {options}
                </select>
            </span>
        </label>
        {priced}
    }
}

fn price_table(reader: Reader, months: &[MonthUse], id: &str) -> Option<AnyView> {
    let schedule = billing::rulebook::schedule(id)?;
    let language = reader.language;
    let (costs, sum) = match months::price(months, schedule) {
        Ok(priced) => priced,
        Err(refusal) => {
            let text = words::codes::billing_error_words(language, &refusal.error);
            return Some(view! { <Notice kind=NoticeKind::Warn title=TextProp::from(text) /> }.into_any());
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
