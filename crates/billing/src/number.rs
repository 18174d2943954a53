//! Plain decimals as the contract writes them: at most 12 digits before the point and six after it.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{BillingError, Result};
use crate::fraction::Fraction;

/// Digits after the point.
pub const SCALE: u32 = 6;
/// Millionths in a unit.
pub const MILLION: i64 = 1_000_000;
const WHOLE_DIGITS: usize = 12;
/// `-9223372036854.775808`.
const LONGEST: usize = 21;

/// An exact decimal, held in millionths: a price, a quantity, a limit, a rate or an amount of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i64);

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The number of `millionths`.
    #[must_use]
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// The whole number `units`.
    #[must_use]
    pub const fn from_units(units: u32) -> Self {
        Self(units as i64 * MILLION)
    }

    /// In millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Reads `-?[0-9]{1,12}(\.[0-9]{1,6})?`.
    ///
    /// # Errors
    /// [`BillingError::NotADecimal`] for any other form, [`BillingError::NumberTooLong`] for more digits.
    pub fn parse(text: &str) -> Result<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(part) {
            return Err(BillingError::NotADecimal);
        }
        if whole.len() > WHOLE_DIGITS || part.len() > SCALE as usize {
            return Err(BillingError::NumberTooLong);
        }
        // Eighteen digits at most: no sum of them is too large.
        let places = part.bytes().chain(std::iter::repeat(b'0')).take(SCALE as usize);
        let millionths = whole.bytes().chain(places).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        Ok(Self(if text.starts_with('-') { -millionths } else { millionths }))
    }

    /// Its text at the end of `room`, without trailing zeros or a trailing point. An answer holds hundreds of numbers, and
    /// a general decimal takes several times as long to write.
    fn write_to(self, room: &mut [u8; LONGEST]) -> &str {
        let mut rest = self.0.unsigned_abs();
        let mut places = SCALE;
        while places > 0 && rest.is_multiple_of(10) {
            rest /= 10;
            places -= 1;
        }
        let mut start = LONGEST;
        let mut put = |byte| {
            start -= 1;
            room[start] = byte;
        };
        for _ in 0..places {
            put(b'0' + (rest % 10) as u8);
            rest /= 10;
        }
        if places > 0 {
            put(b'.');
        }
        loop {
            put(b'0' + (rest % 10) as u8);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if self.0 < 0 {
            put(b'-');
        }
        str::from_utf8(&room[start..]).unwrap_or_default()
    }

    /// The same value, exact, for arithmetic.
    #[must_use]
    pub fn fraction(self) -> Fraction {
        Fraction::from_millionths(self.0)
    }
}

impl fmt::Display for Number {
    /// Without trailing zeros or a trailing point.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.write_to(&mut [0; LONGEST]))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.write_to(&mut [0; LONGEST]))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal in a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Number, E> {
        Number::parse(text).map_err(|e| coded(&e))
    }

    fn visit_u64<E: de::Error>(self, whole: u64) -> std::result::Result<Number, E> {
        self.visit_str(&whole.to_string())
    }

    fn visit_i64<E: de::Error>(self, whole: i64) -> std::result::Result<Number, E> {
        self.visit_str(&whole.to_string())
    }
}

/// An error that keeps its code on the way through serde, which carries text only.
pub(crate) fn coded<E: de::Error>(error: &BillingError) -> E {
    E::custom(format_args!("#{}", error.code()))
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["string", "integer"],
            "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,6})?$",
            "description": "An exact decimal in a string; a JSON number only when it is an integer."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_decimals() {
        for (text, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("0.25", "0.25"),
            ("1600.000", "1600"),
            ("-2.5", "-2.5"),
            ("10.5", "10.5"),
            ("100", "100"),
            ("0.000001", "0.000001"),
            ("-0.000010", "-0.00001"),
            ("5.090100", "5.0901"),
            ("999999999999.999999", "999999999999.999999"),
        ] {
            assert_eq!(Number::parse(text).unwrap().to_string(), shown, "{text}");
        }
        assert_eq!(Number::from_millionths(i64::MIN).to_string(), "-9223372036854.775808");
        use BillingError::{NotADecimal, NumberTooLong};
        for (text, error) in [
            ("", NotADecimal),
            ("-", NotADecimal),
            ("+1", NotADecimal),
            (" 1", NotADecimal),
            ("1.", NotADecimal),
            (".5", NotADecimal),
            ("1e3", NotADecimal),
            ("1,000", NotADecimal),
            ("1_000", NotADecimal),
            ("--1", NotADecimal),
            ("١٢", NotADecimal),
            ("NaN", NotADecimal),
            ("1.0.0", NotADecimal),
            ("1000000000000", NumberTooLong),
            ("0.0000001", NumberTooLong),
            ("1234567890123456789012345678", NumberTooLong),
        ] {
            assert_eq!(Number::parse(text), Err(error), "{text}");
        }
    }
}
