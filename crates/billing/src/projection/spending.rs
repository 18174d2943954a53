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

/// The days until a sum is spent, on each path.
pub(crate) struct Spending {
    expected: Option<usize>,
    earliest: Option<usize>,
    latest: Option<usize>,
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
        let lasts = expected.map_or(days, |days| i64::try_from(days).unwrap_or(i64::MAX));
        let margin = history.margin(lasts, ahead.basis, &terms);
        let shown = expected.map_or(ahead.days.len(), |days| days + 1);
        let named = ahead.days.iter().take(shown).enumerate();
        working.sum(OWN, named.map(|(day, use_)| (format!("day {day}").into(), *use_)))?;
        Ok(Self { expected, earliest: on(margin.high)?, latest: on(margin.low)?, margin_is_own: margin.own })
    }

    pub(crate) fn finding(&self) -> Option<Finding> {
        (!self.margin_is_own).then(|| Terms::load().margin_finding())
    }

    pub(crate) fn spent_on(&self, today: Day) -> SpentOn {
        let day = |days: Option<usize>| {
            let days = i64::try_from(days?).ok()?;
            today.0.checked_add(Duration::days(days)).map(Day)
        };
        SpentOn {
            expected: day(self.expected),
            days: self.expected,
            earliest: day(self.earliest),
            latest: day(self.latest),
        }
    }
}

/// Days from today until what the use has cost reaches `sum`. Beyond the facts' period each calendar month is a period
/// of its own.
fn until_spent(
    facts: &ProjectionFacts,
    days: &[Fraction],
    ratio: Ratio,
    sum: Fraction,
) -> Result<Option<usize>, Refusal> {
    let ratio = ratio.fraction()?;
    let (mut period, mut used, mut before) = (facts.period, facts.used.fraction(), Fraction::ZERO);
    if cost(facts, period, used)? >= sum {
        return Ok(Some(0));
    }
    for (at, expected) in days.iter().enumerate() {
        let Some(day) = later(facts.today, at) else { return Ok(None) };
        if day > period.last() {
            before = before.plus(cost(facts, period, used)?)?;
            period = CalendarMonth::of(day).period();
            used = Fraction::ZERO;
        }
        used = used.plus(expected.times(ratio)?)?.printed()?;
        if before.plus(cost(facts, period, used)?)? >= sum {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn later(today: Date, days: usize) -> Option<Date> {
    today.checked_add(Duration::days(i64::try_from(days).ok()?))
}

fn cost(facts: &ProjectionFacts, period: Period, used: Fraction) -> Result<Fraction, Refusal> {
    let facts = BillFacts::of_schedule(&facts.tariff, period, used.to_number()?, facts.breaker_amps);
    Ok(bill::calculate(&facts)?.total.fraction())
}
