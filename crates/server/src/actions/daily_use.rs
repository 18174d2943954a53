//! The days of a service point as the engine's projections take them.

use billing::number::Number;
use billing::period::Period;
use sqlx::AnyConnection;
use time::Date;

use super::issue_bill::day_of_issue;
use crate::calendar::{DAY_S, date_of, day_number, midnight, number_of, period_of};
use crate::error::{Error, Result};
use crate::store::accounts::PointRecord;
use crate::store::daily_use;
use crate::store::spans::SpanUse;

/// What is known of a service point's days at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyUse {
    /// The civil day of the instant.
    pub today: Date,
    /// How much of it has passed, in thousandths.
    pub day_passed_permille: u16,
    /// The open period.
    pub period: Period,
    /// First day of `daily`.
    pub from: Date,
    /// Use of each day to today, at most 800; none where nothing was measured. Today's is so far.
    pub daily: Vec<Option<Number>>,
}

impl DailyUse {
    /// Days of `daily`: two years, and some to compare their first days with.
    pub const MOST_DAYS: i64 = 800;

    /// What the record knows at `now`.
    ///
    /// # Errors
    /// What the record reports.
    pub async fn load(db: &mut AnyConnection, point: &PointRecord, now: i64) -> Result<Self> {
        let last = day_number(now, point.utc_offset_s);
        let measured = daily_use::days(db, &point.id, last - Self::MOST_DAYS + 1, last).await?;
        Self::of(&measured, point, now)
    }

    /// The same of the days that are known, in order.
    ///
    /// # Errors
    /// [`Error::Bug`] for a day beyond the calendar.
    pub fn of(measured: &[SpanUse], point: &PointRecord, now: i64) -> Result<Self> {
        let last = day_number(now, point.utc_offset_s);
        let date = |number| date_of(number).ok_or(Error::Bug("a day beyond the calendar"));
        let today = date(last)?;
        let mut measured = measured.iter().filter(|day| day.number <= last).peekable();
        let first = measured.peek().map_or(last, |day| day.number);
        let daily = (first..=last)
            .map(|number| {
                measured.next_if(|day| day.number == number).map(|day| Number::from_millionths(day.usage))
            })
            .collect();
        let passed = (now - midnight(today, point.utc_offset_s)) * 1000 / DAY_S;
        Ok(Self {
            today,
            day_passed_permille: u16::try_from(passed.clamp(0, 1000)).unwrap_or(0),
            period: period_of(today, day_of_issue()?),
            from: date(first)?,
            daily,
        })
    }

    /// The same as it was known when `today` began: nothing later is looked at.
    #[must_use]
    pub fn at_the_beginning_of(&self, today: Date, period: Period) -> Self {
        let days = usize::try_from((today - self.from).whole_days()).unwrap_or(0);
        let daily = self.daily.iter().take(days).copied().collect();
        Self { today, day_passed_permille: 0, period, from: self.from, daily }
    }

    /// Used from a day on, today included.
    #[must_use]
    pub fn used_since(&self, first: Date) -> Number {
        let skipped = usize::try_from(number_of(first) - number_of(self.from)).unwrap_or(0);
        let used = self.daily.iter().skip(skipped).flatten().map(|day| day.millionths()).sum();
        Number::from_millionths(used)
    }
}
