//! Amounts and counts inside a sentence.

use billing::money::{Currency, Money};

use crate::figures::in_threes;
use crate::names::currency_sign;
use crate::{Count, Language, sentences as words};

/// An amount with its currency.
pub(crate) fn money_words(language: Language, amount: Money) -> String {
    amount_words(language, amount.currency(), &amount.to_string())
}

/// The same, of its decimal text.
pub(crate) fn amount_words(language: Language, currency: Currency, amount: &str) -> String {
    let (figure, sign) = (grouped(amount), currency_sign(language, currency));
    match language {
        Language::Arabic => unbroken(&figure, sign),
        Language::English => unbroken(sign, &figure),
    }
}

/// A quantity with its unit.
pub(crate) fn quantity_words(figure: &str, unit: &str) -> String {
    unbroken(&grouped(figure), unit)
}

/// Not as a sentence of two values: each would be isolated, and the sentence around them had no letter of its own left
/// to tell its direction, so that an Arabic sign came before its figure.
fn unbroken(first: &str, second: &str) -> String {
    format!("{first}\u{a0}{second}")
}

fn grouped(figure: &str) -> String {
    let (sign, digits) = figure.split_at(usize::from(figure.starts_with('-')));
    let (whole, part) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    format!("{sign}{}{part}", in_threes(whole))
}

/// Months after a preposition.
pub(crate) fn months_words(language: Language, months: i64) -> String {
    counted(months, |count| words::count_months_gen(language, count))
}

/// Days as a subject.
pub(crate) fn days_words(language: Language, days: i64) -> String {
    counted(days, |count| words::count_days(language, count))
}

/// Days after a preposition.
pub(crate) fn days_gen(language: Language, days: i64) -> String {
    counted(days, |count| words::count_days_gen(language, count))
}

/// Working days after a preposition.
pub(crate) fn working_days_gen(language: Language, days: i64) -> String {
    counted(days, |count| words::count_working_days_gen(language, count))
}

/// Bills after a preposition.
pub(crate) fn bills_gen(language: Language, bills: i64) -> String {
    counted(bills, |count| words::count_bills_gen(language, count))
}

/// Instalments after a preposition.
pub(crate) fn instalments_gen(language: Language, count: i64) -> String {
    counted(count, |count| words::count_instalments_gen(language, count))
}

fn counted(number: i64, say: impl Fn(&Count<'_>) -> String) -> String {
    let shown = number.to_string();
    say(&Count::of_decimal(&shown, &shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_grouped_and_tells_its_own_direction() {
        for (currency, amount, arabic, english) in [
            (Currency::KWD, "1030.698", "1,030.698\u{a0}د.ك", "KD\u{a0}1,030.698"),
            (Currency::KWD, "500.000", "500.000\u{a0}د.ك", "KD\u{a0}500.000"),
            (Currency::SAR, "-1234567.50", "-1,234,567.50\u{a0}ر.س", "SAR\u{a0}-1,234,567.50"),
        ] {
            assert_eq!(amount_words(Language::Arabic, currency, amount), arabic);
            assert_eq!(amount_words(Language::English, currency, amount), english);
        }
        assert_eq!(quantity_words("18240.5", "kWh"), "18,240.5\u{a0}kWh");
    }
}
