//! What the file's months cost under a tariff, and under another one beside it.

use billing::error::{BillingError, Refusal};
use billing::money::Money;
use billing::number::Number;
use billing::rulebook::{self, Schedule};
use leptos::prelude::*;

use super::choice::{breaker_field, tariff_choice};
use super::months::{self, MonthUse};
use crate::components::card::Card;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::format::typed::whole;
use crate::format::{signed, to_places};
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{self, Refused};

/// The card with the tariffs to choose and the months' costs.
pub fn prices(months: Vec<MonthUse>) -> AnyView {
    // The first that reaches back to the file's own days.
    let reaches = |schedule: &&Schedule| months::price(&months, schedule, None).is_ok();
    let first = months::schedules().find(reaches).or_else(|| months::schedules().next());
    let chosen = RwSignal::new(first.map(|schedule| schedule.id).unwrap_or_default().to_owned());
    let (other, breaker) = (RwSignal::new(String::new()), RwSignal::new("100".to_owned()));
    let needs_breaker = Memo::new(move |_| {
        [chosen, other]
            .iter()
            .any(|id| id.with(|id| rulebook::schedule(id)).is_some_and(months::needs_breaker))
    });
    let months = StoredValue::new(months);
    let price = move |id: &str| {
        let breaker_amps = breaker.with(|typed| whole(typed));
        months.with_value(|months| Priced::of(months, id, breaker_amps))
    };
    let breaker_wrong = Memo::new(move |_| {
        let refused = |id: &RwSignal<String>| id.with(|id| price(id))?.err().filter(is_of_breaker);
        [chosen, other].iter().find_map(refused).map(|refused| refused.error)
    });
    let priced = move || {
        let reader = Reader::here();
        let priced = |id: &str| price(id);
        let other = other.with(|id| priced(id));
        match (chosen.with(|id| priced(id)), other) {
            // What is wrong with a field is said at the field, and the rest stands.
            (Some(Err(refused)), _) if is_of_breaker(&refused) => ().into_any(),
            (Some(Ok(_)), Some(Err(refused))) if !is_of_breaker(&refused) => unpriced(refused),
            (Some(Ok(one)), other) => {
                let other = other.and_then(Result::ok);
                months.with_value(|months| table(reader, months, &one, other.as_ref()))
            }
            (Some(Err(refused)), _) => unpriced(refused),
            (None, _) => ().into_any(),
        }
    };
    view! {
        <Card heading=say(words::meter_file_priced)>
            {tariff_choice(words::meter_file_tariff, chosen, None)}
            {tariff_choice(words::meter_file_other_tariff, other, Some(words::meter_file_no_other))}
            {move || needs_breaker.get().then(|| breaker_field(breaker, breaker_wrong))}
            {priced}
        </Card>
    }
    .into_any()
}

const BREAKER: &str = "/breaker_amps";

/// The months under one schedule.
struct Priced {
    schedule: &'static Schedule,
    costs: Vec<Money>,
    sum: Money,
}

impl Priced {
    fn of(
        months: &[MonthUse],
        id: &str,
        breaker_amps: Result<u32, BillingError>,
    ) -> Option<Result<Self, Refusal>> {
        let schedule = rulebook::schedule(id)?;
        let breaker_amps = match breaker_amps {
            _ if !months::needs_breaker(schedule) => None,
            Ok(amps) => Some(amps),
            Err(error) => return Some(Err(error.at(BREAKER))),
        };
        let priced = months::price(months, schedule, breaker_amps);
        Some(priced.map(|(costs, sum)| Self { schedule, costs, sum }))
    }
}

fn is_of_breaker(refused: &Refusal) -> bool {
    refused.field == BREAKER
}

fn unpriced(refused: Refusal) -> AnyView {
    let why = refusal::refusal(Refused::Sum(refused.error));
    view! { <Notice kind=NoticeKind::Warn title=say(words::meter_file_unpriced)>{why}</Notice> }.into_any()
}

/// `other` less `one`, where they are of one currency.
fn difference(one: Money, other: Money) -> Option<Money> {
    let minor = other.minor().checked_sub(one.minor())?;
    (one.currency() == other.currency()).then(|| Money::from_minor(minor, one.currency()))
}

fn table(reader: Reader, months: &[MonthUse], one: &Priced, other: Option<&Priced>) -> AnyView {
    let language = reader.language;
    let number = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let used = |used: Number| number(reader.figure(&to_places(&used.to_string(), 3)));
    let change = |one: Money, other: Money| {
        let change = difference(one, other).map(|change| signed(&change.to_string(), reader.digits));
        number(change.unwrap_or_else(|| words::value_none(language).to_owned()))
    };
    let row = |(at, month): (usize, &MonthUse)| {
        let cost = |priced: &Priced| priced.costs.get(at).copied();
        let cost_one = cost(one).unwrap_or(one.sum);
        let mut cells = vec![reader.month(month.period.from).into_any(), used(month.used)];
        cells.push(number(reader.figure(&cost_one.to_string())));
        if let Some(cost_other) = other.and_then(cost) {
            cells.push(number(reader.figure(&cost_other.to_string())));
            cells.push(change(cost_one, cost_other));
        }
        TableRow::new(cells)
    };
    let mut rows: Vec<TableRow> = months.iter().enumerate().map(row).collect();
    let all = Number::from_millionths(months.iter().map(|month| month.used.millionths()).sum());
    let money = |priced: &Priced| number(reader.money(priced.schedule.currency, &priced.sum.to_string()));
    let mut total = vec![words::meter_file_total(language).into_any(), used(all), money(one)];
    let mut columns = vec![
        Column::words(words::consumption_col_month(language)),
        Column::number(words::unit_kwh(language)),
        Column::number(words::consumption_col_cost(language)),
    ];
    if let Some(other) = other {
        total.extend([money(other), change(one.sum, other.sum)]);
        columns.push(Column::number(words::meter_file_other_cost(language)));
        columns.push(Column::number(words::tools_difference(language)));
    }
    rows.push(TableRow::new(total).marked(RowMark::Total));
    view! { <Table caption=words::meter_file_priced_month(language) columns=columns rows=rows /> }.into_any()
}
