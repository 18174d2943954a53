//! Civil days and the periods of a bill.

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use time::{Date, Month};

use crate::error::{BillingError, Refusal, Result};
use crate::number::coded;

/// Reads `2026-08-31`.
///
/// # Errors
/// [`BillingError::NotADate`] for another form or a day that the calendar lacks.
pub fn parse_date(text: &str) -> Result<Date> {
    let bytes = text.as_bytes();
    let digits = |at: std::ops::Range<usize>| {
        let part = text.get(at)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u16>().ok())?
    };
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return Err(BillingError::NotADate);
    }
    (digits(0..4).zip(digits(5..7)).zip(digits(8..10)))
        .and_then(|((year, month), day)| {
            let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
            Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
        })
        .filter(|date| date.year() > 0)
        .ok_or(BillingError::NotADate)
}

/// Writes `2026-08-31`.
#[must_use]
pub fn date_text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// The same day `months` later; a day that the month lacks falls on its last. `None` outside the years 1 to 9999.
#[must_use]
pub fn months_later(date: Date, months: i64) -> Option<Date> {
    let since_year_zero = i64::from(date.year()) * 12 + i64::from(u8::from(date.month())) - 1 + months;
    let year = i32::try_from(since_year_zero.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
    let month = Month::try_from(u8::try_from(since_year_zero.rem_euclid(12)).ok()? + 1).ok()?;
    Date::from_calendar_date(year, month, date.day().min(month.length(year))).ok()
}

/// A civil day on the wire, `2026-08-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&date_text(self.0))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_str(DayVisitor)
    }
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date in a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Day, E> {
        parse_date(text).map(Day).map_err(|e| coded(&e))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date"})
    }
}

/// A month of the calendar on the wire, `2026-08`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarMonth(Date);

impl CalendarMonth {
    /// The month in which `day` lies.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.replace_day(1).unwrap_or(day))
    }

    /// Reads `2026-08`.
    ///
    /// # Errors
    /// [`BillingError::NotADate`] for another form or a month that the calendar lacks.
    pub fn parse(text: &str) -> Result<Self> {
        parse_date(&format!("{text}-01")).map(Self)
    }

    /// Its first day.
    #[must_use]
    pub const fn first_day(self) -> Date {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.0.replace_day(self.0.month().length(self.0.year())).unwrap_or(self.0)
    }

    /// All its days.
    #[must_use]
    pub fn period(self) -> Period {
        Period::new(self.first_day(), self.last_day())
    }
}

impl Serialize for CalendarMonth {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:04}-{:02}", self.0.year(), u8::from(self.0.month())))
    }
}

impl<'de> Deserialize<'de> for CalendarMonth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_str(MonthVisitor)
    }
}

struct MonthVisitor;

impl Visitor<'_> for MonthVisitor {
    type Value = CalendarMonth;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a month in a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<CalendarMonth, E> {
        CalendarMonth::parse(text).map_err(|e| coded(&e))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for CalendarMonth {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CalendarMonth".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"})
    }
}

/// The days of a bill: first and last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Period {
    /// The period from `from` to `to`, both included.
    #[must_use]
    pub const fn new(from: Date, to: Date) -> Self {
        Self { from: Day(from), to: Day(to) }
    }

    /// The `days` days that end on `last`; none where they are fewer than one or begin before the calendar.
    #[must_use]
    pub fn ending(last: Date, days: i64) -> Option<Self> {
        let back = i32::try_from(days.checked_sub(1)?).ok().filter(|back| *back >= 0)?;
        let first = Date::from_julian_day(last.to_julian_day().checked_sub(back)?).ok()?;
        (first.year() > 0).then(|| Self::new(first, last))
    }

    /// The `days` days that begin on `first`; none where they are fewer than one or end after the calendar.
    #[must_use]
    pub fn beginning(first: Date, days: i64) -> Option<Self> {
        let ahead = i32::try_from(days.checked_sub(1)?).ok().filter(|ahead| *ahead >= 0)?;
        let last = Date::from_julian_day(first.to_julian_day().checked_add(ahead)?).ok()?;
        (last.year() <= 9999).then(|| Self::new(first, last))
    }

    /// First day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.from.0
    }

    /// Last day.
    #[must_use]
    pub const fn last(self) -> Date {
        self.to.0
    }

    /// Days, both ends counted.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.last() - self.first()).whole_days() + 1
    }

    /// Days that lie in both.
    #[must_use]
    pub fn days_in_common(self, other: Self) -> i64 {
        Self::new(self.first().max(other.first()), self.last().min(other.last())).days().max(0)
    }

    /// The period itself, if it runs forwards.
    ///
    /// # Errors
    /// [`BillingError::PeriodReversed`] at `/period/to`.
    pub fn checked(self) -> Result<Self, Refusal> {
        if self.days() < 1 {
            let reversed = BillingError::PeriodReversed { from: self.first(), to: self.last() };
            return Err(reversed.at("/period/to"));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_exist_in_the_calendar() {
        for text in ["2026-08-31", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(date_text(parse_date(text).unwrap()), text);
        }
        for text in
            ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "0000-01-01", "", "2026-01-0١"]
        {
            assert_eq!(parse_date(text), Err(BillingError::NotADate), "{text}");
        }
    }

    #[test]
    fn a_day_that_a_month_lacks_falls_on_its_last() {
        let day = |text| parse_date(text).unwrap();
        for (from, months, to) in [
            ("2026-01-31", 0, "2026-01-31"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2026-01-31", 2, "2026-03-31"),
            ("2026-12-28", 1, "2027-01-28"),
            ("2024-02-29", 60, "2029-02-28"),
            ("2026-03-28", -12, "2025-03-28"),
        ] {
            assert_eq!(months_later(day(from), months), Some(day(to)), "{from} + {months}");
        }
        assert_eq!(months_later(day("9999-12-01"), 1), None);
        assert_eq!(months_later(day("0001-01-01"), -1), None);
        assert_eq!(months_later(day("0001-01-01"), i64::MAX / 2), None);
    }

    #[test]
    fn both_ends_of_a_period_count() {
        let day = |text| parse_date(text).unwrap();
        assert_eq!(Period::new(day("2026-07-28"), day("2026-08-27")).days(), 31);
        assert_eq!(Period::new(day("2026-07-28"), day("2026-07-28")).days(), 1);
        assert!(Period::new(day("2026-07-28"), day("2026-07-27")).checked().is_err());
    }
}
