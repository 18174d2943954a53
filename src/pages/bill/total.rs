//! The total with its seal.

use api::bills::{Bill, BillState};
use billing::error::Refusal;
use billing::fraction::Fraction;
use billing::money::{Currency, Money};
use leptos::prelude::*;
use words::names::{minor_unit_name, place_name};

use crate::components::amount::{Amount, AmountSize, AmountTone};
use crate::components::seal::{Seal, SealState};
use crate::format::Unit;
use crate::pages::bills::{kind_tag, parts_words, standing_tag};
use crate::pages::reader::Reader;
use crate::pages::recheck::{Differs, FirstDifference, Recomputed};
use crate::pages::refusal::{self, Refused};

/// The card at the top of a bill.
pub fn total(reader: Reader, bill: &Bill, recomputed: &Result<Recomputed, Refusal>) -> AnyView {
    let (summary, language) = (&bill.summary, reader.language);
    let date = reader.day(summary.due_on);
    let due = match summary.state {
        BillState::Due => words::overview_due_date(language, &date),
        BillState::Overdue => words::overview_due_overdue(language, &date),
        BillState::Paid => words::bill_issued(language, &reader.day(summary.issued_on)),
    };
    let unit = Unit::Money(summary.currency);
    let parts = bill.in_parts.as_ref().map(|parts| parts_words(reader, parts, summary.currency));
    let parts = parts.map(|parts| view! { <p class="card__text">{parts}</p> }.into_any());
    view! {
        <section class="card bill-total">
            <div class="bill-total__head">
                <span>{words::bill_line_total(language)}</span>
                <span class="bill-row__tags">{kind_tag(summary.kind)} {standing_tag(summary.state, summary.is_in_parts)}</span>
            </div>
            <p>
                <Amount value=summary.total.clone() unit=unit size=AmountSize::Display />
            </p>
            <p class="card__text">{due}</p>
            {parts}
            <div class="bill-total__seal">{seal(reader, bill, recomputed)}</div>
        </section>
    }
    .into_any()
}

fn seal(reader: Reader, bill: &Bill, recomputed: &Result<Recomputed, Refusal>) -> AnyView {
    let (currency, language) = (bill.summary.currency, reader.language);
    let (state, title, amount, body) = match recomputed {
        Ok(Recomputed { difference: None, .. }) => {
            let minor = minor_unit_name(language, currency);
            let body = words::bill_seal_match_body(language, minor);
            (SealState::Match, words::bill_seal_match(language), None, body.into_any())
        }
        Ok(Recomputed { difference: Some(difference), sums, .. }) => {
            let amount = distance(&bill.summary.total, sums.total).filter(|amount| amount.minor() != 0);
            let line = kind_name(reader, &difference.kind, part_of(bill, difference));
            let billed = shown(reader, difference, &difference.billed, currency);
            let ours = shown(reader, difference, &difference.recomputed, currency);
            let body = words::bill_seal_differs_body(language, &reader.directed(&line), &billed, &ours);
            (SealState::Differs, words::bill_seal_differs(language), amount, body.into_any())
        }
        Err(refused) => {
            let body = refusal::refusal(Refused::Recheck(refused.error.clone()));
            (SealState::Unavailable, words::overview_check_unavailable(language), None, body)
        }
    };
    let amount = amount.map(|amount| {
        let (value, unit) = (amount.to_string(), Unit::Money(currency));
        view! {
            <p>
                <Amount value=value unit=unit size=AmountSize::FigureSmall tone=AmountTone::Warn />
            </p>
        }
        .into_any()
    });
    view! {
        <Seal state=state title=title>
            {amount}
            {body}
        </Seal>
    }
    .into_any()
}

/// How far the billed total lies from the recomputed one.
fn distance(billed: &str, recomputed: Money) -> Option<Money> {
    let billed = Money::parse(billed, recomputed.currency()).ok()?;
    let minor = billed.minor().checked_sub(recomputed.minor())?;
    Some(Money::from_minor(minor.checked_abs()?, recomputed.currency()))
}

/// The part that the difference lies in, where the bill has several.
pub fn part_of(bill: &Bill, difference: &FirstDifference) -> Option<api::accounts::Commodity> {
    let part = difference.part.filter(|_| bill.parts.len() > 1)?;
    bill.parts.get(part).map(|part| part.commodity)
}

/// What differs, as people call it.
pub fn kind_name(reader: Reader, kind: &Differs, part: Option<api::accounts::Commodity>) -> String {
    let name = match kind {
        Differs::Usage => words::consumption_col_use(reader.language).to_owned(),
        Differs::Bill(place) => place_name(reader.language, place, |rate| reader.percent_text(rate)),
    };
    match part {
        Some(commodity) => words::bill_line_of(reader.language, &name, reader.commodity(commodity)),
        None => name,
    }
}

/// One side of a difference: money, unless it is a quantity or a price.
pub fn shown(reader: Reader, difference: &FirstDifference, value: &str, currency: Currency) -> String {
    use billing::audit::Place::{Price, Quantity};
    match &difference.kind {
        _ if value.is_empty() => words::value_none(reader.language).to_owned(),
        Differs::Usage | Differs::Bill(Quantity(_) | Price(_)) => reader.figure(value),
        Differs::Bill(_) if Fraction::parse(value).is_ok() => reader.money(currency, value),
        Differs::Bill(_) => value.to_owned(),
    }
}
