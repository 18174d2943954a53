//! BIL-10: the browser's own recomputation of a bill that the server issued.

use api::bills::{Bill, BillPart, BilledReadings};
use billing::audit::{self, Difference, Place, Recheck};
use billing::bill::{Bill as Calculated, Statement, TaxAnswer, statement};
use billing::error::{BillingError, Refusal};
use billing::finding::Message;
use billing::fraction::Fraction;

/// A bill calculated again here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recomputed {
    /// Each part's, in the bill's order.
    pub parts: Vec<Calculated>,
    /// Over all parts: each tax rate once, and what is to pay.
    pub sums: Statement,
    /// Where the issued bill first says something else.
    pub difference: Option<FirstDifference>,
}

/// The first difference between the issued bill and the recomputed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstDifference {
    /// The part it lies in; none for the sums over all parts.
    pub part: Option<usize>,
    /// What differs.
    pub kind: Differs,
    /// As billed; empty where the bill has nothing there.
    pub billed: String,
    /// As recomputed; empty where nothing belongs there.
    pub recomputed: String,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Differs {
    /// The usage, from the two readings.
    Usage,
    /// Something of the engine's own comparison.
    Bill(Place),
}

/// Calculates `bill` again from its facts and compares every line, tax and sum.
///
/// # Errors
/// What the engine refuses: facts that make no bill.
pub fn recompute(bill: &Bill) -> Result<Recomputed, Refusal> {
    let rechecks: Vec<Recheck> = (bill.parts.iter())
        .map(|part| audit::recheck(&part.facts, &part.bill, &|_| Message::default()))
        .collect::<Result<_, _>>()?;
    let bills: Vec<_> = rechecks.iter().map(|recheck| &recheck.bill).collect();
    let sums = statement(&bills, bill.summary.currency).map_err(|error| error.at(""))?;
    let taxes: Vec<TaxAnswer> = sums.taxes.iter().map(|tax| tax.answer()).collect();
    let difference = in_parts(&bill.parts, &rechecks)
        .or_else(|| in_taxes(&bill.taxes, &taxes))
        .or_else(|| in_total(&bill.summary.total, &sums.total.to_string()));
    let parts = rechecks.into_iter().map(|recheck| recheck.bill).collect();
    Ok(Recomputed { parts, sums, difference })
}

fn in_parts(parts: &[BillPart], rechecks: &[Recheck]) -> Option<FirstDifference> {
    parts.iter().zip(rechecks).enumerate().find_map(|(place, (part, recheck))| {
        let usage = usage_of(&part.readings).ok().flatten().map(|usage| usage.to_string());
        let billed = part.facts.usage.to_string();
        if let Some(recomputed) = usage.filter(|usage| *usage != billed) {
            return Some(FirstDifference { part: Some(place), kind: Differs::Usage, billed, recomputed });
        }
        let Difference { place: kind, billed, recomputed } = recheck.difference.clone()?;
        Some(FirstDifference { part: Some(place), kind: Differs::Bill(kind), billed, recomputed })
    })
}

/// BIL-3: the differences of the readings times their multipliers, of the meter at the end and of those that were
/// exchanged. A register that came full circle says nothing here.
pub fn usage_of(readings: &BilledReadings) -> Result<Option<Fraction>, BillingError> {
    let own = (readings.previous, readings.current, readings.multiplier);
    let taken = readings.exchanged.iter().map(|taken| (taken.previous, taken.current, taken.multiplier));
    let mut sum = Fraction::ZERO;
    for (previous, current, multiplier) in taken.chain([own]) {
        if current < previous {
            return Ok(None);
        }
        let difference = current.fraction().minus(previous.fraction())?;
        sum = sum.plus(difference.times(multiplier.fraction())?)?;
    }
    Ok(Some(sum))
}

fn in_taxes(billed: &[TaxAnswer], recomputed: &[TaxAnswer]) -> Option<FirstDifference> {
    let count = billed.len().max(recomputed.len());
    let place = (0..count).find(|place| billed.get(*place) != recomputed.get(*place))?;
    let (ours, theirs) = (billed.get(place), recomputed.get(place));
    let rate = ours.or(theirs).map(|tax| tax.rate.clone()).unwrap_or_default();
    let amount = |tax: Option<&TaxAnswer>| tax.map(|tax| tax.amount.clone()).unwrap_or_default();
    Some(FirstDifference {
        part: None,
        kind: Differs::Bill(Place::Tax(rate)),
        billed: amount(ours),
        recomputed: amount(theirs),
    })
}

fn in_total(billed: &str, recomputed: &str) -> Option<FirstDifference> {
    (billed != recomputed).then(|| FirstDifference {
        part: None,
        kind: Differs::Bill(Place::Total),
        billed: billed.to_owned(),
        recomputed: recomputed.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use api::accounts::{AccountId, AccountSummary, BillId, Commodity, Country, Quality, ServicePointId};
    use api::bills::{BillKind, BillState, BillSummary, ExchangedMeter};
    use billing::bill::{BillFacts, calculate};
    use billing::money::Currency;
    use billing::number::Number;
    use billing::period::{Day, Period, parse_date};

    use super::*;

    fn issued() -> Bill {
        let day = |text| parse_date(text).unwrap();
        let period = Period::new(day("2026-07-28"), day("2026-08-27"));
        let usage = Number::from_units(6300);
        let facts = BillFacts::of_schedule("sa.electricity.residential", period, usage, Some(100));
        let bill = calculate(&facts).unwrap();
        let sums = statement(&[&bill], Currency::SAR).unwrap();
        let part = BillPart {
            service_point: ServicePointId("1".into()),
            commodity: Commodity::Electricity,
            readings: BilledReadings {
                meter: "1".into(),
                previous: Number::from_units(100),
                current: Number::from_units(3250),
                multiplier: Number::from_units(2),
                quality: Quality::Actual,
                exchanged: Vec::new(),
            },
            facts,
            bill: bill.answer(&|_| Message::default()),
        };
        Bill {
            summary: BillSummary {
                id: BillId("1".into()),
                month: Day(day("2026-08-28")),
                period,
                issued_on: Day(day("2026-08-28")),
                due_on: Day(day("2026-09-27")),
                currency: Currency::SAR,
                total: sums.total.to_string(),
                state: BillState::Due,
                usages: Vec::new(),
                kind: BillKind::default(),
                corrects: None,
                corrected_by: None,
                owed: None,
                is_in_parts: false,
            },
            account: AccountSummary {
                id: AccountId("1".into()),
                property: Message::default(),
                country: Country::Sa,
                currency: Currency::SAR,
                commodities: vec![Commodity::Electricity],
            },
            parts: vec![part],
            taxes: sums.taxes.iter().map(|tax| tax.answer()).collect(),
            correction: None,
            settles: Vec::new(),
            dispute: None,
            in_parts: None,
        }
    }

    #[test]
    fn whatever_was_altered_is_the_first_difference() {
        assert_eq!(recompute(&issued()).unwrap().difference, None);
        let line = |code: &str| Differs::Bill(Place::Line(code.to_owned()));
        type Case = (fn(&mut Bill), Option<usize>, Differs);
        let cases: [Case; 6] = [
            (|bill| bill.parts[0].bill.lines[0].amount = "1080.00".into(), Some(0), line("tier-1")),
            (|bill| drop(bill.parts[0].bill.lines.remove(1)), Some(0), line("tier-2")),
            (|bill| bill.parts[0].readings.current = Number::from_units(3251), Some(0), Differs::Usage),
            (|bill| bill.taxes[0].base = "1".into(), None, Differs::Bill(Place::Tax("0.15".into()))),
            (|bill| bill.taxes.clear(), None, Differs::Bill(Place::Tax("0.15".into()))),
            (|bill| bill.summary.total = "1.00".into(), None, Differs::Bill(Place::Total)),
        ];
        for (alter, part, kind) in cases {
            let mut bill = issued();
            alter(&mut bill);
            let difference = recompute(&bill).unwrap().difference.unwrap();
            assert_eq!((difference.part, difference.kind), (part, kind));
        }
    }

    /// 300 units of an old meter and 3,000 x 2 of the new one.
    #[test]
    fn an_exchanged_meter_is_part_of_the_use() {
        let mut bill = issued();
        let taken = ExchangedMeter {
            meter: "0".into(),
            previous: Number::from_units(50),
            current: Number::from_units(350),
            multiplier: Number::from_units(1),
            usage: Number::from_units(300),
            until: bill.summary.period.from,
        };
        bill.parts[0].readings.exchanged.push(taken);
        assert_eq!(recompute(&bill).unwrap().difference.map(|found| found.kind), Some(Differs::Usage));
        bill.parts[0].readings.current = Number::from_units(3100);
        assert_eq!(recompute(&bill).unwrap().difference, None);
    }

    #[test]
    fn facts_that_make_no_bill_are_refused() {
        let mut bill = issued();
        bill.parts[0].facts.breaker_amps = None;
        assert_eq!(recompute(&bill).unwrap_err().error, BillingError::BreakerMissing);
    }
}
