//! Days and waits in words. Gregorian; the months have the names used in the Gulf.

use billing::period::Day;

use crate::{Count, Language, sentences as words};

const MONTHS_ARABIC: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const MONTHS_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's name by its number, 1 to 12: سبتمبر.
#[must_use]
pub fn month_name(language: Language, month: u8) -> &'static str {
    let months = match language {
        Language::Arabic => &MONTHS_ARABIC,
        Language::English => &MONTHS_ENGLISH,
    };
    months[usize::from(month.clamp(1, 12)) - 1]
}

/// A day in a sentence, with Latin digits: 18 سبتمبر 2026.
#[must_use]
pub fn day_words(language: Language, Day(day): Day) -> String {
    format!("{} {} {}", day.day(), month_name(language, u8::from(day.month())), day.year())
}

/// A wait, after a preposition: whole minutes, rounded up, from the first full one on.
pub(crate) fn wait_words(language: Language, seconds: u32) -> String {
    let counted = |number: u32, say: fn(Language, &Count<'_>) -> String| {
        say(language, &Count::new(u64::from(number), &number.to_string()))
    };
    match seconds {
        0..=59 => counted(seconds, words::count_seconds_gen),
        _ => counted(seconds.div_ceil(60), words::count_minutes_gen),
    }
}

#[cfg(test)]
mod tests {
    use billing::period::parse_date;

    use super::*;

    #[test]
    fn a_day_has_its_month_in_words() {
        for (day, arabic, english) in [
            ("2026-01-01", "1 يناير 2026", "1 January 2026"),
            ("2026-12-31", "31 ديسمبر 2026", "31 December 2026"),
        ] {
            let day = Day(parse_date(day).unwrap());
            assert_eq!(day_words(Language::Arabic, day), arabic);
            assert_eq!(day_words(Language::English, day), english);
        }
    }
}
