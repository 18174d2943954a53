//! The sums of metering, corrections and parts.

use super::{Formula, places, rounded};
use crate::error::{BillingError, Result};
use crate::fraction::Fraction;
use crate::rising::rising;

impl Formula {
    /// The result of a formula that no plain bill needs.
    pub(super) fn measured(self, inputs: &[Fraction]) -> Result<Fraction> {
        match (self, inputs) {
            (Self::Consumption, [current, previous, multiplier]) => {
                millionths(current.minus(*previous)?.times(*multiplier)?)
            }
            (Self::RollOver, [current, range, previous, multiplier]) => {
                millionths(current.plus(*range)?.minus(*previous)?.times(*multiplier)?)
            }
            (Self::TrueFast, [recorded, error]) => true_use(*recorded, HUNDRED.plus(*error)?),
            (Self::TrueSlow, [recorded, error]) => true_use(*recorded, HUNDRED.minus(*error)?),
            (Self::Remultiplied, [usage, right, wrong]) => {
                millionths(usage.times(*right)?.divided_by(*wrong)?)
            }
            (Self::Change, [a, b]) | (Self::Overcharge, [a, b]) => a.minus(*b),
            (Self::Power, [a, b]) | (Self::ShareLimit, [a, b]) => a.times(*b),
            (Self::LoadUse, [watts, hours, days]) => {
                watts.times(*hours)?.times(*days)?.divided_by(Fraction::count(1000))
            }
            (Self::Daily, [usage, days]) => usage.divided_by(*days),
            (Self::Estimate, [usage, days, of]) => thousandths(usage.times(*days)?.divided_by(*of)?),
            (Self::Median, parts) => median(parts),
            (Self::Bound, [median, factor, days]) => median.times(*factor)?.times(*days),
            (Self::ShareOfUse, [usage, share]) => Ok(Fraction::from_units(usage.times(*share)?.floor(6)?, 6)),
            (Self::FeeTimes, [fee, times, digits]) => rounded(fee.times(*times)?, *digits),
            (Self::Average, [amount, count, digits]) => rounded(amount.divided_by(*count)?, *digits),
            (Self::Excess, [amount, earlier]) => Ok(amount.minus(*earlier)?.max(Fraction::ZERO)),
            (Self::Smaller, [left, debt]) => Ok(*left.min(debt)),
            (Self::Part, [amount, weight, of, extra, digits]) => {
                let digits = places(*digits)?;
                let minor = amount.times(*weight)?.divided_by(*of)?.floor(digits)?;
                Fraction::from_units(minor, digits).plus(extra.times(Fraction::from_units(1, digits))?)
            }
            (Self::MonthDays, [month_days, _]) => Ok(*month_days),
            (Self::NextYear, [year, years]) => year.plus(*years),
            _ => self.saved(inputs),
        }
    }
}

const HUNDRED: Fraction = Fraction::count(100);

fn millionths(value: Fraction) -> Result<Fraction> {
    Ok(Fraction::from_units(value.round(6)?, 6))
}

fn thousandths(value: Fraction) -> Result<Fraction> {
    Ok(Fraction::from_units(value.round(3)?, 3))
}

fn true_use(recorded: Fraction, percent: Fraction) -> Result<Fraction> {
    thousandths(recorded.times(HUNDRED)?.divided_by(percent)?)
}

fn median(values: &[Fraction]) -> Result<Fraction> {
    let sorted = rising(values, |a, b| a > b);
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len() % 2) {
        (Some(one), 1) => Ok(*one),
        (Some(upper), _) => sorted[middle - 1].plus(*upper)?.divided_by(Fraction::count(2)),
        (None, _) => Err(BillingError::NumberTooLarge),
    }
}
