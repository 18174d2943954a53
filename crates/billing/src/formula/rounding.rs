//! The one rounding of the working: half away from zero, to some digits.

use crate::error::{BillingError, Result};
use crate::fraction::Fraction;

pub(super) fn places(digits: Fraction) -> Result<u32> {
    u32::try_from(digits.round(0)?).ok().filter(|d| *d <= 6).ok_or(BillingError::NumberTooLarge)
}

pub(super) fn rounded(amount: Fraction, digits: Fraction) -> Result<Fraction> {
    let digits = places(digits)?;
    Ok(Fraction::from_units(amount.round(digits)?, digits))
}
