//! Fair days: what the same use would cost in a shorter or longer period. Limits that follow the days make that nearly
//! the same; a bill without them would push units into a dearer tier.

use crate::bill::{self, Bill, BillFacts};
use crate::error::{BillingError, Refusal};
use crate::period::Period;

/// The bill of the same use in `days` days that end with the period, at the prices of its last day.
///
/// # Errors
/// [`BillingError::NotADate`] for days below one, or where they begin before the calendar; as [`bill::calculate`].
///
/// # Source
/// TAR-5.
pub fn in_days(facts: &BillFacts, days: i64) -> Result<Bill, Refusal> {
    let last = facts.period.last();
    let period = Period::ending(last, days).ok_or_else(|| BillingError::NotADate.at("/period/from"))?;
    let facts = BillFacts { period, intervals: None, ..facts.clone() };
    bill::on_day(&facts, last)
}

/// The highest tier that a bill's use reached, from 1; none where it has no tiers.
#[must_use]
pub fn tier_reached(bill: &Bill) -> Option<usize> {
    bill.lines.iter().filter_map(|line| tier_of(&line.code)).max()
}

/// `2` of `tier-2` and of `tier-2@3`.
fn tier_of(code: &str) -> Option<usize> {
    code.strip_prefix("tier-")?.split('@').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Number;
    use crate::period::parse_date;

    #[test]
    fn limits_follow_the_days_and_a_flat_price_does_not() {
        let day = |text| parse_date(text).unwrap();
        let period = Period::new(day("2026-07-28"), day("2026-08-27"));
        let villa = |usage| {
            BillFacts::of_schedule("sa.electricity.residential", period, Number::from_units(usage), Some(100))
        };
        let flat = BillFacts::of_schedule("kw.electricity.private", period, Number::from_units(6000), None);
        for (facts, days, total, tier) in [
            // The limit of 6,000 in 30 days: 5,400 in 27, 6,000 in 30, 6,200 in 31, 6,600 in 33.
            (villa(6000), 27, "1342.05", 2),
            (villa(6000), 30, "1259.25", 1),
            (villa(6000), 31, "1259.25", 1),
            (villa(6300), 30, "1362.75", 2),
            (villa(6300), 33, "1321.35", 1),
            (flat.clone(), 27, "12.000", 1),
            (flat, 33, "12.000", 1),
        ] {
            let bill = in_days(&facts, days).unwrap();
            assert_eq!(bill.days, days);
            assert_eq!(
                (bill.total.to_string().as_str(), tier_reached(&bill)),
                (total, Some(tier)),
                "{days} days"
            );
        }
        for days in [0, -1, i64::MIN, i64::MAX, 800_000] {
            assert_eq!(in_days(&villa(1), days).unwrap_err().error, BillingError::NotADate, "{days} days");
        }
    }
}
