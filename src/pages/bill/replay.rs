//! From estimate to actual reading: what was billed, what the reading made of it, and the whole time at once.

use api::bills::Bill;
use billing::error::{BillingError, Refusal};
use billing::finding::Message;
use billing::fraction::Fraction;
use billing::metering::estimate::{EstimateRequest, estimate};
use billing::metering::settlement::{EstimatedBill, SettlementAnswer, SettlementRequest};
use billing::money::Money;
use billing::number::Number;
use leptos::prelude::*;

use super::readings::exchange_day;
use super::related::{self, Settled};
use crate::components::facts::{Fact, Facts};
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::format::signed;
use crate::pages::reader::Reader;
use crate::pages::refusal::{self, Refused};
use crate::pages::states::failure;

/// The answer. It travels when it is asked for.
pub async fn replay(reader: Reader, bill: Bill, retry: Callback<()>) -> AnyView {
    match related::ask_settled(&bill).await {
        Ok(Some(settled)) => answer(reader, &settled),
        Ok(None) => {
            view! { <p class="card__text">{words::bill_replay_waiting(reader.language)}</p> }.into_any()
        }
        Err(error) => failure(&error, words::bill_differs_failed, retry),
    }
}

fn answer(reader: Reader, settled: &Settled) -> AnyView {
    let parts = (0..settled.by.parts.len()).filter(|at| is_estimated(settled, *at));
    let parts: Vec<AnyView> = parts
        .map(|at| match settle(settled, at) {
            Ok(answer) => part_view(reader, settled, at, &answer),
            Err(refused) => {
                let text = refusal::refusal(Refused::Sum(refused.error));
                view! { <p class="card__text">{text}</p> }.into_any()
            }
        })
        .collect();
    parts.into_any()
}

/// Whether the service point at this place was estimated in any of the bills.
fn is_estimated(settled: &Settled, at: usize) -> bool {
    let usage = |bill: &Bill| bill.parts.get(at).map(|part| part.facts.usage);
    settled.estimated.iter().any(|(first, corrected)| usage(first) != usage(corrected))
}

/// Whether a meter of that service point was exchanged in the time whose days share the use.
fn was_exchanged(settled: &Settled, at: usize) -> bool {
    let bills = settled.estimated.iter().map(|(first, _)| first).chain([&settled.by]);
    bills.filter_map(|bill| bill.parts.get(at)).any(|part| !part.readings.exchanged.is_empty())
}

/// BIL-4 by the engine: the estimated run and the reading that ended it.
fn settle(settled: &Settled, at: usize) -> Result<SettlementAnswer, Refusal> {
    let missing = || BillingError::MissingField { name: "parts".to_owned() }.at("");
    let facts = |bill: &Bill| bill.parts.get(at).map(|part| part.facts.clone()).ok_or_else(missing);
    let by = facts(&settled.by)?;
    let mut usage = by.usage.fraction();
    let mut estimated = Vec::with_capacity(settled.estimated.len());
    for (first, corrected) in &settled.estimated {
        let first = facts(first)?;
        usage = usage.plus(facts(corrected)?.usage.fraction())?;
        estimated.push(EstimatedBill { period: first.period, usage: first.usage });
    }
    let usage: Number = Fraction::to_number(usage)?;
    let (open, breaker_amps) = (Some(by.period), by.breaker_amps);
    let run = SettlementRequest { tariff: by.tariff, breaker_amps, estimated, open, usage };
    let request = EstimateRequest { missing: None, settle: Some(run) };
    estimate(&request, &|_| Message::default())?.settlement.ok_or_else(missing)
}

fn part_view(reader: Reader, settled: &Settled, at: usize, answer: &SettlementAnswer) -> AnyView {
    let language = reader.language;
    let currency = answer.currency;
    let columns = vec![
        Column::words(words::nav_bills(language)),
        Column::number(words::bill_replay_estimated(language)),
        Column::number(words::bill_replay_actual(language)),
        Column::number(words::bill_col_difference(language)),
    ];
    let figure = |value: String| view! { <bdi>{value}</bdi> }.into_any();
    let part = |bill: &Bill| bill.parts.get(at).map(|part| part.bill.total.clone()).unwrap_or_default();
    let minor = |value: &str| Money::parse(value, currency).map(Money::minor).unwrap_or_default();
    let money = |minor: i128| Money::from_minor(minor, currency).to_string();
    let row = |name: String, old: i128, new: i128| {
        TableRow::new(vec![
            name.into_any(),
            figure(reader.figure(&money(old))),
            figure(reader.figure(&money(new))),
            figure(signed(&money(new - old), reader.digits)),
        ])
    };
    let bills = settled.estimated.iter().map(|(first, corrected)| {
        (reader.month(first.summary.month), minor(&part(first)), minor(&part(corrected)))
    });
    let bills: Vec<_> = bills.collect();
    let (old, new) = bills.iter().fold((0, 0), |(old, new), (_, was, is)| (old + was, new + is));
    let mut rows: Vec<_> = bills.into_iter().map(|(name, was, is)| row(name, was, is)).collect();
    rows.push(row(words::bill_line_total(language).to_owned(), old, new).marked(RowMark::Total));
    let fact = |term: String, value: String| {
        view! {
            <Fact term=term>
                <bdi>{value}</bdi>
            </Fact>
        }
        .into_any()
    };
    let this = words::bill_title(language, &reader.month(settled.by.summary.month));
    let facts = vec![
        fact(this, reader.money(currency, &part(&settled.by))),
        fact(words::bill_replay_whole(language).to_owned(), reader.money(currency, &answer.interval.total)),
    ];
    let unit = crate::format::Unit::Money(currency).label(language);
    let caption = format!("{} ({unit})", words::bill_replay_title(language));
    view! {
        <p class="card__text">{units(reader, settled, at)}</p>
        <Table caption=caption columns=columns rows=rows />
        <Facts>{facts}</Facts>
        {was_exchanged(settled, at).then(|| exchange_day(reader))}
        <p class="card__caption">{words::bill_replay_rounding(language)}</p>
    }
    .into_any()
}

/// The units of each estimated bill as billed, and as read.
fn units(reader: Reader, settled: &Settled, at: usize) -> String {
    let said = settled.estimated.iter().filter_map(|(first, corrected)| {
        let (first, corrected) = (first.parts.get(at)?, corrected.parts.get(at)?);
        let unit = first.bill.lines.iter().find_map(|line| line.unit.clone())?;
        let quantity = |usage: Number| reader.exact_quantity(&unit, &usage.to_string());
        let (was, is) = (quantity(first.facts.usage), quantity(corrected.facts.usage));
        Some(words::bill_replay_units(reader.language, &was, &is))
    });
    said.collect::<Vec<_>>().join(" ")
}
