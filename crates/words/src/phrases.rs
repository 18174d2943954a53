//! Amounts and counts inside a sentence.

use billing::money::Money;

use crate::names::currency_sign;
use crate::{Count, Language, sentences as words};

/// An amount with its currency.
pub(crate) fn money_words(language: Language, amount: Money) -> String {
    words::amount_of_currency(language, currency_sign(language, amount.currency()), &amount.to_string())
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
