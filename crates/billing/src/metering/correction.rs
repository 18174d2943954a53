//! Rule `meter-correction` (BIL-6): the true use behind a meter that ran fast or slow.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::number::{MILLION, Number};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeterCorrectionRequest {
    /// Units that the meter counted.
    pub recorded: Number,
    /// How far off the test found it, in percent of the true use; below 100 for a slow meter.
    pub error_percent: Number,
    /// Which way.
    pub runs: Runs,
}

/// Which way a meter errs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Runs {
    /// It counts more than was used.
    Fast,
    /// It counts less than was used.
    Slow,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeterCorrectionAnswer {
    /// The true use, half up to three decimals: what a correction is billed from.
    pub actual: String,
    /// The true use less the recorded one.
    pub difference: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// The true use: recorded × 100 ÷ (100 + e) of a fast meter, ÷ (100 − e) of a slow one.
///
/// # Errors
/// [`BillingError::Negative`], [`BillingError::OutOfRange`] at `/error_percent` for a slow meter's error of 100 % or
/// more, [`BillingError::NumberTooLarge`].
///
/// # Source
/// The service guide's formula, BIL-6.
pub fn meter_correction(
    request: &MeterCorrectionRequest,
    _: Say<'_>,
) -> Result<MeterCorrectionAnswer, Refusal> {
    bounds::not_negative(request.recorded, "/recorded")?;
    let mut working = Working::new();
    let actual = true_use(request.recorded, request.error_percent, request.runs, &mut working)?;
    let inputs = [actual.fraction(), request.recorded.fraction()];
    let difference = working.step(TEST, Formula::Change, &inputs).map_err(|e| e.at("/recorded"))?;
    Ok(MeterCorrectionAnswer {
        actual: actual.to_string(),
        difference: bounds::quantity(difference, "/recorded")?.to_string(),
        findings: Vec::new(),
        working: working.answer(),
    })
}

const TEST: Basis = Basis::new("BIL-6", "sa-service-guide");

/// The true use as a step of `working`.
pub(crate) fn true_use(
    recorded: Number,
    error_percent: Number,
    runs: Runs,
    working: &mut Working,
) -> Result<Number, Refusal> {
    let formula = match runs {
        Runs::Fast => Formula::TrueFast,
        Runs::Slow => Formula::TrueSlow,
    };
    match runs {
        Runs::Fast => bounds::not_negative(error_percent, "/error_percent")?,
        Runs::Slow => bounds::at_most(error_percent, BELOW_HUNDRED, "/error_percent")?,
    }
    let inputs: [Fraction; 2] = [recorded.fraction(), error_percent.fraction()];
    let actual = working.step(TEST, formula, &inputs).map_err(|e: BillingError| e.at("/recorded"))?;
    bounds::quantity(actual, "/recorded")
}

/// The largest error of a slow meter: one that counts nothing has no percentage.
const BELOW_HUNDRED: Number = Number::from_millionths(100 * MILLION - 1);
