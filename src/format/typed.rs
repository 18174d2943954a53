//! Numbers as people type them: any digits, `.` or `٫` as the decimal mark, `,` `٬` or `،` between groups of three.

use billing::error::{BillingError, Result};
use billing::number::Number;

use super::latin_digits;

const GROUP: usize = 3;

/// The number that was typed.
///
/// # Errors
/// [`BillingError::NotADecimal`], also for groups that are not of three, and [`BillingError::NumberTooLong`].
pub fn decimal(typed: &str) -> Result<Number> {
    let latin =
        latin_digits(typed.trim()).replace('٫', ".").replace('\u{2212}', "-").replace(['٬', '،'], ",");
    let (whole, part) = match latin.split_once('.') {
        Some((whole, part)) => (whole, format!(".{part}")),
        None => (&*latin, String::new()),
    };
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next().unwrap_or_default().len();
    let mut rest = groups.peekable();
    let is_grouped = rest.peek().is_some();
    if is_grouped && (first == 0 || first > GROUP || rest.any(|group| group.len() != GROUP)) {
        return Err(BillingError::NotADecimal);
    }
    Number::parse(&(whole.replace(',', "") + &part))
}

/// The whole number that was typed, such as a count of days.
///
/// # Errors
/// As [`decimal`]; [`BillingError::Negative`], and [`BillingError::NumberTooLarge`] beyond all that can be counted.
pub fn whole(typed: &str) -> Result<u32> {
    let number = decimal(typed)?;
    if number < Number::ZERO {
        return Err(BillingError::Negative);
    }
    let text = number.to_string();
    match text.parse() {
        Ok(whole) => Ok(whole),
        Err(_) if text.contains('.') => Err(BillingError::WrongType),
        Err(_) => Err(BillingError::NumberTooLarge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_digits_and_marks_are_understood() {
        for (typed, text) in [
            ("6300", "6300"),
            (" 6,300 ", "6300"),
            ("٦٬٣٠٠٫٥", "6300.5"),
            ("۱۲٫۵", "12.5"),
            ("1,234,567", "1234567"),
            ("١،٠٠٠", "1000"),
            ("\u{2212}4", "-4"),
        ] {
            assert_eq!(decimal(typed).map(|number| number.to_string()).as_deref(), Ok(text), "{typed}");
        }
    }

    #[test]
    fn what_could_be_misread_is_refused() {
        for typed in ["", "1,5", "12,34", "1234,567", ",100", "1,000,", "1.2.3", "1e3", "٣ أيام", "1.000,5"]
        {
            assert_eq!(decimal(typed), Err(BillingError::NotADecimal), "{typed}");
        }
        assert_eq!(decimal("1000000000000"), Err(BillingError::NumberTooLong));
    }

    #[test]
    fn a_count_is_whole() {
        assert_eq!(whole("٣١"), Ok(31));
        assert_eq!(whole("31.0"), Ok(31));
        assert_eq!(whole("-1"), Err(BillingError::Negative));
        assert_eq!(whole("2.5"), Err(BillingError::WrongType));
        assert_eq!(whole("4294967296"), Err(BillingError::NumberTooLarge));
    }
}
