//! The recheck (BIL-10): an issued bill calculated again from its facts, and the first place where it differs.

mod answer;
pub mod comparison;
pub mod fair_days;
pub mod proof;

pub use answer::*;

use crate::bill::{self, Bill, BillAnswer, BillFacts};
use crate::error::Refusal;
use crate::finding::Say;

/// A bill calculated again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recheck {
    /// What the engine gives now.
    pub bill: Bill,
    /// The first place where the issued bill says something else.
    pub difference: Option<Difference>,
}

/// Where an issued bill differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In which part.
    pub place: Place,
    /// What the bill says; empty where it has no such line.
    pub billed: String,
    /// What the engine gives; empty where it has no such line.
    pub recomputed: String,
}

/// A part of a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The units of the line with this code.
    Quantity(String),
    /// The price of the line with this code.
    Price(String),
    /// The amount of the line with this code, or the line itself.
    Line(String),
    /// The sum of the lines.
    Subtotal,
    /// The tax of this rate.
    Tax(String),
    /// The sum to pay.
    Total,
    /// The days, the sum of the taxes or the working.
    Rest,
}

/// Calculates `facts` again and compares the result with `billed`, top down. Nothing is equal but the same text.
/// Findings are no part of a bill's sum, and what is assumed today may be published tomorrow: they are not compared.
///
/// # Errors
/// What [`bill::calculate`] gives: an issued bill whose facts do not make a bill.
pub fn recheck(facts: &BillFacts, billed: &BillAnswer, say: Say<'_>) -> Result<Recheck, Refusal> {
    let bill = bill::calculate(facts)?;
    let difference = first_difference(billed, &bill.answer(say));
    Ok(Recheck { bill, difference })
}

/// The first place where two bills differ.
#[must_use]
pub fn first_difference(billed: &BillAnswer, recomputed: &BillAnswer) -> Option<Difference> {
    lines(billed, recomputed)
        .or_else(|| differ(Place::Subtotal, &billed.subtotal, &recomputed.subtotal))
        .or_else(|| taxes(billed, recomputed))
        .or_else(|| differ(Place::Total, &billed.total, &recomputed.total))
        .or_else(|| differ(Place::Rest, &billed.tax, &recomputed.tax))
        .or_else(|| {
            let same = (billed.days, billed.currency) == (recomputed.days, recomputed.currency)
                && billed.working == recomputed.working;
            (!same).then(|| Difference {
                place: Place::Rest,
                billed: billed.total.clone(),
                recomputed: recomputed.total.clone(),
            })
        })
}

fn lines(billed: &BillAnswer, recomputed: &BillAnswer) -> Option<Difference> {
    let count = billed.lines.len().max(recomputed.lines.len());
    (0..count).find_map(|at| match (billed.lines.get(at), recomputed.lines.get(at)) {
        (Some(ours), Some(theirs)) if ours.code == theirs.code => {
            let code = || ours.code.clone();
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            differ(Place::Quantity(code()), &text(&ours.quantity), &text(&theirs.quantity))
                .or_else(|| differ(Place::Price(code()), &text(&ours.price), &text(&theirs.price)))
                .or_else(|| differ(Place::Line(code()), &ours.amount, &theirs.amount))
                .or_else(|| {
                    (ours != theirs).then(|| whole_line(ours.code.clone(), &ours.amount, &theirs.amount))
                })
        }
        (Some(only), None) => Some(whole_line(only.code.clone(), &only.amount, "")),
        (None, Some(only)) => Some(whole_line(only.code.clone(), "", &only.amount)),
        (Some(ours), Some(theirs)) => {
            let known = recomputed.lines.iter().any(|line| line.code == ours.code);
            if known {
                Some(whole_line(theirs.code.clone(), "", &theirs.amount))
            } else {
                Some(whole_line(ours.code.clone(), &ours.amount, ""))
            }
        }
        (None, None) => None,
    })
}

fn taxes(billed: &BillAnswer, recomputed: &BillAnswer) -> Option<Difference> {
    let count = billed.taxes.len().max(recomputed.taxes.len());
    (0..count).find_map(|at| {
        let (ours, theirs) = (billed.taxes.get(at), recomputed.taxes.get(at));
        let rate = ours.or(theirs).map(|tax| tax.rate.clone()).unwrap_or_default();
        let amount = |tax: Option<&bill::TaxAnswer>| tax.map(|tax| tax.amount.clone()).unwrap_or_default();
        (ours != theirs).then(|| Difference {
            place: Place::Tax(rate),
            billed: amount(ours),
            recomputed: amount(theirs),
        })
    })
}

fn differ(place: Place, billed: &str, recomputed: &str) -> Option<Difference> {
    (billed != recomputed).then(|| Difference {
        place,
        billed: billed.to_owned(),
        recomputed: recomputed.to_owned(),
    })
}

fn whole_line(code: String, billed: &str, recomputed: &str) -> Difference {
    Difference { place: Place::Line(code), billed: billed.to_owned(), recomputed: recomputed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Message;
    use crate::number::Number;
    use crate::period::{Period, parse_date};

    fn facts() -> BillFacts {
        let day = |text| parse_date(text).unwrap();
        let period = Period::new(day("2026-07-28"), day("2026-08-27"));
        BillFacts::of_schedule("sa.electricity.residential", period, Number::from_units(6300), Some(100))
    }

    #[test]
    fn any_altered_part_is_found() {
        let say: Say<'_> = &|_| Message::default();
        let issued = bill::calculate(&facts()).unwrap().answer(say);
        assert_eq!(recheck(&facts(), &issued, say).unwrap().difference, None);
        let place_of = |alter: fn(&mut BillAnswer)| {
            let mut billed = issued.clone();
            alter(&mut billed);
            recheck(&facts(), &billed, say).unwrap().difference.unwrap().place
        };
        assert_eq!(place_of(|b| b.lines[0].amount = "1".into()), Place::Line("tier-1".into()));
        assert_eq!(place_of(|b| b.lines[0].quantity = Some("6000".into())), Place::Quantity("tier-1".into()));
        assert_eq!(place_of(|b| b.lines[1].price = Some("0.32".into())), Place::Price("tier-2".into()));
        assert_eq!(place_of(|b| b.lines[1].unit = Some("MWh".into())), Place::Line("tier-2".into()));
        assert_eq!(place_of(|b| drop(b.lines.pop())), Place::Line("fee.meter".into()));
        assert_eq!(place_of(|b| drop(b.lines.remove(0))), Place::Line("tier-1".into()));
        assert_eq!(place_of(|b| b.lines.push(b.lines[0].clone())), Place::Line("tier-1".into()));
        assert_eq!(place_of(|b| b.subtotal = "1".into()), Place::Subtotal);
        assert_eq!(place_of(|b| b.taxes[0].base = "1".into()), Place::Tax("0.15".into()));
        assert_eq!(place_of(|b| b.taxes.clear()), Place::Tax("0.15".into()));
        assert_eq!(place_of(|b| b.tax = "1".into()), Place::Rest);
        assert_eq!(place_of(|b| b.total = "1".into()), Place::Total);
        assert_eq!(place_of(|b| b.days = 30), Place::Rest);
        assert_eq!(place_of(|b| b.working[1].result = "1".into()), Place::Rest);
    }
}
