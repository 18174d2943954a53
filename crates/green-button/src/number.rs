//! Exact numbers from text. No floats: a value is whole digits and a count of decimals.

use crate::error::{GreenButtonError, shorten};

/// The last second of the year 9999, the last that every calendar we feed can show.
pub(crate) const LAST_INSTANT: i64 = 253_402_300_799;

/// Decimals a value may have. The smallest unit that fits any multiplier needs fewer.
const MAX_DECIMALS: usize = 40;

/// Power of ten from watt-hours to millionths of a kilowatt-hour.
const MICRO_EXPONENT: i32 = 3;

/// Where a number stands, for its error.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) element: &'static str,
    pub(crate) position: u64,
}

impl Place {
    pub(crate) fn out_of_range(self) -> GreenButtonError {
        GreenButtonError::OutOfRange { element: self.element, position: self.position }
    }

    pub(crate) fn inexact(self) -> GreenButtonError {
        GreenButtonError::Inexact { element: self.element, position: self.position }
    }

    pub(crate) fn bad(self, text: &str) -> GreenButtonError {
        GreenButtonError::BadNumber { element: self.element, position: self.position, text: shorten(text) }
    }
}

/// `digits / 10^decimals`, without trailing zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) digits: i64,
    pub(crate) decimals: u8,
}

/// A decimal number as XML Schema writes it: sign, digits, point, digits; no exponent.
pub(crate) fn parse_value(text: &str, place: Place) -> Result<Value, GreenButtonError> {
    let bare = text.trim_matches([' ', '\t', '\r', '\n']);
    let unsigned = bare.strip_prefix(['-', '+']).unwrap_or(bare);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return Err(place.bad(bare));
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > MAX_DECIMALS {
        return Err(place.inexact());
    }
    let sign = if bare.starts_with('-') { -1 } else { 1 };
    let mut digits: i64 = 0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = i64::from(byte - b'0') * sign;
        digits = digits
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(digit))
            .ok_or_else(|| place.out_of_range())?;
    }
    Ok(Value { digits, decimals: fraction.len() as u8 })
}

/// A whole number that fits `T`.
pub(crate) fn parse_whole<T: TryFrom<i64>>(text: &str, place: Place) -> Result<T, GreenButtonError> {
    let value = parse_value(text, place)?;
    if value.decimals > 0 {
        return Err(place.bad(text));
    }
    T::try_from(value.digits).map_err(|_| place.out_of_range())
}

/// `value` watt-hours times ten to the `multiplier`, in millionths of a kilowatt-hour.
pub(crate) fn to_micro(value: Value, multiplier: i8, place: Place) -> Result<i64, GreenButtonError> {
    let exponent = i32::from(multiplier) - i32::from(value.decimals) + MICRO_EXPONENT;
    let digits = i128::from(value.digits);
    let power = 10_i128.checked_pow(exponent.unsigned_abs());
    if exponent >= 0 {
        let micro = power.and_then(|power| digits.checked_mul(power)).ok_or_else(|| place.out_of_range())?;
        return i64::try_from(micro).map_err(|_| place.out_of_range());
    }
    match power {
        _ if digits == 0 => Ok(0),
        Some(power) if digits % power == 0 => i64::try_from(digits / power).map_err(|_| place.out_of_range()),
        _ => Err(place.inexact()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { element: "value", position: 7 };

    #[test]
    fn values_are_exact_or_refused() {
        for (text, multiplier, micro) in [
            ("0", 0, Ok(0)),
            ("1", 0, Ok(1_000)),
            (" +12.5\n", 0, Ok(12_500)),
            ("-0.001", 0, Ok(-1)),
            ("1.50000000000000000000000000000000000000000000000000", 0, Ok(1_500)),
            ("5", -3, Ok(5)),
            ("5", -4, Err(PLACE.inexact())),
            ("50", -4, Ok(5)),
            ("0", -18, Ok(0)),
            ("7", 3, Ok(7_000_000)),
            ("0.0000000000000000001", 18, Ok(100)),
            ("0.00000000000000000000000000000000000000001", 0, Err(PLACE.inexact())),
            ("9223372036854775807", -3, Ok(i64::MAX)),
            ("9223372036854775", 0, Ok(9_223_372_036_854_775_000)),
            ("9223372036854776", 0, Err(PLACE.out_of_range())),
            ("-9223372036854775808", -3, Ok(i64::MIN)),
            ("9223372036854775808", 0, Err(PLACE.out_of_range())),
            ("9", 18, Err(PLACE.out_of_range())),
            ("9223372036854775807", 18, Err(PLACE.out_of_range())),
            ("", 0, Err(PLACE.bad(""))),
            (".", 0, Err(PLACE.bad("."))),
            ("-", 0, Err(PLACE.bad("-"))),
            ("--1", 0, Err(PLACE.bad("--1"))),
            ("1e3", 0, Err(PLACE.bad("1e3"))),
            ("1,5", 0, Err(PLACE.bad("1,5"))),
            ("1 5", 0, Err(PLACE.bad("1 5"))),
            ("٣", 0, Err(PLACE.bad("٣"))),
            ("NaN", 0, Err(PLACE.bad("NaN"))),
        ] {
            let found = parse_value(text, PLACE).and_then(|value| to_micro(value, multiplier, PLACE));
            assert_eq!(found, micro, "{text} times ten to the {multiplier}");
        }
    }

    #[test]
    fn whole_numbers_fit_or_are_refused() {
        for (text, whole) in [
            ("3600", Ok(3_600_u32)),
            ("3600.0", Ok(3_600)),
            ("4294967295", Ok(u32::MAX)),
            ("4294967296", Err(PLACE.out_of_range())),
            ("-1", Err(PLACE.out_of_range())),
            ("0.5", Err(PLACE.bad("0.5"))),
        ] {
            assert_eq!(parse_whole(text, PLACE), whole, "{text}");
        }
    }
}
