//! Days off and days of worship in Saudi Arabia: the weekend, the official holidays, Ramadan by the Umm al-Qura calendar.

use time::{Date, Duration};

use crate::error::{BillingError, Result};
use crate::rulebook::debt::{self, HijriYear};

/// Longer than any run of days off; it bounds a search, not a right.
const LONGEST_SEARCH_DAYS: i64 = 4000;

/// Whether `day` lies in Ramadan.
///
/// # Errors
/// [`BillingError::CalendarEnds`] outside the years on record.
///
/// # Source
/// `rulebooks/common/umm-al-qura.toml`.
pub(crate) fn is_ramadan(day: Date) -> Result<bool> {
    covered(day)?;
    Ok(debt::hijri_years().iter().any(|year| (year.ramadan..year.shawwal).contains(&day)))
}

/// Whether nobody works on `day`: a weekend or an official holiday.
///
/// # Errors
/// [`BillingError::CalendarEnds`] outside the years on record, [`BillingError::NoRuleInForce`] before the holidays' rules.
///
/// # Source
/// `rulebooks/sa/debt.toml`.
pub(crate) fn is_day_off(day: Date) -> Result<bool> {
    Ok(is_weekend(day)? || is_holiday(day)?)
}

/// Whether `day` is an official holiday.
pub(crate) fn is_holiday(day: Date) -> Result<bool> {
    Ok(holiday(day)?.is_some())
}

/// The id of the official holiday on `day`, such as `sa.eid-al-fitr`; none on any other day.
///
/// # Errors
/// As [`is_day_off`].
pub(crate) fn holiday(day: Date) -> Result<Option<&'static str>> {
    covered(day)?;
    let count = |id| debt::needed_on(id, day).map(debt_count);
    let (after, fitr) = (count("sa.eid-al-fitr-after")?, count("sa.eid-al-fitr-days")?);
    let (arafah, adha) = (count("sa.arafah-day")?, count("sa.eid-al-adha-days")?);
    let within = |first: Date, days: i64| (0..days).contains(&(day - first).whole_days());
    let of_eid = |year: &HijriYear| {
        let past = |month: Date, days| month + Duration::days(days);
        let fitr = within(past(year.ramadan, after), fitr).then_some("sa.eid-al-fitr");
        fitr.or_else(|| within(past(year.dhu_al_hijja, arafah - 1), adha).then_some("sa.eid-al-adha"))
    };
    let of_span = || debt::spans("sa.holiday.").find(|span| span.holds_on(day)).map(|span| span.id);
    Ok(debt::hijri_years().iter().find_map(of_eid).or_else(of_span))
}

/// Whether `day` is of the weekend.
pub(crate) fn is_weekend(day: Date) -> Result<bool> {
    let count = |id| debt::needed_on(id, day).map(debt_count);
    let (first, days) = (count("sa.weekend-first-day")?, count("sa.weekend-days")?);
    let weekday = i64::from(day.weekday().number_from_monday());
    Ok((weekday - first).rem_euclid(7) < days)
}

/// The working day that is the `count`-th after `day`; for none, `day` itself.
///
/// # Errors
/// As [`is_day_off`].
pub(crate) fn working_day_after(day: Date, count: i64) -> Result<Date> {
    let mut reached = day;
    let mut left = count;
    while left > 0 {
        reached = next(reached)?;
        left -= i64::from(!is_day_off(reached)?);
    }
    Ok(reached)
}

/// Working days after `from`, up to `to` with it.
///
/// # Errors
/// As [`is_day_off`].
pub(crate) fn working_days(from: Date, to: Date) -> Result<i64> {
    let mut day = from;
    let mut count = 0;
    while day < to {
        day = next(day)?;
        count += i64::from(!is_day_off(day)?);
    }
    Ok(count)
}

/// The day on which `count` days after `day` have passed, holidays not counted.
///
/// # Errors
/// As [`is_day_off`].
pub(crate) fn after_days_without_holidays(day: Date, count: i64) -> Result<Date> {
    let mut reached = day;
    let mut left = count;
    while left > 0 {
        reached = next(reached)?;
        left -= i64::from(!is_holiday(reached)?);
    }
    Ok(reached)
}

/// The first day from `day` on that is free of what `forbidden` names.
///
/// # Errors
/// What `forbidden` gives; [`BillingError::CalendarEnds`] where no day is found.
pub(crate) fn first_free(day: Date, forbidden: impl Fn(Date) -> Result<bool>) -> Result<Date> {
    let mut reached = day;
    for _ in 0..LONGEST_SEARCH_DAYS {
        if !forbidden(reached)? {
            return Ok(reached);
        }
        reached = next(reached)?;
    }
    Err(ends(day))
}

fn next(day: Date) -> Result<Date> {
    day.next_day().ok_or_else(|| ends(day))
}

const fn debt_count(term: &crate::rulebook::Term) -> i64 {
    term.count()
}

/// The Eid of the last Dhu al-Hijja on record still belongs to it.
fn covered(day: Date) -> Result<()> {
    let years = debt::hijri_years();
    let known = years.first().zip(years.last());
    let inside = known.is_some_and(|(first, last)| (first.ramadan..last.dhu_al_hijja).contains(&day));
    if inside { Ok(()) } else { Err(ends(day)) }
}

fn ends(day: Date) -> BillingError {
    let years = debt::hijri_years();
    let first = years.first().map_or(Date::MAX, |year| year.ramadan);
    let last = years.last().map_or(Date::MIN, |year| year.dhu_al_hijja);
    BillingError::CalendarEnds { on: day, first, last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::{date_text, parse_date};

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn a_holiday_has_its_name_and_a_weekend_none() {
        for (text, name) in [
            // Eid al-Fitr of 1448 from the end of 29 Ramadan, a weekend within it.
            ("2027-03-08", None),
            ("2027-03-09", Some("sa.eid-al-fitr")),
            ("2027-03-12", Some("sa.eid-al-fitr")),
            ("2027-03-13", None),
            ("2026-05-26", Some("sa.eid-al-adha")),
            ("2026-09-23", Some("sa.holiday.national-day")),
            ("2026-02-22", Some("sa.holiday.founding-day")),
            ("2026-09-25", None),
        ] {
            assert_eq!(holiday(day(text)).unwrap(), name, "{text}");
        }
    }

    #[test]
    fn ramadan_begins_and_ends_with_the_umm_al_qura_calendar() {
        for (text, ramadan) in [
            ("2025-02-28", false),
            ("2025-03-01", true),
            ("2025-03-29", true),
            ("2025-03-30", false),
            ("2026-02-17", false),
            ("2026-02-18", true),
            ("2026-03-19", true),
            ("2026-03-20", false),
        ] {
            assert_eq!(is_ramadan(day(text)), Ok(ramadan), "{text}");
        }
    }

    #[test]
    fn months_of_the_table_are_as_long_as_months_of_the_moon() {
        for pair in debt::hijri_years().windows(2) {
            let days = (pair[1].ramadan - pair[0].ramadan).whole_days();
            assert!((354..=355).contains(&days), "{}: {days}", pair[0].year);
            assert!(pair[1].year == pair[0].year + 1);
        }
        for year in debt::hijri_years() {
            let days = (year.shawwal - year.ramadan).whole_days();
            let later = (year.dhu_al_hijja - year.shawwal).whole_days();
            assert!((29..=30).contains(&days) && (58..=60).contains(&later), "{}", year.year);
        }
    }

    #[test]
    fn eids_national_days_and_weekends_are_off() {
        for (text, off) in [
            // Announced: four days from the end of 29 Ramadan, 29 March 2025.
            ("2025-03-30", true),
            ("2025-04-02", true),
            ("2025-04-03", false),
            // Announced: Arafah on Thursday 5 June 2025, to Sunday the 8th.
            ("2025-06-04", false),
            ("2025-06-05", true),
            ("2025-06-08", true),
            ("2025-06-09", false),
            // Announced: from 8 to 11 July 2022.
            ("2022-07-07", false),
            ("2022-07-11", true),
            ("2022-07-12", false),
            ("2026-09-22", false),
            ("2026-09-23", true),
            ("2026-09-24", false),
            ("2022-02-22", true),
            ("2021-02-22", false),
            // Friday and Saturday.
            ("2026-09-17", false),
            ("2026-09-18", true),
            ("2026-09-19", true),
            ("2026-09-20", false),
        ] {
            assert_eq!(is_day_off(day(text)), Ok(off), "{text}");
        }
    }

    #[test]
    fn working_days_step_over_weekends_and_eids() {
        for (from, count, to) in [
            ("2026-09-20", 0, "2026-09-20"),
            ("2026-09-20", 1, "2026-09-21"),
            // Over National Day and a weekend.
            ("2026-09-20", 4, "2026-09-27"),
            ("2026-09-17", 1, "2026-09-20"),
            // Over Eid al-Fitr of 1447: 19 to 22 March 2026, from a Thursday.
            ("2026-03-18", 1, "2026-03-23"),
        ] {
            let reached = working_day_after(day(from), count).unwrap();
            assert_eq!(date_text(reached), to, "{from} + {count}");
            assert_eq!(working_days(day(from), reached), Ok(count));
        }
    }

    #[test]
    fn a_day_outside_the_table_is_an_error() {
        assert!(is_ramadan(day("2017-05-27")).is_ok());
        for text in ["2017-05-26", "2040-01-01", "9999-12-31"] {
            assert!(matches!(is_ramadan(day(text)), Err(BillingError::CalendarEnds { .. })), "{text}");
        }
    }
}
