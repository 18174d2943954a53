//! Rule `temporary-supply` (TAR-10): building sites and events, by meter or by declared load.

use serde::{Deserialize, Serialize};

use crate::bill::{self, BillAnswer, BillFacts, Tariff};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::metering::unmetered::{Load, power};
use crate::money::Currency;
use crate::number::Number;
use crate::period::Period;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TemporarySupplyRequest {
    /// A schedule of its own, else that of the category.
    pub tariff: Tariff,
    /// First and last day of the supply.
    pub period: Period,
    /// Units by the meter, where there is one; it goes before what was declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Number>,
    /// What the application declares, where there is no meter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Declared>,
    /// The breaker's rating, for a schedule whose meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
}

/// Loads and hours as declared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// At least one.
    pub loads: Vec<Load>,
    /// At most 24.
    pub hours_per_day: Number,
}

/// What a temporary supply's use is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SupplyBasis {
    /// The meter's reading.
    Meter,
    /// The loads and hours of the application.
    Declared,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TemporarySupplyAnswer {
    /// Of the bill.
    pub currency: Currency,
    /// What the use is taken from.
    pub basis: SupplyBasis,
    /// Units of all days.
    pub usage: String,
    /// The bill of all days.
    pub bill: BillAnswer,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// The steps that gave the use, in order; the bill has its own.
    pub working: Vec<StepAnswer>,
}

/// Prices a temporary supply: by the meter if there is one, else by declared load × hours × days ÷ 1000.
///
/// # Errors
/// [`BillingError::MissingField`] at `/usage` where neither is given, [`BillingError::OutOfRange`] for more than 24
/// hours or no load; as [`bill::calculate`].
///
/// # Source
/// TAR-10: the service guide has a chapter whose sums are not published, so basis and schedule are assumed.
pub fn temporary_supply(
    request: &TemporarySupplyRequest,
    say: Say<'_>,
) -> Result<TemporarySupplyAnswer, Refusal> {
    const HOURS_A_DAY: Number = Number::from_units(24);
    let period = request.period.checked()?;
    let mut working = Working::new();
    let mut findings = Vec::new();
    let (usage, basis) = match (request.usage, &request.declared) {
        (Some(usage), _) => (usage, SupplyBasis::Meter),
        (None, Some(declared)) => {
            bounds::at_most(declared.hours_per_day, HOURS_A_DAY, "/declared/hours_per_day")?;
            let watts = power(&declared.loads, "/declared/loads", ASSUMED, &mut working)?;
            let inputs = [watts, declared.hours_per_day.fraction(), Fraction::count(period.days())];
            let kwh = working.step(ASSUMED, Formula::LoadUse, &inputs).map_err(|e| e.at("/declared"))?;
            findings.push(Finding::assumed("temporary-basis", "declared"));
            (bounds::quantity(kwh, "/declared")?, SupplyBasis::Declared)
        }
        (None, None) => {
            return Err(BillingError::MissingField { name: "usage".to_owned() }.at("/usage"));
        }
    };
    if request.tariff.schedule.is_none() {
        findings.push(Finding::assumed("temporary-schedule", "category"));
    }
    let bill = bill::calculate(&BillFacts {
        tariff: request.tariff.clone(),
        period,
        usage,
        breaker_amps: request.breaker_amps,
        intervals: None,
    })?;
    findings.extend(bill.findings.iter().cloned());
    Ok(TemporarySupplyAnswer {
        currency: bill.currency,
        basis,
        usage: usage.to_string(),
        bill: bill.answer(say),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

const ASSUMED: Basis = Basis::new("TAR-10", "sa-assumed");
