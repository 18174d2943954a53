//! The bill that a reading implies: what a customer sees on the meter, against what was billed.

use crate::bill::{self, Bill, BillFacts, statement};
use crate::error::{BillingError, Refusal};
use crate::finding::Message;
use crate::fraction::Fraction;
use crate::metering::consumption::{ConsumptionRequest, Register, consumption};
use crate::money::{Currency, Money};
use crate::number::Number;

/// A bill whose register showed what the customer saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Implied {
    /// Units of the period, at most.
    pub usage: Number,
    /// The part with them.
    pub part: Bill,
    /// What the whole bill comes to with them.
    pub total: Money,
}

/// What a bill of these `parts` comes to when the register of the one at `place` showed `register.current` at the period's
/// end. A register only counts on: seen after that end, it can have shown no more then, so nothing above the sum is proven.
/// `exchanged` are the units that meters counted which were taken away before it within the period; zero as a rule.
///
/// # Errors
/// [`BillingError::ReadingFell`] below the period's first reading, [`BillingError::OutOfRange`] for what the digits cannot
/// show or a `place` that the bill does not have; what the engine refuses of the facts.
///
/// # Source
/// BIL-3 and the bill's own schedule.
pub fn implied(
    parts: &[&BillFacts],
    place: usize,
    (register, exchanged): (Register, Number),
    currency: Currency,
) -> Result<Implied, Refusal> {
    let registers = vec![Register { until: None, ..register }];
    let counted = consumption(&ConsumptionRequest { registers }, &|_| Message::default())?;
    let usage = Number::parse(&counted.usage)?.fraction().plus(exchanged.fraction());
    let usage = usage.and_then(Fraction::to_number).map_err(|error| error.at("/exchanged"))?;
    let mut facts: Vec<BillFacts> = parts.iter().map(|part| (*part).clone()).collect();
    let most = Number::from_units(u32::try_from(facts.len()).unwrap_or(u32::MAX));
    let outside = BillingError::OutOfRange { least: Number::ZERO, most };
    let part = facts.get_mut(place).ok_or_else(|| outside.at("/place"))?;
    part.usage = usage;
    let mut bills: Vec<Bill> = facts.iter().map(bill::calculate).collect::<Result<_, _>>()?;
    let all: Vec<&Bill> = bills.iter().collect();
    let total = statement(&all, currency).map_err(|error| error.at(""))?.total;
    Ok(Implied { usage, part: bills.swap_remove(place), total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::{Period, parse_date};

    fn facts(usage: u32) -> BillFacts {
        let day = |text| parse_date(text).unwrap();
        let period = Period::new(day("2026-07-28"), day("2026-08-27"));
        BillFacts::of_schedule("sa.electricity.residential", period, Number::from_units(usage), Some(100))
    }

    fn register(previous: u32, current: u32) -> Register {
        let [previous, current] = [previous, current].map(Number::from_units);
        Register { previous, current, multiplier: Number::from_units(1), digits: Some(5), until: None }
    }

    #[test]
    fn a_reading_makes_the_bill_that_it_would_have_made() {
        let part = facts(7000);
        for (current, expected) in [
            // The first reading again: the meter fee and its tax alone.
            (1000, Ok(("0", "17.25"))),
            // The last unit of the first tier, 6,000 x 31/30: (6,200 x 0.18 + 15) x 1.15.
            (7200, Ok(("6200", "1300.65"))),
            (7201, Ok(("6201", "1301.00"))),
            (999, Err("reading-fell")),
            (100_000, Err("out-of-range")),
        ] {
            let got = implied(&[&part], 0, (register(1000, current), Number::ZERO), Currency::SAR);
            let got = got.map(|implied| (implied.usage.to_string(), implied.total.to_string()));
            let got = got.as_ref().map(|(usage, total)| (usage.as_str(), total.as_str()));
            assert_eq!(got.map_err(|refusal| refusal.error.code()), expected, "{current}");
        }
    }

    #[test]
    fn the_other_parts_stay_and_a_part_that_is_not_there_is_refused() {
        let parts = [facts(100), facts(7000)];
        let parts: Vec<&BillFacts> = parts.iter().collect();
        let total = |place| {
            implied(&parts, place, (register(0, 300), Number::ZERO), Currency::SAR).map(|it| it.total)
        };
        // 100 and 300 units at 0.18, two meter fees, one tax: (72 + 30) x 1.15.
        assert_eq!(total(1).map(|total| total.to_string()), Ok("117.30".to_owned()));
        assert_eq!(total(2).unwrap_err().field, "/place");
    }

    #[test]
    fn what_an_exchanged_meter_counted_before_is_part_of_the_use() {
        let part = facts(7000);
        // 100 units of the old meter and 6,100 of this one: the last unit of the first tier.
        let exchanged = Number::from_units(100);
        let got = implied(&[&part], 0, (register(1000, 7100), exchanged), Currency::SAR).unwrap();
        assert_eq!((got.usage.to_string(), got.total.to_string()), ("6200".into(), "1300.65".into()));
    }
}
