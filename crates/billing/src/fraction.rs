//! Exact arithmetic: nothing is lost before the one rounding.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use crate::error::{BillingError, Result};
use crate::number::{MILLION, Number, SCALE};

/// Decimal places beyond which a value is written as its fraction.
const LONGEST_SCALE: u32 = 18;

/// An exact rational number in lowest terms. Tier limits are `limit x days / 30`, and thirds do not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    numerator: i128,
    denominator: u64,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// A whole number.
    #[must_use]
    pub const fn whole(units: i128) -> Self {
        Self { numerator: units, denominator: 1 }
    }

    /// A count of days, minutes or digits.
    #[must_use]
    pub const fn count(count: i64) -> Self {
        Self::whole(count as i128)
    }

    /// The number of `millionths`.
    #[must_use]
    pub fn from_millionths(millionths: i64) -> Self {
        Self::in_lowest_terms(i128::from(millionths), MILLION.unsigned_abs())
    }

    /// The whole number `units` of `10^-digits` each, as money is kept.
    #[must_use]
    pub fn from_units(units: i128, digits: u32) -> Self {
        Self::in_lowest_terms(units, 10_u64.pow(digits))
    }

    fn in_lowest_terms(numerator: i128, denominator: u64) -> Self {
        if denominator == 1 {
            return Self { numerator, denominator };
        }
        let common = gcd(remainder(numerator, denominator), denominator);
        Self { numerator: quotient(numerator, common), denominator: denominator / common }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit.
    pub fn plus(self, other: Self) -> Result<Self> {
        if self.denominator == other.denominator {
            let sum = self.numerator.checked_add(other.numerator).ok_or(BillingError::NumberTooLarge)?;
            return Ok(Self::in_lowest_terms(sum, self.denominator));
        }
        let common = gcd(self.denominator % other.denominator, other.denominator);
        let (ours, theirs) = (other.denominator / common, self.denominator / common);
        let sum = (self.numerator.checked_mul(i128::from(ours)))
            .zip(other.numerator.checked_mul(i128::from(theirs)))
            .and_then(|(a, b)| a.checked_add(b));
        sum.zip(self.denominator.checked_mul(ours))
            .map(|(numerator, denominator)| Self::in_lowest_terms(numerator, denominator))
            .ok_or(BillingError::NumberTooLarge)
    }

    /// The difference.
    ///
    /// # Errors
    /// As [`Fraction::plus`].
    pub fn minus(self, other: Self) -> Result<Self> {
        self.plus(other.negative())
    }

    /// The product.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit.
    pub fn times(self, other: Self) -> Result<Self> {
        // Cancelling across first keeps the terms small, and the product in lowest terms.
        let a = gcd(remainder(self.numerator, other.denominator), other.denominator);
        let b = gcd(remainder(other.numerator, self.denominator), self.denominator);
        let numerator = quotient(self.numerator, a).checked_mul(quotient(other.numerator, b));
        let denominator = (self.denominator / b).checked_mul(other.denominator / a);
        numerator
            .zip(denominator)
            .map(|(numerator, denominator)| Self { numerator, denominator })
            .ok_or(BillingError::NumberTooLarge)
    }

    /// The quotient.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit or `divisor` is zero.
    pub fn divided_by(self, divisor: Self) -> Result<Self> {
        let denominator = u64::try_from(divisor.numerator.unsigned_abs())
            .ok()
            .filter(|d| *d > 0)
            .ok_or(BillingError::NumberTooLarge)?;
        let sign = divisor.numerator.signum();
        self.times(Self { numerator: sign * i128::from(divisor.denominator), denominator })
    }

    /// With the other sign.
    #[must_use]
    pub const fn negative(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    /// Above zero?
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.numerator > 0
    }

    /// Zero?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The nearest whole number of `10^-digits`, halves away from zero.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit.
    pub fn round(self, digits: u32) -> Result<i128> {
        let scale = 10_u64.checked_pow(digits).ok_or(BillingError::NumberTooLarge)?;
        let times = |by: u64| self.numerator.checked_mul(i128::from(by)).ok_or(BillingError::NumberTooLarge);
        if scale.is_multiple_of(self.denominator) {
            return times(scale / self.denominator);
        }
        let scaled = times(scale)?;
        let whole = quotient(scaled, self.denominator);
        let rest = remainder(scaled, self.denominator);
        let away = if rest >= self.denominator - rest { scaled.signum() } else { 0 };
        Ok(whole + away)
    }

    /// The whole number of `10^-digits` at or below it.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit.
    pub fn floor(self, digits: u32) -> Result<i128> {
        let scale = 10_i128.checked_pow(digits).ok_or(BillingError::NumberTooLarge)?;
        let scaled = self.numerator.checked_mul(scale).ok_or(BillingError::NumberTooLarge)?;
        Ok(scaled.div_euclid(i128::from(self.denominator)))
    }

    /// As it is printed, half up to six decimals, in millionths.
    ///
    /// # Errors
    /// As [`Fraction::round`].
    pub fn printed(self) -> Result<Self> {
        if MILLION.unsigned_abs().is_multiple_of(self.denominator) {
            return Ok(self);
        }
        Ok(Self::from_units(self.round(SCALE)?, SCALE))
    }

    /// The number of six decimals nearest to this, for a fact that is stored.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit.
    pub fn to_number(self) -> Result<Number> {
        i64::try_from(self.round(SCALE)?)
            .map(Number::from_millionths)
            .map_err(|_| BillingError::NumberTooLarge)
    }

    /// `numerator/denominator`, for a value that does not end.
    #[must_use]
    pub fn ratio(self) -> String {
        format!("{}/{}", self.numerator, self.denominator)
    }

    /// Reads what [`Fraction`]'s `Display` writes: a decimal of any length, or a ratio.
    ///
    /// # Errors
    /// [`BillingError::NotADecimal`] for any other form.
    pub fn parse(text: &str) -> Result<Self> {
        if let Some((numerator, denominator)) = text.split_once('/') {
            let numerator: i128 = numerator.parse().map_err(|_| BillingError::NotADecimal)?;
            let denominator: u64 = denominator.parse().map_err(|_| BillingError::NotADecimal)?;
            if denominator == 0 {
                return Err(BillingError::NotADecimal);
            }
            return Ok(Self::in_lowest_terms(numerator, denominator));
        }
        let decimal = Decimal::from_str_exact(text).map_err(|_| BillingError::NotADecimal)?.normalize();
        let denominator = 10_u64.checked_pow(decimal.scale()).ok_or(BillingError::NotADecimal)?;
        Ok(Self::in_lowest_terms(decimal.mantissa(), denominator))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let (ours, theirs) = (i128::from(other.denominator), i128::from(self.denominator));
        match (self.numerator.checked_mul(ours), other.numerator.checked_mul(theirs)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // Whole parts first, then the rests, which always fit.
            _ => {
                let (a, b) = (self.numerator.div_euclid(theirs), other.numerator.div_euclid(ours));
                let rest = |n: i128, d: i128, by: i128| n.rem_euclid(d) * by;
                a.cmp(&b).then_with(|| {
                    rest(self.numerator, theirs, ours).cmp(&rest(other.numerator, ours, theirs))
                })
            }
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    /// A decimal where it ends within 18 places, else the fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_decimal() {
            Some(decimal) => decimal.fmt(f),
            None => f.write_str(&self.ratio()),
        }
    }
}

impl Fraction {
    /// A fraction ends where its denominator holds no primes but two and five.
    fn as_decimal(self) -> Option<Decimal> {
        let twos = self.denominator.trailing_zeros();
        let mut rest = self.denominator >> twos;
        let mut fives = 0;
        while rest.is_multiple_of(5) {
            rest /= 5;
            fives += 1;
        }
        let scale = twos.max(fives);
        if rest != 1 || scale > LONGEST_SCALE {
            return None;
        }
        let factor = 10_i128.pow(scale) / i128::from(self.denominator);
        let mantissa = self.numerator.checked_mul(factor)?;
        Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(|d| d.normalize())
    }
}

/// `|numerator| mod denominator`, without the slow 128-bit division where 64 bits hold it.
fn remainder(numerator: i128, denominator: u64) -> u64 {
    let size = numerator.unsigned_abs();
    match u64::try_from(size) {
        Ok(small) => small % denominator,
        Err(_) => (size % u128::from(denominator)) as u64,
    }
}

/// `numerator / denominator` towards zero, likewise.
fn quotient(numerator: i128, denominator: u64) -> i128 {
    match (i64::try_from(numerator), i64::try_from(denominator)) {
        (_, Ok(1)) => numerator,
        (Ok(small), Ok(by)) => i128::from(small / by),
        _ => numerator / i128::from(denominator),
    }
}

const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(text: &str) -> Fraction {
        Fraction::parse(text).unwrap()
    }

    #[test]
    fn fractions_print_as_decimals_where_they_end() {
        for (text, shown) in [
            ("0", "0"),
            ("3100/3", "3100/3"),
            ("6200/2", "3100"),
            ("1/8", "0.125"),
            ("-1/40", "-0.025"),
            ("1/1000000", "0.000001"),
            ("7/30", "7/30"),
            ("1/256", "0.00390625"),
            ("-5/3", "-5/3"),
        ] {
            assert_eq!(f(text).to_string(), shown, "{text}");
            assert_eq!(f(&f(text).to_string()), f(text), "{text} comes back");
        }
    }

    #[test]
    fn halves_round_away_from_zero() {
        for (text, digits, units) in [
            ("0.0005", 3, 1),
            ("-0.0005", 3, -1),
            ("0.000499", 3, 0),
            ("1.3175", 3, 1318),
            ("2.5", 0, 3),
            ("-2.5", 0, -3),
            ("1/3", 2, 33),
            ("2/3", 2, 67),
        ] {
            assert_eq!(f(text).round(digits).unwrap(), units, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact_and_checked() {
        assert_eq!(f("1/3").plus(f("1/6")).unwrap(), f("1/2"));
        assert_eq!(f("1/3").minus(f("1/3")).unwrap(), Fraction::ZERO);
        assert_eq!(f("2000").times(f("31/30")).unwrap(), f("6200/3"));
        assert_eq!(f("1").divided_by(f("-3")).unwrap(), f("-1/3"));
        assert_eq!(f("1").divided_by(Fraction::ZERO), Err(BillingError::NumberTooLarge));
        let huge = Fraction::whole(i128::MAX);
        assert_eq!(huge.plus(huge), Err(BillingError::NumberTooLarge));
        assert_eq!(huge.times(f("2")), Err(BillingError::NumberTooLarge));
        assert_eq!(huge.round(3), Err(BillingError::NumberTooLarge));
    }

    #[test]
    fn order_holds_where_products_would_not_fit() {
        let huge = Fraction::whole(i128::MAX / 2);
        assert!(huge > f("1/3"));
        assert!(huge.negative() < f("-1/3"));
        assert!(f("1/3") < f("334/1000"));
        assert!(f("-1/3") > f("-334/1000"));
    }
}
