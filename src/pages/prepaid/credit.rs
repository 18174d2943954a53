//! What is left, when it will be used up, and how it came about.

use api::prepaid::{Credit, PrepaidMonth, PrepaidPoint, TopUp};
use billing::credit::prepaid::PrepaidAnswer;
use billing::money::Currency;
use billing::period::Day;
use billing::projection::SpentOn;
use leptos::prelude::*;

use super::top_up::top_up;
use crate::clock::Clock;
use crate::components::amount::{Amount, AmountSize};
use crate::components::card::{Card, CardLink, SectionTitle};
use crate::components::list_row::ListRow;
use crate::format::Unit;
use crate::format::day::CivilTime;
use crate::pages::pay::receipt::time;
use crate::pages::reader::{Reader, say};
use crate::pages::tools::grounds;

/// All about the credit of a meter that is prepaid; `again` asks anew for it.
pub fn credit(currency: Currency, point: &PrepaidPoint, credit: &Credit, again: Callback<()>) -> AnyView {
    let (left, answer) = (credit.left.clone(), credit.answer.clone());
    let lasts = move || {
        let reader = Reader::here();
        let Some(answer) = &answer else {
            return view! { <p class="card__text">{words::prepaid_no_days(reader.language)}</p> }.into_any();
        };
        let spent = words::prepaid_spent(reader.language, &reader.money(currency, &answer.spent));
        view! {
            <p class="card__text">
                <b>{lasts(reader, &answer.ends)}</b>
            </p>
            {ends(reader, answer).map(|ends| view! { <p class="card__text">{ends}</p> }.into_any())}
            <p class="card__caption">{spent}</p>
            {grounds::findings(reader, &answer.findings)}
            {grounds::why(reader, words::prepaid_credit_title(reader.language).to_owned(), &answer.working, Some(currency))}
        }
        .into_any()
    };
    let since = point.since;
    let aside = move || {
        let reader = Reader::here();
        since.map(|since| words::prepaid_since(reader.language, &reader.full_day(since))).unwrap_or_default()
    };
    let request = credit.request.clone();
    let try_out = request.map(|request| top_up(currency, request, point.service_point.clone(), again));
    view! {
        <Card heading=say(words::prepaid_credit_title) aside=aside>
            <p>
                <Amount value=left unit=Unit::Money(currency) size=AmountSize::Display />
            </p>
            {lasts}
            <CardLink href="/alerts" label=say(words::prepaid_thresholds) />
            <p class="card__caption">{say(words::prepaid_emergency_off)}</p>
        </Card>
        {try_out}
        {history(currency, &credit.top_ups)}
        {months(currency, &credit.months)}
    }
    .into_any()
}

/// For how long, in a sentence.
pub fn lasts(reader: Reader, ends: &SpentOn) -> String {
    match ends.days {
        Some(days) => reader.counted(i64::try_from(days).unwrap_or(i64::MAX), words::prepaid_days_left),
        None => words::prepaid_long(reader.language).to_owned(),
    }
}

/// The hour in which it will be used up, with its margin.
fn ends(reader: Reader, answer: &PrepaidAnswer) -> Option<String> {
    let (ends, hours) = (&answer.ends, &answer.hours);
    let moment = |day: Option<Day>, hour: Option<u8>, named: Option<Day>| {
        let day = day?;
        let time = CivilTime { day: day.into(), hour: hour?, minute: 0 };
        let clock = time.clock(reader.language, reader.digits);
        // The margin within one day is one of hours.
        let is_named = named != Some(day);
        Some(if is_named {
            words::prepaid_moment(reader.language, &reader.weekday(day), &clock)
        } else {
            clock
        })
    };
    let expected = moment(ends.expected, hours.expected, None)?;
    let one_day = ends.expected.filter(|_| ends.earliest == ends.expected && ends.latest == ends.expected);
    let margin = |day, hour| moment(day, hour, one_day);
    Some(match (margin(ends.earliest, hours.earliest), margin(ends.latest, hours.latest)) {
        (Some(earliest), Some(latest)) if earliest != latest => {
            words::prepaid_ends(reader.language, &expected, &earliest, &latest)
        }
        _ => words::prepaid_ends_around(reader.language, &expected),
    })
}

fn history(currency: Currency, top_ups: &[TopUp]) -> AnyView {
    let clock = Clock::here();
    let row = |top_up: &TopUp| {
        let at = top_up.at;
        let title = move || time(Reader::here(), at, clock.utc_offset_s());
        let amount = top_up.amount.clone();
        let end = move || view! { <Amount value=amount.clone() unit=Unit::Money(currency) /> };
        view! { <ListRow title=title end=end /> }.into_any()
    };
    let rows: Vec<AnyView> = top_ups.iter().map(row).collect();
    let none = rows.is_empty().then(|| view! { <ListRow title=say(words::prepaid_no_history) /> }.into_any());
    view! {
        <SectionTitle title=say(words::prepaid_history) />
        <div class="card card--flush">{rows} {none}</div>
    }
    .into_any()
}

fn months(currency: Currency, months: &[PrepaidMonth]) -> Option<AnyView> {
    let row = |month: &PrepaidMonth| {
        let (period, usage, cost) = (month.period, month.usage.to_string(), month.cost.clone());
        let title = move || Reader::here().month(period.from);
        let note = move || {
            let reader = Reader::here();
            let dates =
                words::period_dates(reader.language, &reader.day(period.from), &reader.day(period.to));
            format!("{dates} · {}", reader.quantity("kWh", &usage))
        };
        let end = move || view! { <Amount value=cost.clone() unit=Unit::Money(currency) /> };
        view! { <ListRow title=title note=leptos::text_prop::TextProp::from(note) end=end /> }.into_any()
    };
    (!months.is_empty()).then(|| {
        view! {
            <SectionTitle title=say(words::prepaid_months) />
            <div class="card card--flush">{months.iter().map(row).collect::<Vec<_>>()}</div>
        }
        .into_any()
    })
}
