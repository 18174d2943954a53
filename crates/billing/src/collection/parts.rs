//! An amount in parts by weight that add up to it.

use std::cmp::Reverse;

use crate::error::{BillingError, Result};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::working::{Basis, Working};

/// Who gets the minor units that rounding down leaves over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeftOver {
    /// The first parts, one each.
    ToTheFirst,
    /// The parts that rounding down took most from; of equal ones the first.
    ToTheLargestRests,
}

/// Divides `amount` by `weights`, whose sum is above zero; one step a part.
pub(crate) fn divide(
    amount: Money,
    weights: &[Fraction],
    left_over: LeftOver,
    basis: Basis,
    working: &mut Working,
) -> Result<Vec<Money>> {
    let currency = amount.currency();
    let digits = currency.minor_digits();
    let whole = weights.iter().try_fold(Fraction::ZERO, |sum, weight| sum.plus(*weight))?;
    let mut rests = Vec::with_capacity(weights.len());
    let mut left = amount.minor();
    for (at, weight) in weights.iter().enumerate() {
        let exact = amount.fraction().times(*weight)?.divided_by(whole)?;
        let floor = exact.floor(digits)?;
        left -= floor;
        rests.push((exact.minus(Fraction::from_units(floor, digits))?, at));
    }
    if left_over == LeftOver::ToTheLargestRests {
        rests.sort_by_key(|(rest, at)| (Reverse(*rest), *at));
    }
    let left = usize::try_from(left).map_err(|_| BillingError::NumberTooLarge)?;
    let mut extra = vec![0; weights.len()];
    for (_, at) in rests.iter().take(left) {
        extra[*at] = 1;
    }
    let mut parts = Vec::with_capacity(weights.len());
    for (weight, extra) in weights.iter().zip(extra) {
        let inputs =
            [amount.fraction(), *weight, whole, Fraction::count(extra), Fraction::count(i64::from(digits))];
        let part = working.step(basis, Formula::Part, &inputs)?;
        parts.push(Money::of_rounded(part, currency)?);
    }
    Ok(parts)
}
