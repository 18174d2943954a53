//! Civil days at a fixed offset from UTC, and the periods that bills run over.

use billing::period::Period;
use time::{Date, Duration, Month};

use crate::error::{Error, Result};

/// Seconds of a day; the offsets of Kuwait and Riyadh never change.
pub const DAY_S: i64 = 86_400;
/// The Julian day of 1970-01-01.
const EPOCH_JULIAN_DAY: i64 = 2_440_588;

/// Days since 1970-01-01 of the civil day in which `instant` lies.
#[must_use]
pub const fn day_number(instant: i64, utc_offset_s: i64) -> i64 {
    instant.saturating_add(utc_offset_s).div_euclid(DAY_S)
}

/// The civil day of that number, if the calendar reaches so far.
#[must_use]
pub fn date_of(day_number: i64) -> Option<Date> {
    let julian = i32::try_from(day_number.checked_add(EPOCH_JULIAN_DAY)?).ok()?;
    Date::from_julian_day(julian).ok()
}

/// The civil day in which `instant` lies.
///
/// # Errors
/// [`Error::Bug`] beyond the calendar.
pub fn civil_day(instant: i64, utc_offset_s: i64) -> Result<Date> {
    date_of(day_number(instant, utc_offset_s)).ok_or(Error::Bug("the clock is beyond the calendar"))
}

/// Days since 1970-01-01.
#[must_use]
pub fn number_of(date: Date) -> i64 {
    i64::from(date.to_julian_day()) - EPOCH_JULIAN_DAY
}

/// The first second of a civil day.
#[must_use]
pub fn midnight(date: Date, utc_offset_s: i64) -> i64 {
    number_of(date) * DAY_S - utc_offset_s
}

/// The period in which `day` lies: from one day of issue to the day before the next (BIL-2).
///
/// Periods begin on a day that every month has, so neither end can fall outside its month.
#[must_use]
pub fn period_of(day: Date, day_of_issue: u8) -> Period {
    let begins = if day.day() >= day_of_issue { day } else { last_month(day) };
    let from = begins.replace_day(day_of_issue).unwrap_or(begins);
    Period::new(from, next_month(from) - Duration::days(1))
}

/// The period after `period`.
#[must_use]
pub fn period_after(period: Period, day_of_issue: u8) -> Period {
    period_of(period.last() + Duration::days(1), day_of_issue)
}

/// The first day of the month of `day`.
#[must_use]
pub fn first_of_month(day: Date) -> Date {
    day.replace_day(1).unwrap_or(day)
}

/// The same day of the next month; it must exist there.
#[must_use]
pub fn next_month(day: Date) -> Date {
    let year = if day.month() == Month::December { day.year() + 1 } else { day.year() };
    Date::from_calendar_date(year, day.month().next(), day.day()).unwrap_or(day)
}

/// The first day of the year of `day`.
#[must_use]
pub fn first_of_year(day: Date) -> Date {
    Date::from_ordinal_date(day.year(), 1).unwrap_or(day)
}

/// The first day of the next year.
#[must_use]
pub fn next_year(day: Date) -> Date {
    Date::from_ordinal_date(day.year() + 1, 1).unwrap_or(day)
}

fn last_month(day: Date) -> Date {
    first_of_month(day) - Duration::days(1)
}

#[cfg(test)]
mod tests {
    use billing::period::{date_text, parse_date};

    use super::*;

    #[test]
    fn periods_run_from_the_day_of_issue_to_the_day_before_the_next() {
        for (day, from, to) in [
            ("2026-09-18", "2026-08-28", "2026-09-27"),
            ("2026-09-27", "2026-08-28", "2026-09-27"),
            ("2026-09-28", "2026-09-28", "2026-10-27"),
            ("2026-01-01", "2025-12-28", "2026-01-27"),
            ("2025-12-31", "2025-12-28", "2026-01-27"),
            ("2026-02-28", "2026-02-28", "2026-03-27"),
            ("2026-03-31", "2026-03-28", "2026-04-27"),
        ] {
            let period = period_of(parse_date(day).unwrap(), 28);
            assert_eq!(
                (date_text(period.first()).as_str(), date_text(period.last()).as_str()),
                (from, to),
                "{day}"
            );
        }
    }

    #[test]
    fn a_civil_day_begins_at_local_midnight() {
        let day = parse_date("2026-09-18").unwrap();
        let begins = midnight(day, 10_800);
        for (instant, date) in
            [(begins - 1, "2026-09-17"), (begins, "2026-09-18"), (begins + DAY_S - 1, "2026-09-18")]
        {
            assert_eq!(date_text(date_of(day_number(instant, 10_800)).unwrap()), date, "{instant}");
        }
        assert_eq!(date_of(i64::MAX / DAY_S), None);
    }
}
