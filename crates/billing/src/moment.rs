//! A minute of a civil day, in the place's own time.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Duration};

use crate::error::{BillingError, Result};
use crate::number::coded;
use crate::period::{date_text, parse_date};

/// Minutes in a day.
pub const MINUTES_A_DAY: i64 = 1440;

/// A local time on the wire, `2026-08-31T11:59`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// Minutes since its midnight, below [`MINUTES_A_DAY`].
    pub minute: u16,
}

impl Moment {
    /// Reads `2026-08-31T11:59`.
    ///
    /// # Errors
    /// [`BillingError::NotADate`] for another form, or a day or time that does not exist.
    pub fn parse(text: &str) -> Result<Self> {
        let (date, time) = text.split_once('T').ok_or(BillingError::NotADate)?;
        let (hour, minute) = time.split_once(':').ok_or(BillingError::NotADate)?;
        let number = |text: &str, below: u16| {
            let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            let value = plain.then(|| text.parse::<u16>().ok()).flatten();
            value.filter(|value| *value < below).ok_or(BillingError::NotADate)
        };
        Ok(Self { day: parse_date(date)?, minute: number(hour, 24)? * 60 + number(minute, 60)? })
    }

    /// The last minute of `day`.
    #[must_use]
    pub const fn end_of(day: Date) -> Self {
        Self { day, minute: MINUTES_A_DAY as u16 - 1 }
    }

    /// The moment `minutes` later; `None` beyond the calendar.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Option<Self> {
        let all = i64::from(self.minute).checked_add(minutes)?;
        let day = self.day.checked_add(Duration::days(all.div_euclid(MINUTES_A_DAY)))?;
        Some(Self { day, minute: u16::try_from(all.rem_euclid(MINUTES_A_DAY)).ok()? })
    }

    /// Minutes from `earlier` to this; below zero where `earlier` is the later one.
    #[must_use]
    pub fn minutes_since(self, earlier: Self) -> i64 {
        let days = (self.day - earlier.day).whole_days();
        days * MINUTES_A_DAY + i64::from(self.minute) - i64::from(earlier.minute)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", date_text(self.day), self.minute / 60, self.minute % 60)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_str(MomentVisitor)
    }
}

struct MomentVisitor;

impl Visitor<'_> for MomentVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a local time in a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Moment, E> {
        Moment::parse(text).map_err(|e| coded(&e))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_exists_on_the_clock() {
        for text in ["2026-08-31T00:00", "2026-08-31T23:59", "2024-02-29T12:00"] {
            assert_eq!(Moment::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["2026-08-31", "2026-08-31T24:00", "2026-08-31T11:60", "2026-02-29T11:00", "2026-08-31T1:00", "T"]
        {
            assert_eq!(Moment::parse(text), Err(BillingError::NotADate), "{text}");
        }
        let at = |text| Moment::parse(text).unwrap();
        assert_eq!(at("2026-09-01T00:01").minutes_since(at("2026-08-31T23:59")), 2);
        assert_eq!(at("2026-08-31T23:59").minutes_since(at("2026-09-01T00:01")), -2);
        assert_eq!(at("2026-08-31T23:59").plus_minutes(121), Some(at("2026-09-01T02:00")));
        assert_eq!(at("9999-12-31T23:59").plus_minutes(1), None);
    }
}
