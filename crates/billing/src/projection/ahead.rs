//! The days to come, and when they cross a limit.

use time::Duration;

use super::history::History;
use super::{Crossing, HistoryBasis, ProjectionFacts, Terms, checked};
use crate::bill::TierBounds;
use crate::error::{BillingError, Refusal, Result};
use crate::fraction::Fraction;

/// The expected use of the rest of today and of each day after it.
pub(super) struct Ahead {
    pub(super) days: Vec<Fraction>,
    pub(super) basis: HistoryBasis,
}

impl Ahead {
    /// Today's rest and `left` days after it.
    pub(super) fn days(
        facts: &ProjectionFacts,
        history: &History<'_>,
        terms: &Terms,
        left: i64,
    ) -> Result<Self, Refusal> {
        checked(facts)?;
        let too_short = || BillingError::HistoryTooShort.at("/daily");
        let level = history.level(history.past(), terms).ok_or_else(too_short)?;
        let rest = 1000 - i64::from(facts.day_passed_permille.min(1000));
        let today = Fraction::count(rest).divided_by(Fraction::count(1000))?;
        let mut days = Vec::new();
        for ahead in 0..=usize::try_from(left).unwrap_or(0) {
            let whole = level.of_day(history, history.past() + ahead).fraction()?;
            days.push(if ahead == 0 { whole.times(today)?.printed()? } else { whole.printed()? });
        }
        Ok(Self { days, basis: level.basis() })
    }
}

/// Days from today until `used` and the days to come, times `ratio`, are above `limit`.
fn days_until(days: &[Fraction], used: Fraction, limit: Fraction, ratio: Fraction) -> Result<Option<usize>> {
    let mut sum = used;
    for (ahead, expected) in days.iter().enumerate() {
        sum = sum.plus(expected.times(ratio)?)?;
        if sum > limit {
            return Ok(Some(ahead));
        }
    }
    Ok(None)
}

/// When the use and `days` to come, at few, usual and many units, cross each limit that is not reached yet.
pub(super) fn crossings(
    facts: &ProjectionFacts,
    days: &[Fraction],
    tiers: &[TierBounds],
    [few, usual, many]: [Fraction; 3],
) -> Result<Vec<Crossing>> {
    let used = facts.used.fraction();
    let day = |ahead: Option<usize>| {
        let ahead = i64::try_from(ahead?).ok()?;
        facts.today.checked_add(Duration::days(ahead))
    };
    let mut crossings = Vec::new();
    for tier in tiers.iter().filter(|tier| tier.place > 1 && tier.from >= used) {
        let on = |ratio| days_until(days, used, tier.from, ratio).map(day);
        crossings.push(Crossing {
            tier: tier.place,
            limit: tier.from,
            expected: on(usual)?,
            earliest: on(many)?,
            latest: on(few)?,
        });
    }
    Ok(crossings)
}
