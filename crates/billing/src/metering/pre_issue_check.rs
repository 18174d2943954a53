//! Rule `pre-issue-check` (BIL-5): whether a bill may be issued, or is held because its use is illogical.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::past::{self, PastPeriod};
use crate::bounds;
use crate::error::Refusal;
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::number::Number;
use crate::period::{Period, months_later};
use crate::rulebook::{self, Term};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PreIssueCheckRequest {
    /// The bill's days.
    pub period: Period,
    /// What it would charge; may be below zero, which is illogical.
    pub usage: Number,
    /// Of the usage, for the sentence of a finding.
    #[serde(default = "kwh")]
    pub unit: String,
    /// Whether somebody lives or works there.
    #[serde(default = "yes")]
    pub occupied: bool,
    /// Periods on record, in any order.
    pub history: Vec<PastPeriod>,
}

fn kwh() -> String {
    "kWh".to_owned()
}

const fn yes() -> bool {
    true
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreIssueCheckAnswer {
    /// Whether the bill may be issued; else it is held, and a meter in doubt is tested at the provider's cost.
    pub allowed: bool,
    /// The usual use of such a period; none where nothing is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<UsualRange>,
    /// Why it is held.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// The usual use of a period, both ends still usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UsualRange {
    /// The least, half up to six decimals.
    pub low: String,
    /// The most, half up to six decimals.
    pub high: String,
    /// The median of the daily averages compared with.
    pub daily_median: String,
    /// The periods compared with.
    pub from: Vec<Period>,
}

/// Whether a bill's use is logical: its daily use from 0.3 to 2 times the median of the same calendar month in the
/// years on record, with its two neighbours where there is one year only; not below zero, and not zero at an
/// occupied home. The month of a period is that of its last day. Estimates are not compared with.
///
/// # Errors
/// A reversed period, [`crate::error::BillingError::Negative`] in the history, a history above 1,000 periods,
/// [`crate::error::BillingError::NumberTooLarge`].
///
/// # Source
/// The service guide asks for the check, BIL-5; its figures in `rulebooks/sa/billing.toml` are assumed.
pub fn pre_issue_check(request: &PreIssueCheckRequest, say: Say<'_>) -> Result<PreIssueCheckAnswer, Refusal> {
    let period = request.period.checked()?;
    past::check(&request.history, "/history")?;
    let mut working = Working::new();
    let mut reasons = Vec::new();
    let mut findings = Vec::new();
    if request.usage < Number::ZERO {
        reasons.push(Finding::UseNegative);
    }
    if request.usage == Number::ZERO && request.occupied {
        reasons.push(Finding::UseZero);
    }
    let from = comparable(&request.history, period);
    let usual = if from.is_empty() {
        findings.push(Finding::NoHistory);
        None
    } else {
        let usual = Usual::of(&from, period, &mut working)?;
        findings.extend([usual.low_term, usual.high_term].into_iter().filter_map(Term::finding));
        let usage = request.usage.fraction();
        if usage < usual.low || usage > usual.high {
            let (low, high) = (usual.low.to_number()?, usual.high.to_number()?);
            let unit = request.unit.clone();
            reasons.push(Finding::UseUnusual { usage: request.usage, low, high, unit });
        }
        Some(usual.answer(&from)?)
    };
    let allowed = reasons.is_empty();
    reasons.extend(findings);
    Ok(PreIssueCheckAnswer {
        allowed,
        usual,
        findings: Finding::answers(&reasons, say),
        working: working.answer(),
    })
}

const CHECK: Basis = Basis::new("BIL-5", "sa-service-guide");

struct Usual {
    low: Fraction,
    high: Fraction,
    median: Fraction,
    low_term: &'static Term,
    high_term: &'static Term,
}

impl Usual {
    fn of(from: &[&PastPeriod], period: Period, working: &mut Working) -> Result<Self, Refusal> {
        let term = |id| rulebook::needed(id).map_err(|e| e.at("/period"));
        let (low_term, high_term) = (term("sa.check-low-factor")?, term("sa.check-high-factor")?);
        let mut averages = Vec::with_capacity(from.len());
        for (i, past) in from.iter().enumerate() {
            let inputs = [past.usage.fraction(), Fraction::count(past.period.days())];
            let daily = working.step(CHECK, Formula::Daily, &inputs)?;
            averages.push((Cow::Owned(format!("period-{}", i + 1)), daily));
        }
        let median = working.over(CHECK, Formula::Median, averages.into_iter())?;
        let mut bound = |term: &Term| {
            let inputs = [median, term.value.fraction(), Fraction::count(period.days())];
            working.step(term.basis("BIL-5"), Formula::Bound, &inputs)
        };
        Ok(Self { low: bound(low_term)?, high: bound(high_term)?, median, low_term, high_term })
    }

    fn answer(&self, from: &[&PastPeriod]) -> Result<UsualRange, Refusal> {
        let printed = |value| bounds::quantity(value, "/history").map(|number| number.to_string());
        Ok(UsualRange {
            low: printed(self.low)?,
            high: printed(self.high)?,
            daily_median: printed(self.median)?,
            from: from.iter().map(|past| past.period).collect(),
        })
    }
}

/// The same month of the years on record; of one year only, the months beside it too.
fn comparable(history: &[PastPeriod], period: Period) -> Vec<&PastPeriod> {
    let real = || history.iter().filter(|past| past.is_real() && past.period.last() < period.first());
    let month = |past: &PastPeriod| (past.period.last().year(), past.period.last().month());
    let mut same: Vec<&PastPeriod> =
        real().filter(|past| past.period.last().month() == period.last().month()).collect();
    if let [only] = same.as_slice() {
        let beside = |months| months_later(only.period.last(), months).map(|day| (day.year(), day.month()));
        let neighbours = [beside(-1), beside(1)];
        same.extend(real().filter(|past| neighbours.contains(&Some(month(past)))));
    }
    same.sort_by_key(|past| past.period.last());
    same
}
