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
use crate::pages::bills::state_tag;
use crate::pages::reader::{Reader, say};
use crate::pages::recheck::{Differs, FirstDifference, Recomputed};

/// The card at the top of a bill.
#[component]
pub fn Total(bill: Bill, recomputed: Result<Recomputed, Refusal>) -> impl IntoView {
    let summary = bill.summary.clone();
    let due = move || {
        let reader = Reader::here();
        let date = reader.day(summary.due_on);
        match summary.state {
            BillState::Due => words::overview_due_date(reader.language, &date),
            BillState::Overdue => words::overview_due_overdue(reader.language, &date),
            BillState::Paid => words::bill_issued(reader.language, &reader.day(summary.issued_on)),
        }
    };
    let unit = Unit::Money(bill.summary.currency);
    view! {
        <section class="card bill-total">
            <div class="bill-total__head">
                <span>{say(words::bill_line_total)}</span>
                {state_tag(bill.summary.state)}
            </div>
            <p>
                <Amount value=bill.summary.total.clone() unit=unit size=AmountSize::Display />
            </p>
            <p class="card__text">{due}</p>
            <div class="bill-total__seal">{seal(&bill, &recomputed)}</div>
        </section>
    }
}

fn seal(bill: &Bill, recomputed: &Result<Recomputed, Refusal>) -> AnyView {
    let currency = bill.summary.currency;
    match recomputed {
        Ok(recomputed) => match recomputed.difference.clone() {
            None => match_seal(currency).into_any(),
            Some(difference) => differs_seal(bill, recomputed, difference).into_any(),
        },
        Err(refusal) => {
            let refusal = refusal.clone();
            let missing = move || {
                let reader = Reader::here();
                let missing = words::codes::billing_error_words(reader.language, &refusal.error);
                words::bill_seal_unavailable(reader.language, &missing)
            };
            view! {
                <Seal state=SealState::Unavailable title=say(words::overview_check_unavailable)>
                    {missing}
                </Seal>
            }
            .into_any()
        }
    }
}

fn match_seal(currency: Currency) -> impl IntoView {
    let body = move || {
        let reader = Reader::here();
        words::bill_seal_match_body(reader.language, minor_unit_name(reader.language, currency))
    };
    view! {
        <Seal state=SealState::Match title=say(words::bill_seal_match)>
            {body}
        </Seal>
    }
}

fn differs_seal(bill: &Bill, recomputed: &Recomputed, difference: FirstDifference) -> impl IntoView {
    let currency = bill.summary.currency;
    let amount = distance(&bill.summary.total, recomputed.sums.total).filter(|amount| amount.minor() != 0);
    let amount = amount.map(|amount| {
        view! {
            <p>
                <Amount
                    value=amount.to_string()
                    unit=Unit::Money(currency)
                    size=AmountSize::FigureSmall
                    tone=AmountTone::Warn
                />
            </p>
        }
    });
    let part_name = part_of(bill, &difference);
    let body = move || {
        let reader = Reader::here();
        let line = kind_name(reader, &difference.kind, part_name);
        let billed = shown(reader, &difference, &difference.billed, currency);
        let ours = shown(reader, &difference, &difference.recomputed, currency);
        words::bill_seal_differs_body(reader.language, &line, &billed, &ours)
    };
    view! {
        <Seal state=SealState::Differs title=say(words::bill_seal_differs)>
            {amount}
            {body}
        </Seal>
    }
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
