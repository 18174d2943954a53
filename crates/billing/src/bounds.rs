//! What a request may hold: the checks that every rule shares.

use crate::error::{BillingError, Refusal};
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;

/// The most entries of any list: what a household, an office or a court would write down, and no more.
const MOST_ENTRIES: u32 = 1000;
/// The largest number of the contract's 12 digits has to stay below this.
const TOO_LARGE: Fraction = Fraction::whole(1_000_000_000_000);

/// Nothing below zero.
pub(crate) fn not_negative(value: Number, field: &str) -> Result<(), Refusal> {
    if value < Number::ZERO { Err(BillingError::Negative.at(field)) } else { Ok(()) }
}

/// Nothing below zero or above `most`.
pub(crate) fn at_most(value: Number, most: Number, field: &str) -> Result<(), Refusal> {
    not_negative(value, field)?;
    if value > most {
        return Err(BillingError::OutOfRange { least: Number::ZERO, most }.at(field));
    }
    Ok(())
}

/// A count from `least` to `most`.
pub(crate) fn count(value: u32, least: u32, most: u32, field: &str) -> Result<(), Refusal> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let (least, most) = (Number::from_units(least), Number::from_units(most));
    Err(BillingError::OutOfRange { least, most }.at(field))
}

/// A list with at least `least` entries and not endless.
pub(crate) fn list<T>(entries: &[T], least: u32, field: &str) -> Result<(), Refusal> {
    count(u32::try_from(entries.len()).unwrap_or(u32::MAX), least, MOST_ENTRIES, field)
}

/// An amount of whole minor units, not negative.
pub(crate) fn money(value: Number, currency: Currency, field: &str) -> Result<Money, Refusal> {
    not_negative(value, field)?;
    let money = Money::of_rounded(value.fraction(), currency).map_err(|e| e.at(field))?;
    if money.fraction() != value.fraction() {
        let smallest = Money::from_minor(1, currency);
        return Err(BillingError::FinerThanMinorUnit { smallest }.at(field));
    }
    Ok(money)
}

/// A quantity that another request may carry: at most 12 digits before the point, six after it.
pub(crate) fn quantity(value: Fraction, field: &str) -> Result<Number, Refusal> {
    if value.max(value.negative()) >= TOO_LARGE {
        return Err(BillingError::NumberTooLarge.at(field));
    }
    value.to_number().map_err(|e| e.at(field))
}
