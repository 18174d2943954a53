//! Rule `meter-test` (BIL-12): when a meter is due for its periodic test.

use serde::{Deserialize, Serialize};

use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::period::{Day, months_later};
use crate::rulebook;
use crate::working::{StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeterTestRequest {
    /// The day of the last test, or of the first use of a new meter.
    pub last_test: Day,
    /// What kind of meter it is.
    #[serde(default)]
    pub kind: MeterKind,
    /// The day to judge by.
    pub on: Day,
}

/// Kinds of meters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeterKind {
    /// Digital, read from afar.
    #[default]
    Smart,
    /// With a counting train; how often it is tested was never published.
    Mechanical,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeterTestAnswer {
    /// The day of the last test.
    pub last_test: Day,
    /// The day by which the next is due; null where no interval was published.
    pub next_test: Option<Day>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// The day of the next periodic test; on that day itself it is not overdue yet.
///
/// # Errors
/// [`BillingError::PeriodReversed`] at `/on` before the last test; [`BillingError::NotADate`] beyond the year 9999.
///
/// # Source
/// BIL-12; the years between tests in `rulebooks/sa/billing.toml`.
pub fn meter_test(request: &MeterTestRequest, say: Say<'_>) -> Result<MeterTestAnswer, Refusal> {
    let (last, on) = (request.last_test.0, request.on.0);
    if on < last {
        return Err(BillingError::PeriodReversed { from: last, to: on }.at("/on"));
    }
    let mut working = Working::new();
    let mut findings = Vec::new();
    let mut next_test = None;
    match request.kind {
        MeterKind::Mechanical => findings.push(Finding::TestIntervalNotPublished),
        MeterKind::Smart => {
            let term = rulebook::needed("sa.smart-meter-test-years").map_err(|e| e.at("/kind"))?;
            let inputs = [Fraction::count(i64::from(last.year())), term.value.fraction()];
            working.step(term.basis("BIL-12"), Formula::NextYear, &inputs)?;
            let next = months_later(last, term.count() * 12);
            next_test = Some(next.ok_or_else(|| BillingError::NotADate.at("/last_test"))?);
        }
    }
    let overdue = next_test.filter(|due| on > *due);
    findings.extend(overdue.map(|due| Finding::MeterTestOverdue { due }));
    Ok(MeterTestAnswer {
        last_test: request.last_test,
        next_test: next_test.map(Day),
        overdue: overdue.is_some(),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}
