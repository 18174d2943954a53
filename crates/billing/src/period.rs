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
    fn both_ends_of_a_period_count() {
        let day = |text| parse_date(text).unwrap();
        assert_eq!(Period::new(day("2026-07-28"), day("2026-08-27")).days(), 31);
        assert_eq!(Period::new(day("2026-07-28"), day("2026-07-28")).days(), 1);
        assert!(Period::new(day("2026-07-28"), day("2026-07-27")).checked().is_err());
    }
}
