//! The day on which a sum will be spent, on the paths of the projection.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

use super::{Ahead, History, OWN, ProjectionFacts, Ratio, Terms};
use crate::bill::{self, BillFacts};
use crate::error::{Refusal, Result};
use crate::finding::Finding;
use crate::fraction::Fraction;
use crate::period::{CalendarMonth, Day, Period};
use crate::working::Working;

/// When a sum will be spent: null where that lies beyond what is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SpentOn {
    /// The day.
    pub expected: Option<Day>,
    /// Whole days until it.
    pub days: Option<usize>,
    /// With many units.
    pub earliest: Option<Day>,
    /// With few units.
    pub latest: Option<Day>,
}

/// The hours of [`SpentOn`]'s days, 0 to 23, in which a sum will be spent if a day's use is spread evenly over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SpentHours {
    /// Of the expected day.
    pub expected: Option<u8>,
    /// Of the earliest.
    pub earliest: Option<u8>,
    /// Of the latest.
    pub latest: Option<u8>,
}

/// When a sum is spent on one path.
#[derive(Clone, Copy)]
struct Spent {
    /// Days from today.
    days: usize,
    /// 0 to 23.
    hour: u8,
}

/// When a sum is spent, on each path.
pub(crate) struct Spending {
    expected: Option<Spent>,
    earliest: Option<Spent>,
    latest: Option<Spent>,
    margin_is_own: bool,
}

impl Spending {
    /// Of a sum for the facts' own period.
    pub(crate) fn in_period(
        facts: &ProjectionFacts,
        sum: Fraction,
        working: &mut Working,
    ) -> Result<Self, Refusal> {
        let left = (facts.period.last() - facts.today).whole_days();
        Self::of(facts, sum, left, working)
    }

    /// Of a sum that goes on into the calendar months to come.
    pub(crate) fn month_by_month(
        facts: &ProjectionFacts,
        sum: Fraction,
        working: &mut Working,
    ) -> Result<Self, Refusal> {
        Self::of(facts, sum, Terms::load().horizon_days, working)
    }

    fn of(facts: &ProjectionFacts, sum: Fraction, days: i64, working: &mut Working) -> Result<Self, Refusal> {
        let terms = Terms::load();
        let history = History::before_today(facts);
        let ahead = Ahead::days(facts, &history, &terms, days)?;
        let on = |ratio: Ratio| until_spent(facts, &ahead.days, ratio, sum);
        let expected = on(Ratio::ONE)?;
        // The margin is that of as many days as the sum is expected to last.
        let lasts = expected.map_or(days, |spent| i64::try_from(spent.days).unwrap_or(i64::MAX));
        let margin = history.margin(lasts, ahead.basis, &terms);
        let shown = expected.map_or(ahead.days.len(), |spent| spent.days + 1);
        let named = ahead.days.iter().take(shown).enumerate();
        working.sum(OWN, named.map(|(day, use_)| (format!("day {day}").into(), *use_)))?;
        Ok(Self { expected, earliest: on(margin.high)?, latest: on(margin.low)?, margin_is_own: margin.own })
    }

    pub(crate) fn finding(&self) -> Option<Finding> {
        (!self.margin_is_own).then(|| Terms::load().margin_finding())
    }

    pub(crate) fn spent_on(&self, today: Day) -> SpentOn {
        let day = |spent: Option<Spent>| {
            let days = i64::try_from(spent?.days).ok()?;
            today.0.checked_add(Duration::days(days)).map(Day)
        };
        SpentOn {
            expected: day(self.expected),
            days: self.expected.map(|spent| spent.days),
            earliest: day(self.earliest),
            latest: day(self.latest),
        }
    }

    pub(crate) fn hours(&self) -> SpentHours {
        let hour = |spent: Option<Spent>| spent.map(|spent| spent.hour);
        SpentHours { expected: hour(self.expected), earliest: hour(self.earliest), latest: hour(self.latest) }
    }
}

/// When what the use has cost reaches `sum`. Beyond the facts' period each calendar month is a period of its own.
fn until_spent(
    facts: &ProjectionFacts,
    days: &[Fraction],
    ratio: Ratio,
    sum: Fraction,
) -> Result<Option<Spent>, Refusal> {
    let ratio = ratio.fraction()?;
    let (mut period, mut used, mut before) = (facts.period, facts.used.fraction(), Fraction::ZERO);
    let passed = i64::from(facts.day_passed_permille.min(1000));
    if cost(facts, period, used)? >= sum {
        return Ok(Some(Spent { days: 0, hour: hour_of(passed) }));
    }
    for (at, expected) in days.iter().enumerate() {
        let Some(day) = later(facts.today, at) else { return Ok(None) };
        if day > period.last() {
            before = before.plus(cost(facts, period, used)?)?;
            period = CalendarMonth::of(day).period();
            used = Fraction::ZERO;
        }
        let comes = expected.times(ratio)?;
        let is_spent = |part: Fraction| -> Result<bool, Refusal> {
            let used = used.plus(comes.times(part)?)?.printed()?;
            Ok(before.plus(cost(facts, period, used)?)? >= sum)
        };
        if is_spent(Fraction::whole(1))? {
            let hour = hour_when(if at == 0 { passed } else { 0 }, is_spent)?;
            return Ok(Some(Spent { days: at, hour }));
        }
        used = used.plus(comes)?.printed()?;
    }
    Ok(None)
}

const HOURS: i64 = 24;

/// The hour in which a part of what comes after `passed` thousandths of a day is enough, where all of it is.
fn hour_when(passed: i64, is_enough: impl Fn(Fraction) -> Result<bool, Refusal>) -> Result<u8, Refusal> {
    let (first, rest) = (hour_of(passed), 1000 - passed);
    for hour in first..23 {
        // So many thousandths of an hour of the day are over when this hour is, and as many are to come from now.
        let over = (i64::from(hour) + 1) * 1000 - passed * HOURS;
        if is_enough(Fraction::count(over).divided_by(Fraction::count(rest * HOURS))?)? {
            return Ok(hour);
        }
    }
    Ok(23)
}

fn hour_of(passed: i64) -> u8 {
    u8::try_from(passed * HOURS / 1000).unwrap_or_default().min(23)
}

fn later(today: Date, days: usize) -> Option<Date> {
    today.checked_add(Duration::days(i64::try_from(days).ok()?))
}

fn cost(facts: &ProjectionFacts, period: Period, used: Fraction) -> Result<Fraction, Refusal> {
    let facts = BillFacts::of_schedule(&facts.tariff, period, used.to_number()?, facts.breaker_amps);
    Ok(bill::calculate(&facts)?.total.fraction())
}
