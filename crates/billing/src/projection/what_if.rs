//! What the open period would come to if something changed, on the projection that is there already: cooling set
//! warmer, days away from home, another schedule, prepayment.

mod prepaid;

use time::{Date, Duration};

use super::{Crossing, Projection, ProjectionFacts, crossings};
use crate::bill::{self, Bill, BillFacts, TierBounds};
use crate::bounds;
use crate::error::{Refusal, Result};
use crate::finding::Finding;
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::number::Number;
use crate::period::{CalendarMonth, Period};
use crate::rulebook::{self, Term};
use crate::working::{Basis, Working};

/// What is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The schedule that prices the period.
    pub tariff: String,
    /// Cooling is set warmer by as many degrees, at most [`most_degrees`].
    pub warmer_degrees: u8,
    /// Nobody is at home for as many whole days from tomorrow on, at most those of the period.
    pub days_away: usize,
    /// Paid in advance: tiers and fixed fees count by calendar month.
    pub prepaid: bool,
}

/// How the period would end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// With few, usual and many units.
    pub ends: [TriedEnd; 3],
    /// The bill of the usual units, as it is paid later.
    pub bill: Bill,
    /// Saved by warmer cooling, of the usual units.
    pub cooling_saved: Number,
    /// Saved by the days away, of the usual units.
    pub away_saved: Number,
    /// Of the limits not reached yet, as the bill counts them.
    pub crossings: Vec<Crossing>,
    /// The price list with its limits for the period.
    pub tiers: Vec<TierBounds>,
    /// What is assumed.
    pub findings: Vec<Finding>,
    /// Every step, in order.
    pub working: Working,
}

/// One way the period would end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriedEnd {
    /// Units at the end.
    pub usage: Number,
    /// What they cost.
    pub total: Money,
}

/// The most degrees that a trial offers.
#[must_use]
pub fn most_degrees() -> u8 {
    rulebook::newest_term(MOST_DEGREES).and_then(|term| u8::try_from(term.count()).ok()).unwrap_or(0)
}

/// The share of cooling in the use of `day`'s month, in percent.
#[must_use]
pub fn cooling_percent(day: Date) -> Option<Number> {
    cooling_of(day).ok().map(|term| term.value)
}

/// Ends the projected period anew, with the days to come as `changes` make them. Nothing is projected again: each day
/// to come loses the share that the rulebook gives, the margin stays, and the engine prices the ends.
///
/// A day away loses its own share and nothing for cooling besides, so the two savings add up. Prepaid, the period costs
/// what its days add to the bills of the calendar months they lie in; a day that nobody measured counts as none.
///
/// # Errors
/// [`BillingError::OutOfRange`] at `/warmer_degrees` or `/days_away`; else as [`bill::calculate`].
///
/// # Source
/// PRO-1 to PRO-3; the shares in `rulebooks/common/projection.toml`, all assumed.
pub fn what_if(
    facts: &ProjectionFacts,
    projection: &Projection,
    changes: &Changes,
) -> Result<WhatIf, Refusal> {
    bounds::count(u32::from(changes.warmer_degrees), 0, u32::from(most_degrees()), "/warmer_degrees")?;
    let most = u32::try_from(projection.ahead.len().saturating_sub(1)).unwrap_or(u32::MAX);
    bounds::count(u32::try_from(changes.days_away).unwrap_or(u32::MAX), 0, most, "/days_away")?;
    let mut trial = Trial { facts, changes, working: Working::new(), findings: Vec::new() };
    let kept = trial.kept(&projection.ahead)?;
    let ratios = projection.ratios();
    let [low, middle, high] = ratios;
    let ends = [trial.end(&kept, low)?, trial.end(&kept, middle)?, trial.end(&kept, high)?];
    let bill = bill::calculate(&trial.of(facts.period, ends[1].usage))?;
    let tiers = bill::tiers(&trial.of(facts.period, facts.used))?;
    let crossings = crossings(facts, &kept.days, &tiers, ratios)?;
    let mut findings = bill.findings.clone();
    findings.extend(projection.findings().filter(|found| !bill.findings.contains(found)).cloned());
    findings.append(&mut trial.findings);
    Ok(WhatIf {
        ends,
        bill,
        cooling_saved: kept.cooling_saved.to_number()?,
        away_saved: kept.away_saved.to_number()?,
        crossings,
        tiers,
        findings,
        working: trial.working,
    })
}

const MOST_DEGREES: &str = "common.projection-most-degrees";
const DEGREE: &str = "common.projection-degree-percent";
const AWAY: &str = "common.projection-away-percent";
const COOLING: [&str; 12] = [
    "common.projection-cooling-percent-01",
    "common.projection-cooling-percent-02",
    "common.projection-cooling-percent-03",
    "common.projection-cooling-percent-04",
    "common.projection-cooling-percent-05",
    "common.projection-cooling-percent-06",
    "common.projection-cooling-percent-07",
    "common.projection-cooling-percent-08",
    "common.projection-cooling-percent-09",
    "common.projection-cooling-percent-10",
    "common.projection-cooling-percent-11",
    "common.projection-cooling-percent-12",
];

const OWN: Basis = Basis::new("PRO-1", "adad-method");

fn cooling_of(day: Date) -> Result<&'static Term> {
    rulebook::needed(COOLING[usize::from(u8::from(day.month()) - 1)])
}

/// A trial as it is worked out.
struct Trial<'a> {
    facts: &'a ProjectionFacts,
    changes: &'a Changes,
    working: Working,
    findings: Vec<Finding>,
}

/// The days to come as they would be.
struct Kept {
    /// The rest of today and each day after it.
    days: Vec<Fraction>,
    /// Their sum.
    total: Fraction,
    cooling_saved: Fraction,
    away_saved: Fraction,
}

impl Trial<'_> {
    fn of(&self, period: Period, usage: Number) -> BillFacts {
        BillFacts::of_schedule(&self.changes.tariff, period, usage, self.facts.breaker_amps)
    }

    /// What remains of the days `ahead`.
    fn kept(&mut self, ahead: &[Number]) -> Result<Kept> {
        let all = ahead.iter().enumerate().map(|(day, use_)| (format!("day {day}").into(), use_.fraction()));
        let all = self.working.sum(OWN, all)?;
        let is_away = |day: usize| day > 0 && day <= self.changes.days_away;
        let away_saved = self.away(ahead, &is_away)?;
        let cooling_saved = self.cooled(ahead, &is_away)?;
        let left = self.working.step(OWN, Formula::Remainder, &[all, cooling_saved])?;
        let total = self.working.step(OWN, Formula::Remainder, &[left, away_saved])?;
        let days = ahead.iter().enumerate().map(|(day, use_)| {
            let use_ = use_.fraction();
            let saved =
                if is_away(day) { self.away_share(use_)? } else { self.cooling_share(use_, self.day(day))? };
            use_.minus(saved)
        });
        Ok(Kept { days: days.collect::<Result<_>>()?, total, cooling_saved, away_saved })
    }

    /// The day that lies `ahead`.
    fn day(&self, ahead: usize) -> Date {
        let ahead = Duration::days(i64::try_from(ahead).unwrap_or(0));
        self.facts.today.checked_add(ahead).unwrap_or(self.facts.today)
    }

    fn degrees(&self) -> Fraction {
        Fraction::count(i64::from(self.changes.warmer_degrees))
    }

    fn away_share(&self, use_: Fraction) -> Result<Fraction> {
        Formula::Away.evaluate(&[use_, rulebook::needed(AWAY)?.value.fraction()])
    }

    fn cooling_share(&self, use_: Fraction, on: Date) -> Result<Fraction> {
        if self.changes.warmer_degrees == 0 {
            return Ok(Fraction::ZERO);
        }
        let (share, degree) = (cooling_of(on)?, rulebook::needed(DEGREE)?);
        Formula::Cooled.evaluate(&[use_, share.value.fraction(), self.degrees(), degree.value.fraction()])
    }

    /// What the days away save.
    fn away(&mut self, ahead: &[Number], is_away: &dyn Fn(usize) -> bool) -> Result<Fraction> {
        if self.changes.days_away == 0 {
            return Ok(Fraction::ZERO);
        }
        let share = rulebook::needed(AWAY)?;
        self.findings.push(Finding::assumed("day-away", share.text));
        let usage = self.sum_of(ahead, is_away)?;
        self.working.step(OWN, Formula::Away, &[usage, share.value.fraction()])
    }

    /// What warmer cooling saves on the days at home, month by month.
    fn cooled(&mut self, ahead: &[Number], is_away: &dyn Fn(usize) -> bool) -> Result<Fraction> {
        if self.changes.warmer_degrees == 0 {
            return Ok(Fraction::ZERO);
        }
        let degree = rulebook::needed(DEGREE)?;
        self.findings.push(Finding::assumed("cooling-degree", degree.text));
        let last = self.day(ahead.len().saturating_sub(1));
        let mut saved = Vec::new();
        let mut month = CalendarMonth::of(self.facts.today);
        while month.first_day() <= last {
            let share = cooling_of(month.first_day())?;
            let finding = Finding::assumed("cooling-share", share.text);
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
            let days: Vec<bool> = (0..ahead.len())
                .map(|day| !is_away(day) && CalendarMonth::of(self.day(day)) == month)
                .collect();
            let usage = self.sum_of(ahead, &|day| days[day])?;
            let inputs = [usage, share.value.fraction(), self.degrees(), degree.value.fraction()];
            saved.push(self.working.step(OWN, Formula::Cooled, &inputs)?);
            let Some(next) = month.last_day().next_day() else { break };
            month = CalendarMonth::of(next);
        }
        let named = saved.iter().enumerate().map(|(at, part)| (format!("month-{}", at + 1).into(), *part));
        self.working.sum(OWN, named)
    }

    fn sum_of(&mut self, ahead: &[Number], counts: &dyn Fn(usize) -> bool) -> Result<Fraction> {
        let counted = ahead.iter().enumerate().filter(|(day, _)| counts(*day));
        self.working.sum(OWN, counted.map(|(day, use_)| (format!("day {day}").into(), use_.fraction())))
    }

    /// The end with the days to come times `ratio`.
    fn end(&mut self, kept: &Kept, ratio: Fraction) -> Result<TriedEnd, Refusal> {
        let inputs = [self.facts.used.fraction(), kept.total, ratio];
        let usage = self.working.step(OWN, Formula::Path, &inputs)?.to_number()?;
        if self.changes.prepaid {
            return Ok(TriedEnd { usage, total: self.prepaid(kept, ratio)? });
        }
        Ok(TriedEnd { usage, total: bill::calculate(&self.of(self.facts.period, usage))?.total })
    }
}
