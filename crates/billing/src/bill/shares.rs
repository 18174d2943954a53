//! How the usage of a period that crosses a change of price is shared: by measured intervals, else by days.

use time::Date;

use super::facts::{BillFacts, IntervalUsage};
use super::segments::{Pricing, Segment};
use crate::error::{BillingError, Refusal, Result};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::moment::{MINUTES_A_DAY, Moment};
use crate::number::Number;
use crate::period::Period;
use crate::working::Working;

/// The usage of one segment, and the step that gave it.
pub(super) struct Share {
    pub usage: Fraction,
    pub step: Option<usize>,
}

/// An interval in minutes since the period's first midnight.
struct Measured {
    start: i64,
    end: i64,
    usage: Fraction,
}

pub(super) fn of(
    facts: &BillFacts,
    pricing: &Pricing<'_>,
    working: &mut Working,
) -> Result<Vec<Share>, Refusal> {
    let measured = match &facts.intervals {
        Some(intervals) => measured(intervals, facts)?,
        None => Vec::new(),
    };
    if !pricing.is_split() {
        return Ok(vec![Share { usage: facts.usage.fraction(), step: None }]);
    }
    let days = Fraction::count(facts.period.days());
    let usage = facts.usage.fraction();
    let mut shares = Vec::with_capacity(pricing.segments.len());
    for segment in &pricing.segments {
        let basis = pricing.basis("TAR-2", segment.version.source);
        let share = if measured.is_empty() {
            let inputs = [usage, Fraction::count(segment.days()), days];
            working.step(basis, Formula::DaysShare, &inputs)?
        } else {
            let inputs = by_intervals(&measured, facts, segment)?;
            working.step(basis, Formula::MeasuredShare, &inputs)?
        };
        shares.push(Share { usage: share, step: Some(working.newest()) });
    }
    Ok(shares)
}

fn by_intervals(measured: &[Measured], facts: &BillFacts, segment: &Segment) -> Result<[Fraction; 5]> {
    let start = minutes_from(facts.period, segment.first);
    let end = start + segment.days() * MINUTES_A_DAY;
    let (mut inside, mut covered, mut all, mut all_covered) = (Fraction::ZERO, 0, Fraction::ZERO, 0);
    for interval in measured {
        let minutes = interval.end - interval.start;
        let overlap = (interval.end.min(end) - interval.start.max(start)).max(0);
        let part = interval.usage.times(Fraction::count(overlap))?.divided_by(Fraction::count(minutes))?;
        inside = inside.plus(part)?;
        covered += overlap;
        all = all.plus(interval.usage)?;
        all_covered += minutes;
    }
    let uncovered = facts.period.days() * MINUTES_A_DAY - all_covered;
    let free = segment.days() * MINUTES_A_DAY - covered;
    Ok([inside, facts.usage.fraction(), all, Fraction::count(free), Fraction::count(uncovered)])
}

/// The intervals, checked: ascending, apart, inside the period, and in agreement with the usage.
fn measured(intervals: &[IntervalUsage], facts: &BillFacts) -> Result<Vec<Measured>, Refusal> {
    let disagree = || BillingError::IntervalsDisagree.at("/intervals");
    let length = facts.period.days() * MINUTES_A_DAY;
    let (mut end, mut covered, mut sum) = (0, 0, Fraction::ZERO);
    let mut measured = Vec::with_capacity(intervals.len());
    for (i, interval) in intervals.iter().enumerate() {
        if interval.usage < Number::ZERO {
            return Err(BillingError::Negative.at(format!("/intervals/{i}/usage")));
        }
        let start =
            start_of(&interval.from, facts.period).map_err(|e| e.at(format!("/intervals/{i}/from")))?;
        let minutes = i64::from(interval.minutes);
        if minutes == 0 || start < end || start + minutes > length {
            return Err(disagree());
        }
        end = start + minutes;
        covered += minutes;
        sum = sum.plus(interval.usage.fraction())?;
        measured.push(Measured { start, end, usage: interval.usage.fraction() });
    }
    let usage = facts.usage.fraction();
    if sum > usage || (covered == length && sum != usage) {
        return Err(disagree());
    }
    Ok(measured)
}

/// `2020-06-16T00:00` in minutes since the period's first midnight.
fn start_of(text: &str, period: Period) -> Result<i64> {
    let moment = Moment::parse(text)?;
    Ok(minutes_from(period, moment.day) + i64::from(moment.minute))
}

fn minutes_from(period: Period, date: Date) -> i64 {
    (date - period.first()).whole_days() * MINUTES_A_DAY
}
