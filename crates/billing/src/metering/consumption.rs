//! Rule `consumption` (BIL-3): what the registers of a service point counted.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::number::Number;
use crate::period::Day;
use crate::rulebook;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsumptionRequest {
    /// All registers of the period: of one meter, and of the one that replaced it.
    pub registers: Vec<Register>,
}

/// Two readings of one register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// What it showed when the period began, or when its meter was fitted.
    pub previous: Number,
    /// What it showed when the period ended, or when its meter was taken away.
    pub current: Number,
    /// Units for one unit of the register; above zero.
    #[serde(default = "one")]
    pub multiplier: Number,
    /// Digits before its point, 1 to 12: how far it counts before it begins again. Without them no roll-over is recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<u32>,
    /// The last day of a meter that was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

const fn one() -> Number {
    Number::from_units(1)
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsumptionAnswer {
    /// Units of all registers together.
    pub usage: String,
    /// In the order of the request.
    pub registers: Vec<RegisterAnswer>,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// What one register counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisterAnswer {
    /// Units, to at most six decimals.
    pub usage: String,
    /// Whether it came full circle to zero.
    pub rolled_over: bool,
}

/// Differences of readings times their multipliers, added up; a roll-over is recognised where it is small.
///
/// # Errors
/// [`BillingError::ReadingFell`] at `/registers/i/current` for any other fall, [`BillingError::MultiplierInvalid`],
/// [`BillingError::Negative`], [`BillingError::OutOfRange`] for a reading that the register's digits cannot show or
/// a list of none or above 1,000, [`BillingError::NumberTooLarge`].
///
/// # Source
/// The service guide, BIL-3; the most that a register may have run on after a roll-over in
/// `rulebooks/common/metering.toml`, assumed.
pub fn consumption(request: &ConsumptionRequest, say: Say<'_>) -> Result<ConsumptionAnswer, Refusal> {
    bounds::list(&request.registers, 1, "/registers")?;
    let mut working = Working::new();
    let mut findings = Vec::new();
    let (mut registers, mut parts) = (Vec::new(), Vec::new());
    for (i, register) in request.registers.iter().enumerate() {
        let field = format!("/registers/{i}");
        let (usage, rolled_over) = counted(register, &field, &mut working, &mut findings)?;
        let usage = bounds::quantity(usage, &field)?;
        registers.push(RegisterAnswer { usage: usage.to_string(), rolled_over });
        parts.push((format!("register-{}", i + 1).into(), usage.fraction()));
        if let Some(Day(on)) = register.until {
            findings.push(Finding::MeterExchanged { on });
        }
    }
    let usage = working.sum(READINGS, parts.into_iter()).map_err(|e| e.at("/registers"))?;
    Ok(ConsumptionAnswer {
        usage: bounds::quantity(usage, "/registers")?.to_string(),
        registers,
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

const READINGS: Basis = Basis::new("BIL-3", "sa-service-guide");
/// The largest share of its range that a register may have run through across a roll-over.
const ROLL_OVER_SHARE: &str = "common.roll-over-share";

fn counted(
    register: &Register,
    field: &str,
    working: &mut Working,
    findings: &mut Vec<Finding>,
) -> Result<(Fraction, bool), Refusal> {
    let Register { previous, current, multiplier, .. } = *register;
    bounds::not_negative(previous, &format!("{field}/previous"))?;
    bounds::not_negative(current, &format!("{field}/current"))?;
    if multiplier <= Number::ZERO {
        return Err(BillingError::MultiplierInvalid.at(format!("{field}/multiplier")));
    }
    let range = range(register, field)?;
    let [previous, current, multiplier] = [previous, current, multiplier].map(Number::fraction);
    if current >= previous {
        let used = working.step(READINGS, Formula::Consumption, &[current, previous, multiplier]);
        return Ok((used.map_err(|e| e.at(field))?, false));
    }
    let term = rulebook::needed(ROLL_OVER_SHARE).map_err(|e| e.at(field))?;
    let fell = BillingError::ReadingFell { current: register.current, previous: register.previous };
    let rolled_over = |range: Fraction| {
        let ran = current.plus(range)?.minus(previous)?;
        Ok(ran <= range.times(term.value.fraction())?)
    };
    let Some(range) = range else { return Err(fell.at(format!("{field}/current"))) };
    if !rolled_over(range).map_err(|e: BillingError| e.at(field))? {
        return Err(fell.at(format!("{field}/current")));
    }
    findings.push(Finding::RegisterRolledOver);
    findings.extend(term.finding());
    let inputs = [current, range, previous, multiplier];
    Ok((working.step(READINGS, Formula::RollOver, &inputs).map_err(|e| e.at(field))?, true))
}

/// The count at which a register shows zero again; both readings lie below it.
fn range(register: &Register, field: &str) -> Result<Option<Fraction>, Refusal> {
    let Some(digits) = register.digits else { return Ok(None) };
    bounds::count(digits, 1, 12, &format!("{field}/digits"))?;
    let range = Fraction::whole(10_i128.pow(digits));
    for (name, reading) in [("previous", register.previous), ("current", register.current)] {
        if reading.fraction() >= range {
            let most = range.minus(Fraction::count(1)).and_then(Fraction::to_number).unwrap_or_default();
            let error = BillingError::OutOfRange { least: Number::ZERO, most };
            return Err(error.at(format!("{field}/{name}")));
        }
    }
    Ok(Some(range))
}
