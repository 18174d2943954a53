//! Rules PRO-1 to PRO-3: where the period will end, when it crosses each limit, and what it will cost.

mod ahead;
mod answer;
mod history;
mod spending;
mod what_if;

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

use ahead::{Ahead, crossings};
pub(crate) use answer::Habit;
pub use answer::{CrossingAnswer, PathAnswer, ProjectionAnswer, ProjectionRequest, projection};
pub(crate) use spending::Spending;
pub use spending::{SpentHours, SpentOn};
pub use what_if::{Changes, TriedEnd, WhatIf, cooling_percent, most_degrees, what_if};

use crate::bill::{self, Bill, BillFacts, TierBounds};
use crate::bounds;
use crate::error::{BillingError, Refusal, Result};
use crate::finding::Finding;
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::number::{MILLION, Number};
use crate::period::Period;
use crate::rulebook;
use crate::working::{Basis, Working};
use history::{History, Ratio};

/// What a projection is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectionFacts {
    /// A schedule of the rulebooks.
    pub tariff: String,
    /// The breaker's rating, where the meter fee goes by it.
    pub breaker_amps: Option<u32>,
    /// The open period.
    pub period: Period,
    /// The day that is not over yet; inside the period.
    pub today: Date,
    /// Used in the period so far, today included.
    pub used: Number,
    /// First day of `daily`.
    pub daily_from: Date,
    /// Use of each day from `daily_from`; `None` where nothing was measured. Only days before `today` count.
    pub daily: Vec<Option<Number>>,
    /// How much of today has passed, in thousandths.
    pub day_passed_permille: u16,
}

impl ProjectionFacts {
    /// What was known when the middle day of `period` began; `None` where a day of it before that was not measured.
    #[must_use]
    pub fn at_middle_of(&self, period: Period) -> Option<Self> {
        let today = period.first().checked_add(Duration::days(period.days() / 2))?;
        let place = |day: Date| usize::try_from((day - self.daily_from).whole_days()).ok();
        let (first, until) = (place(period.first())?, place(today)?);
        let days = self.daily.get(first..until)?.iter().copied().collect::<Option<Vec<_>>>()?;
        let used = days.iter().try_fold(0_i64, |sum, day| sum.checked_add(day.millionths()))?;
        Some(Self {
            period,
            today,
            used: Number::from_millionths(used),
            daily: self.daily[..until].to_vec(),
            day_passed_permille: 0,
            ..self.clone()
        })
    }
}

/// What the days to come are projected from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HistoryBasis {
    /// The same weekdays of last year, at this year's level.
    LastYear,
    /// The days just past.
    RecentDays,
}

/// Where the period will end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// What the use so far costs.
    pub now: Bill,
    /// The end with few, usual and many units.
    pub low: Path,
    /// The expected end.
    pub middle: Path,
    /// Expected for the rest of today and for each day after it, as the expected end has them.
    pub ahead: Vec<Number>,
    /// The end with many units.
    pub high: Path,
    /// Of the limits not reached yet.
    pub crossings: Vec<Crossing>,
    /// The price list with its limits for the period.
    pub tiers: Vec<TierBounds>,
    /// What the days to come are projected from.
    pub basis: HistoryBasis,
    /// What the days to come are multiplied by at few and at many units.
    pub margin: [Fraction; 2],
    /// Whether the margin comes from the projection's own past errors; else it is assumed.
    pub margin_is_own: bool,
    /// Said of the margin, where it is not its own.
    pub margin_finding: Option<Finding>,
    /// Every step, in order.
    pub working: Working,
}

impl Projection {
    /// Facts beside the result.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.middle.bill.findings.iter().chain(&self.margin_finding)
    }

    /// What the days to come are multiplied by at few, usual and many units.
    fn ratios(&self) -> [Fraction; 3] {
        let [low, high] = self.margin;
        [low, Fraction::whole(1), high]
    }
}

/// One way the period may end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Units at the end, at most six decimals.
    pub usage: Number,
    /// What they cost.
    pub bill: Bill,
}

/// When a limit will be crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The place of the tier that is entered, from 2.
    pub tier: usize,
    /// The last unit before it.
    pub limit: Fraction,
    /// The expected day; `None` if not in this period.
    pub expected: Option<Date>,
    /// The day with many units.
    pub earliest: Option<Date>,
    /// The day with few units.
    pub latest: Option<Date>,
}

/// Projects the open period to its end.
///
/// Each day to come is taken as the mean of the same weekday 52 weeks ago and of the weeks beside it, times the
/// level of the days just past against theirs of last year; without last year, as the mean of the week just past, its
/// newest days counting most. The margin holds 80 % of the errors that the same projection made at earlier days.
///
/// # Errors
/// [`BillingError::HistoryTooShort`] at `/daily` without one full day; `/today` outside the period is
/// [`BillingError::OutOfRange`]; else as [`bill::calculate`].
///
/// # Source
/// PRO-1 to PRO-3; the method's parameters in `rulebooks/common/projection.toml`, all assumed.
pub fn project(facts: &ProjectionFacts) -> Result<Projection, Refusal> {
    let terms = Terms::load();
    let left = days_left(facts, &terms)?;
    let history = History::before_today(facts);
    let mut working = Working::new();
    let ahead = Ahead::days(facts, &history, &terms, left)?;
    let named = ahead.days.iter().enumerate().map(|(day, use_)| (format!("day {day}").into(), *use_));
    let total = working.sum(OWN, named)?;
    let margin = history.margin(left, ahead.basis, &terms);
    let ratios = [margin.low.fraction()?, Fraction::whole(1), margin.high.fraction()?];
    let used = facts.used.fraction();
    let mut path = |ratio: Fraction| -> Result<Path, Refusal> {
        let usage = working.step(OWN, Formula::Path, &[used, total, ratio])?.to_number()?;
        Ok(Path { usage, bill: bill::calculate(&of_usage(facts, usage))? })
    };
    let [few, usual, many] = ratios;
    let (low, middle, high) = (path(few)?, path(usual)?, path(many)?);
    let tiers = bill::tiers(&of_usage(facts, facts.used))?;
    let crossings = crossings(facts, &ahead.days, &tiers, ratios)?;
    Ok(Projection {
        now: bill::calculate(&of_usage(facts, facts.used))?,
        low,
        middle,
        ahead: ahead.days.iter().map(|day| day.to_number()).collect::<Result<_>>()?,
        high,
        crossings,
        tiers,
        basis: ahead.basis,
        margin: [few, many],
        margin_is_own: margin.own,
        margin_finding: (!margin.own).then(|| terms.margin_finding()),
        working,
    })
}

const OWN: Basis = Basis::new("PRO-1", "own-history");

/// Days of the period after today.
fn days_left(facts: &ProjectionFacts, terms: &Terms) -> Result<i64, Refusal> {
    let period = facts.period.checked()?;
    let out_of_range = |most: i64, field: &str| {
        let most = Number::from_units(u32::try_from(most).unwrap_or(u32::MAX));
        BillingError::OutOfRange { least: Number::ZERO, most }.at(field)
    };
    let left = (period.last() - facts.today).whole_days();
    if left < 0 || facts.today < period.first() {
        return Err(out_of_range(period.days(), "/today"));
    }
    if left > terms.horizon_days {
        return Err(out_of_range(terms.horizon_days, "/period/to"));
    }
    Ok(left)
}

fn of_usage(facts: &ProjectionFacts, usage: Number) -> BillFacts {
    BillFacts::of_schedule(&facts.tariff, facts.period, usage, facts.breaker_amps)
}

const FIRST_MARGIN: &str = "common.projection-first-margin-percent";

/// The parameters of the method.
struct Terms {
    recent_days: usize,
    week_days: usize,
    tail_percent: usize,
    least_errors: usize,
    first_margin_percent: i64,
    horizon_days: i64,
}

impl Terms {
    /// What a result says of a margin that is not its own.
    fn margin_finding(&self) -> Finding {
        let term = rulebook::newest_term(FIRST_MARGIN);
        Finding::assumed("projection-margin", term.map_or("", |term| term.text))
    }

    fn load() -> Self {
        let term = |id| rulebook::newest_term(id).map_or(0, |term| term.value.millionths() / MILLION);
        let count = |id| usize::try_from(term(id)).unwrap_or(0);
        Self {
            recent_days: count("common.projection-recent-days"),
            week_days: count("common.projection-week-days"),
            tail_percent: count("common.projection-tail-percent"),
            least_errors: count("common.projection-least-errors"),
            first_margin_percent: term(FIRST_MARGIN),
            horizon_days: term("common.projection-horizon-days"),
        }
    }
}

/// A day's use that no meter of a home or a shop shows; below it no sum of the method is too large.
const TOO_MUCH_A_DAY: Number = Number::from_units(1_000_000_000);

fn checked(facts: &ProjectionFacts) -> Result<(), Refusal> {
    for (day, used) in facts.daily.iter().enumerate() {
        if let Some(used) = used {
            bounds::at_most(*used, TOO_MUCH_A_DAY, &format!("/daily/{day}"))?;
        }
    }
    Ok(())
}
