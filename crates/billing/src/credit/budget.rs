//! Rule `budget` (PRE-4): a sum that the customer sets for a period, and the day on which it will be spent.

use serde::{Deserialize, Serialize};

use crate::bill;
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::{Day, Period};
use crate::projection::{Habit, Spending, SpentOn, project};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BudgetRequest {
    /// What the period may cost.
    pub budget: Number,
    /// A schedule of the rulebooks.
    pub tariff: String,
    /// The breaker's rating, where the meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// The open period.
    pub period: Period,
    /// The day that is not over yet; inside the period.
    pub today: Day,
    /// How much of today has passed, in thousandths.
    #[serde(default)]
    pub day_passed_permille: u16,
    /// Used in the period so far, today included.
    pub used: Number,
    /// First day of `daily`.
    pub daily_from: Day,
    /// Use of each day from `daily_from`; null where nothing was measured. Only days before `today` count.
    pub daily: Vec<Option<Number>>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BudgetAnswer {
    /// Of every amount.
    pub currency: Currency,
    /// What the period has cost so far.
    pub spent: String,
    /// What is left of the budget; below zero where it is passed.
    pub left: String,
    /// What the whole period is expected to cost.
    pub expected: String,
    /// The same with few units.
    pub low: String,
    /// The same with many units.
    pub high: String,
    /// Whether the expected cost is above the budget.
    pub passes: bool,
    /// When the budget will be spent.
    pub spent_on: SpentOn,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// What is spent and left of a budget, what the period is expected to cost, and the day on which the budget is spent.
///
/// # Errors
/// As rule `projection`; [`BillingError::Negative`] or [`BillingError::FinerThanMinorUnit`] at `/budget`.
///
/// # Source
/// PRE-4; the projection's parameters in `rulebooks/common/projection.toml`, all assumed.
pub fn budget(request: &BudgetRequest, say: Say<'_>) -> Result<BudgetAnswer, Refusal> {
    let habit = Habit {
        tariff: &request.tariff,
        breaker_amps: request.breaker_amps,
        period: request.period,
        today: request.today,
        day_passed_permille: request.day_passed_permille,
        used: request.used,
        daily_from: request.daily_from,
        daily: &request.daily,
    };
    let facts = habit.facts()?;
    let so_far = habit.renamed(bill::calculate(&habit.so_far()))?;
    let projection = habit.renamed(project(&facts))?;
    let currency = so_far.currency;
    let budget = bounds::money(request.budget, currency, "/budget")?;
    let at = |error: BillingError| error.at("/budget");
    let mut working = Working::new();
    let inputs = [budget.fraction(), so_far.total.fraction()];
    let left = working.step(OWN, Formula::Remainder, &inputs).map_err(at)?;
    let spending = habit.renamed(Spending::in_period(&facts, budget.fraction(), &mut working))?;
    let expected = projection.middle.bill.total;
    let passes = expected.minor() > budget.minor();
    let mut findings = Vec::new();
    if passes {
        findings.push(Finding::BudgetPassed { expected, budget });
    }
    findings.extend(projection.findings().cloned());
    Ok(BudgetAnswer {
        currency,
        spent: so_far.total.to_string(),
        left: Money::of_rounded(left, currency).map_err(at)?.to_string(),
        expected: expected.to_string(),
        low: projection.low.bill.total.to_string(),
        high: projection.high.bill.total.to_string(),
        passes,
        spent_on: spending.spent_on(request.today),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

const OWN: Basis = Basis::new("PRE-4", "own-sum");
