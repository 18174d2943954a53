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
    let (sign, digits) = amount.split_at(usize::from(amount.starts_with('-')));
    let (whole, part) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let shown = format!("{sign}{}{part}", in_threes(whole));
    words::amount_of_currency(language, currency_sign(language, currency), &shown)
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
