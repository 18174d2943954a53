//! Rule `unmetered` (TAR-9): the use of loads that have no meter, from their power.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::number::Number;
use crate::rulebook;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnmeteredRequest {
    /// At least one.
    pub loads: Vec<Load>,
    /// How they are used.
    #[serde(rename = "use")]
    pub usage: LoadUse,
    /// Days of the month, 1 to 31.
    pub days: u32,
}

/// Equal lamps, signs, coolers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// The power of one.
    pub watts: Number,
    /// How many.
    pub count: u32,
}

/// How loads without a meter are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LoadUse {
    /// Street lights, at night.
    StreetLighting,
    /// Signs, phone booths, drink coolers, small commercial lighting: round the clock.
    Continuous,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnmeteredAnswer {
    /// Half up to six decimals.
    pub kwh: String,
    /// The fraction, where six decimals do not hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kwh_exact: Option<String>,
    /// Power of all loads.
    pub watts: String,
    /// Hours a day.
    pub hours: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// Sum of the powers × hours × days ÷ 1000: watts in, kWh out.
///
/// # Errors
/// [`BillingError::OutOfRange`] at `/days` or for a list of none or above 1,000 loads, [`BillingError::Negative`],
/// [`BillingError::NumberTooLarge`].
///
/// # Source
/// The service guide's formulas, TAR-9; the hours in `rulebooks/sa/billing.toml`.
pub fn unmetered(request: &UnmeteredRequest, _: Say<'_>) -> Result<UnmeteredAnswer, Refusal> {
    const LONGEST_MONTH: u32 = 31;
    bounds::count(request.days, 1, LONGEST_MONTH, "/days")?;
    let term = match request.usage {
        LoadUse::StreetLighting => "sa.street-lighting-hours",
        LoadUse::Continuous => "sa.continuous-hours",
    };
    let term = rulebook::needed(term).map_err(|e| e.at("/use"))?;
    let basis = term.basis("TAR-9");
    let mut working = Working::new();
    let watts = power(&request.loads, "/loads", basis, &mut working)?;
    let inputs = [watts, term.value.fraction(), Fraction::count(i64::from(request.days))];
    let kwh = working.step(basis, Formula::LoadUse, &inputs).map_err(|e| e.at("/loads"))?;
    let printed = bounds::quantity(kwh, "/loads")?;
    Ok(UnmeteredAnswer {
        kwh: printed.to_string(),
        kwh_exact: (printed.fraction() != kwh).then(|| kwh.ratio()),
        watts: watts.to_string(),
        hours: term.value.to_string(),
        findings: Vec::new(),
        working: working.answer(),
    })
}

/// The power of all loads in watts, as steps of `working`.
pub(crate) fn power(
    loads: &[Load],
    field: &str,
    basis: Basis,
    working: &mut Working,
) -> Result<Fraction, Refusal> {
    bounds::list(loads, 1, field)?;
    let mut powers = Vec::with_capacity(loads.len());
    for (i, load) in loads.iter().enumerate() {
        bounds::not_negative(load.watts, &format!("{field}/{i}/watts"))?;
        let inputs = [load.watts.fraction(), Fraction::count(i64::from(load.count))];
        let watts = working.step(basis, Formula::Power, &inputs).map_err(|e: BillingError| e.at(field))?;
        powers.push((format!("load-{}", i + 1).into(), watts));
    }
    let watts = working.sum(basis, powers.into_iter()).map_err(|e| e.at(field))?;
    bounds::quantity(watts, field).map(Number::fraction)
}
