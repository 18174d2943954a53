//! Rule `consumption-equivalents` (HAF-4): what a saving is worth to the state, never the customer's money.

use serde::{Deserialize, Serialize};

use super::Commodity;
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Day;
use crate::rulebook::{self, Term};
use crate::working::{StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EquivalentsRequest {
    /// What was saved.
    pub commodity: Commodity,
    /// How much, in kWh or imperial gallons.
    pub saved: Number,
    /// The day whose cost counts.
    pub on: Day,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EquivalentsAnswer {
    /// Of every amount.
    pub currency: Currency,
    /// The state's cost of production, rounded once.
    pub state_cost: String,
    /// The same in whole dinars, cut off as the programme publishes its totals.
    pub state_cost_published: String,
    /// Barrels of oil; none for water.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barrels: Option<String>,
    /// The fraction, where six decimals do not hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barrels_exact: Option<String>,
    /// Kilograms of carbon dioxide, half up to six decimals; none for water.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub co2_kg: Option<String>,
    /// Facts beside the result: that it is worth to the state, and what is assumed.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// The state's cost of what was saved, the oil and the carbon dioxide. Barrels and carbon dioxide are of electricity
/// alone.
///
/// # Errors
/// [`BillingError::Negative`], [`BillingError::NoRuleInForce`] before 2023, [`BillingError::NumberTooLarge`].
///
/// # Source
/// HAF-4; `rulebooks/kw/hafez.toml`, from the programme's figures of 2023 and its committee's of 2024.
pub fn equivalents(request: &EquivalentsRequest, say: Say<'_>) -> Result<EquivalentsAnswer, Refusal> {
    bounds::not_negative(request.saved, "/saved")?;
    let at = |error: BillingError| error.at("/saved");
    let term = |id| rulebook::needed_on(id, request.on.0).map_err(|e| e.at("/on"));
    let saved = request.saved.fraction();
    let digits = Fraction::count(i64::from(Currency::KWD.minor_digits()));
    let mut working = Working::new();
    let mut findings = vec![Finding::WorthToTheState];
    let (cost, per) = match request.commodity {
        Commodity::Electricity => (term("kw.state-cost-kwh")?, 1),
        Commodity::Water => (term("kw.state-cost-thousand-gallons")?, GALLONS),
    };
    let inputs = [saved, cost.value.fraction(), Fraction::count(per), digits];
    let state_cost = working.step(cost.basis("HAF-4"), Formula::StateCost, &inputs).map_err(at)?;
    let whole = working.step(cost.basis("HAF-4"), Formula::CutOff, &[state_cost]).map_err(at)?;
    let mut answer = EquivalentsAnswer {
        currency: Currency::KWD,
        state_cost: Money::of_rounded(state_cost, Currency::KWD).map_err(at)?.to_string(),
        state_cost_published: whole.to_string(),
        barrels: None,
        barrels_exact: None,
        co2_kg: None,
        findings: Vec::new(),
        working: Vec::new(),
    };
    if request.commodity == Commodity::Electricity {
        let (barrels, of) = (term("kw.hafez-barrels")?, term("kw.barrels-of-kwh")?);
        let inputs = [saved, barrels.value.fraction(), of.value.fraction()];
        let oil = working.step(barrels.basis("HAF-4"), Formula::Barrels, &inputs).map_err(at)?;
        let printed = bounds::quantity(oil, "/saved")?;
        answer.barrels = Some(printed.to_string());
        answer.barrels_exact = (printed.fraction() != oil).then(|| oil.ratio());
        let factor = term("kw.co2-kg-kwh")?;
        let inputs = [saved, factor.value.fraction()];
        let co2 = working.step(factor.basis("HAF-4"), Formula::CarbonDioxide, &inputs).map_err(at)?;
        answer.co2_kg = Some(bounds::quantity(co2, "/saved")?.to_string());
        findings.extend([of, factor].into_iter().filter_map(Term::finding));
    }
    answer.findings = Finding::answers(&findings, say);
    answer.working = working.answer();
    Ok(answer)
}

/// Water is counted by the thousand.
const GALLONS: i64 = 1000;
