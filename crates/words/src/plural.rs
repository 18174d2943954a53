//! Which form of a counted sentence a number takes. Both languages follow the Arabic rule, so that zero, one and two
//! can be said in words in either.

use crate::language::Language;

/// One of the six forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 0.
    Zero,
    /// 1.
    One,
    /// 2.
    Two,
    /// The last two digits are 03 to 10.
    Few,
    /// The last two digits are 11 to 99.
    Many,
    /// 100, 101, 102, 200 ... and every number with a fraction.
    Other,
}

impl Form {
    /// The form of a whole number.
    #[must_use]
    pub const fn of(number: u64) -> Self {
        match (number, number % 100) {
            (0, _) => Self::Zero,
            (1, _) => Self::One,
            (2, _) => Self::Two,
            (_, 3..=10) => Self::Few,
            (_, 11..=99) => Self::Many,
            _ => Self::Other,
        }
    }

    /// The form of a plain decimal such as `1600` or `0.25`; of any other text, [`Form::Other`].
    #[must_use]
    pub fn of_decimal(decimal: &str) -> Self {
        let unsigned = decimal.strip_prefix('-').unwrap_or(decimal);
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if part.bytes().any(|digit| digit != b'0') {
            return Self::Other;
        }
        whole.parse().map_or(Self::Other, Self::of)
    }
}

/// A number to be counted with: the form it takes, and its digits as the reader wants them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count<'a> {
    form: Form,
    shown: &'a str,
}

impl<'a> Count<'a> {
    /// The whole number `number`, shown as `shown`.
    #[must_use]
    pub const fn new(number: u64, shown: &'a str) -> Self {
        Self { form: Form::of(number), shown }
    }

    /// The plain decimal `decimal`, shown as `shown`.
    #[must_use]
    pub fn of_decimal(decimal: &str, shown: &'a str) -> Self {
        Self { form: Form::of_decimal(decimal), shown }
    }

    /// Its digits.
    #[must_use]
    pub const fn shown(&self) -> &'a str {
        self.shown
    }

    /// The text of its form.
    pub(crate) const fn choose(&self, language: Language, forms: &[[&'static str; 2]; 6]) -> &'static str {
        let [arabic, english] = forms[self.form as usize];
        language.choose(arabic, english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_has_six_forms() {
        use Form::{Few, Many, One, Other, Two, Zero};
        for (number, form) in [
            (0, Zero),
            (1, One),
            (2, Two),
            (3, Few),
            (10, Few),
            (11, Many),
            (99, Many),
            (100, Other),
            (101, Other),
            (102, Other),
            (103, Few),
            (110, Few),
            (111, Many),
            (200, Other),
            (1_000, Other),
            (1_003, Few),
            (8_760, Many),
            (u64::MAX, Many),
        ] {
            assert_eq!(Form::of(number), form, "{number}");
            assert_eq!(Form::of_decimal(&number.to_string()), form, "{number} as a decimal");
        }
    }

    #[test]
    fn a_fraction_takes_the_last_form() {
        for (decimal, form) in [
            ("0.5", Form::Other),
            ("2.000001", Form::Other),
            ("2.000", Form::Two),
            ("-3", Form::Few),
            ("0.0", Form::Zero),
            ("3100/3", Form::Other),
            ("", Form::Other),
            ("99999999999999999999", Form::Other),
        ] {
            assert_eq!(Form::of_decimal(decimal), form, "{decimal}");
        }
    }
}
