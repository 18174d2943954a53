//! Rule `prepaid` (PRE-1): what is left of a credit, and how long it will last.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::bill::{self, BillAnswer};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::money::Money;
use crate::number::Number;
use crate::period::{CalendarMonth, Day};
use crate::projection::{Habit, Spending, SpentHours, SpentOn};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PrepaidRequest {
    /// A schedule of the rulebooks.
    pub tariff: String,
    /// The breaker's rating, where the meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// The day that is not over yet.
    pub today: Day,
    /// How much of today has passed, in thousandths.
    #[serde(default)]
    pub day_passed_permille: u16,
    /// What was left when the calendar month began.
    pub credit_before: Number,
    /// What was topped up in it.
    #[serde(default)]
    pub top_ups: Vec<Number>,
    /// Used in the calendar month so far, today included.
    pub used: Number,
    /// First day of `daily`.
    pub daily_from: Day,
    /// Use of each day from `daily_from`; null where nothing was measured. Only days before `today` count.
    pub daily: Vec<Option<Number>>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrepaidAnswer {
    /// Of every amount.
    pub currency: crate::money::Currency,
    /// What is left; below zero where more was used than topped up.
    pub credit: String,
    /// What the calendar month has cost so far.
    pub spent: String,
    /// When the credit will be used up.
    pub ends: SpentOn,
    /// In which hours of those days.
    pub hours: SpentHours,
    /// The bill of the calendar month so far.
    pub bill: BillAnswer,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// What was topped up less what was used, at the schedule's prices, and the day on which nothing will be left: tiers and
/// fixed fees count by calendar month, the days to come are those of the projection, with its margin.
///
/// # Errors
/// [`BillingError::HistoryTooShort`] at `/daily` without one full day, [`BillingError::OutOfRange`],
/// [`BillingError::Negative`], [`BillingError::FinerThanMinorUnit`] at a sum; else as [`bill::calculate`].
///
/// # Source
/// PRE-1; that tiers and fees count by calendar month, and that a day's use is spread evenly over its hours, is assumed;
/// the projection's parameters in
/// `rulebooks/common/projection.toml`, all assumed.
pub fn prepaid(request: &PrepaidRequest, say: Say<'_>) -> Result<PrepaidAnswer, Refusal> {
    let habit = Habit {
        tariff: &request.tariff,
        breaker_amps: request.breaker_amps,
        period: CalendarMonth::of(request.today.0).period(),
        today: request.today,
        day_passed_permille: request.day_passed_permille,
        used: request.used,
        daily_from: request.daily_from,
        daily: &request.daily,
    };
    let facts = habit.facts()?;
    let month = habit.renamed(bill::calculate(&habit.so_far())).map_err(of_today)?;
    let currency = month.currency;
    let mut working = Working::new();
    bounds::list(&request.top_ups, 0, "/top_ups")?;
    let before = bounds::money(request.credit_before, currency, "/credit_before")?;
    let mut parts = vec![(Cow::Borrowed("credit_before"), before.fraction())];
    for (i, top_up) in request.top_ups.iter().enumerate() {
        let top_up = bounds::money(*top_up, currency, &format!("/top_ups/{i}"))?;
        parts.push((Cow::Owned(format!("topup-{}", i + 1)), top_up.fraction()));
    }
    let at = |error: BillingError| error.at("/credit_before");
    let in_all = working.sum(OWN, parts.into_iter()).map_err(at)?;
    let inputs = [in_all, month.total.fraction()];
    let left = working.step(OWN, Formula::Remainder, &inputs).map_err(at)?;
    let spending = habit.renamed(Spending::month_by_month(&facts, in_all, &mut working)).map_err(of_today)?;
    let mut findings = month.findings.clone();
    findings.push(Finding::assumed("prepaid-month", "calendar"));
    findings.push(Finding::assumed("day-course", "even"));
    findings.extend(spending.finding());
    Ok(PrepaidAnswer {
        currency,
        credit: Money::of_rounded(left, currency).map_err(at)?.to_string(),
        spent: month.total.to_string(),
        ends: spending.spent_on(request.today),
        hours: spending.hours(),
        bill: month.answer(say),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

/// The period of a prepaid supply is the month of today, which alone the request says.
fn of_today(refusal: Refusal) -> Refusal {
    if refusal.field.starts_with("/period") { refusal.error.at("/today") } else { refusal }
}

const OWN: Basis = Basis::new("PRE-1", "own-sum");
