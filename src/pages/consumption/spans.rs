//! From the reply's spans to what is drawn and listed: totals, tiers, last year.

use api::accounts::ServicePoint;
use api::consumption::{Consumption, Span};
use billing::bill::{self, Bill, BillFacts, TierBounds};
use billing::fraction::Fraction;
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::Period;

/// The sum of what was measured.
pub fn total(spans: &[Span]) -> Number {
    Number::from_millionths(spans.iter().filter_map(|span| span.usage).map(Number::millionths).sum())
}

/// The span of the highest use.
pub fn peak(spans: &[Span]) -> Option<&Span> {
    spans.iter().filter(|span| span.usage.is_some()).max_by_key(|span| span.usage)
}

/// The end of the last measured span.
pub fn measured_until(consumption: &Consumption) -> Option<i64> {
    consumption.spans.iter().rev().find(|span| span.usage.is_some()).map(|span| span.end)
}

/// What `used` costs in a billing period of the point.
pub fn bill_of(point: &ServicePoint, period: Period, used: Number) -> Option<Bill> {
    bill::calculate(&BillFacts::of_schedule(&point.tariff, period, used, point.breaker_amps)).ok()
}

/// What each day of a period added to its bill: with what is due without any use, they add up to the bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// One for each running total.
    pub each: Vec<String>,
    /// Due without any use, such as a fee for the meter; none where nothing is.
    pub fixed: Option<String>,
    /// The bill of all of them.
    pub total: String,
    pub currency: Currency,
}

/// Costs by running totals, in millionths.
pub fn costs(point: &ServicePoint, period: Period, totals: &[i64]) -> Option<Costs> {
    let bill = |used: i64| bill_of(point, period, Number::from_millionths(used));
    let none = bill(0)?;
    let currency = none.currency;
    let mut before = none.total.minor();
    let mut each = Vec::with_capacity(totals.len());
    for total in totals {
        let after = bill(*total)?.total.minor();
        each.push(Money::from_minor(after - before, currency).to_string());
        before = after;
    }
    let fixed = (none.total.minor() != 0).then(|| none.total.to_string());
    Some(Costs { each, fixed, total: Money::from_minor(before, currency).to_string(), currency })
}

/// The price list of the point in that period.
pub fn tiers_of(point: &ServicePoint, period: Period, used: Number) -> Vec<TierBounds> {
    bill::tiers(&BillFacts::of_schedule(&point.tariff, period, used, point.breaker_amps)).unwrap_or_default()
}

/// Splits each span's use at the limits that the running total crosses in it: tier (from 0) and millionths.
pub fn by_tier(usages: &[Option<Number>], tiers: &[TierBounds]) -> Vec<Vec<(usize, i64)>> {
    let limits: Vec<i64> = tiers.iter().filter_map(|tier| tier.to).map(millionths).collect();
    let mut running = 0;
    let mut parts_of = |usage: &Option<Number>| {
        let mut left = usage.map_or(0, Number::millionths);
        let mut parts = Vec::new();
        while left > 0 {
            let tier = limits.iter().take_while(|limit| **limit <= running).count();
            let room = limits.get(tier).map_or(left, |limit| limit - running);
            let part = left.min(room);
            parts.push((tier, part));
            running += part;
            left -= part;
        }
        parts
    };
    usages.iter().map(&mut parts_of).collect()
}

/// The running total up to the last measured span; what was not measured adds nothing.
pub fn running(usages: &[Option<Number>]) -> Vec<i64> {
    let measured = usages.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let mut sum = 0;
    let mut next = |usage: &Option<Number>| {
        sum += usage.map_or(0, Number::millionths);
        sum
    };
    usages[..measured].iter().map(&mut next).collect()
}

/// For the drawing.
pub fn millionths(value: Fraction) -> i64 {
    value.to_number().map_or(i64::MAX, Number::millionths)
}

/// A share of `part` in `whole`, in thousandths, rounded half away from zero.
pub fn thousandths(part: Number, whole: Number) -> Option<i64> {
    let share = part.fraction().divided_by(whole.fraction()).ok()?;
    i64::try_from(share.round(3).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(units: u32) -> Option<Number> {
        Some(Number::from_units(units))
    }

    fn tiers() -> Vec<TierBounds> {
        let limit = |units| Some(Fraction::whole(units));
        let tier = |place, from, to| TierBounds { place, price: None, from: Fraction::whole(from), to };
        vec![tier(1, 0, limit(1000)), tier(2, 1000, limit(2000)), tier(3, 2000, None)]
    }

    #[test]
    fn a_day_is_split_where_it_crosses_a_limit() {
        let parts = by_tier(&[whole(980), whole(50), None, whole(1000)], &tiers());
        let units = |parts: &[(usize, i64)]| -> Vec<(usize, i64)> {
            parts.iter().map(|(tier, part)| (*tier, part / 1_000_000)).collect()
        };
        let parts: Vec<_> = parts.iter().map(|parts| units(parts)).collect();
        assert_eq!(parts, [vec![(0, 980)], vec![(0, 20), (1, 30)], vec![], vec![(1, 970), (2, 30)]]);
    }

    #[test]
    fn the_running_total_ends_with_the_last_measured_day() {
        let days = [whole(1), None, whole(2), None];
        assert_eq!(running(&days), [1_000_000, 1_000_000, 3_000_000]);
        assert!(running(&[None, None]).is_empty());
    }

    #[test]
    fn shares_are_rounded_once() {
        for (part, all, share) in [(1, 3, Some(333)), (2, 3, Some(667)), (1, 0, None)] {
            assert_eq!(thousandths(Number::from_units(part), Number::from_units(all)), share);
        }
    }

    #[test]
    fn the_days_and_what_is_due_without_them_add_up_to_the_bill() {
        let point = crate::pages::overview::figures::tests::point();
        // 31 days widen the first tier of 1,000 units to 1,033.33.
        let totals: Vec<i64> = [1_000, 1_000, 1_040].map(|units: i64| units * 1_000_000).to_vec();
        let costs = costs(&point, point.period, &totals).unwrap();
        assert_eq!(costs.each, ["5.000", "0.000", "0.234"]);
        assert_eq!((costs.fixed, costs.total.as_str()), (None, "5.234"));
    }
}
