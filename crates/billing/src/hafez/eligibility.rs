//! Rule `hafez-eligibility` (HAF-1): whether a home may join, and what is still missing.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::money::Currency;
use crate::number::Number;
use crate::period::{Day, months_later};
use crate::rulebook::{self, Term};
use crate::working::StepAnswer;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EligibilityRequest {
    /// The day of joining.
    pub on: Day,
    /// Whether the holder is a citizen.
    pub citizen: bool,
    /// Whether the holder owns the home.
    pub owner: bool,
    /// Whether it is private housing.
    pub private_housing: bool,
    /// Since when the holder lives in it.
    pub in_home_since: Day,
    /// What is overdue, in dinars.
    pub dues: Number,
    /// Violations on the property.
    pub violations: u32,
    /// Whether the holder enters the meter's readings.
    pub readings_entered: bool,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EligibilityAnswer {
    /// Whether the home may join.
    pub allowed: bool,
    /// All conditions.
    pub conditions: Vec<ConditionAnswer>,
    /// The first day after the year in the home.
    pub year_complete_on: Day,
    /// What is still missing.
    pub findings: Vec<FindingAnswer>,
    /// No sum is made.
    pub working: Vec<StepAnswer>,
}

/// One condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConditionAnswer {
    /// Which.
    pub condition: HafezCondition,
    /// Whether it is met.
    pub met: bool,
}

/// A condition of joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HafezCondition {
    /// A private home, owned and lived in by a citizen.
    Owner,
    /// A full year in it.
    Year,
    /// Nothing overdue, and no violation.
    Dues,
    /// Readings entered.
    Readings,
}

/// Whether a home may join: a citizen's own private home, a year in it, nothing overdue, no violation, readings entered.
///
/// # Errors
/// [`BillingError::NoRuleInForce`] before the programme, [`BillingError::PeriodReversed`] at `/in_home_since` after the
/// day of joining, [`BillingError::Negative`] or [`BillingError::FinerThanMinorUnit`] at `/dues`.
///
/// # Source
/// HAF-1; the conditions as the ministry announced them, `rulebooks/kw/hafez.toml`.
pub fn eligibility(request: &EligibilityRequest, say: Say<'_>) -> Result<EligibilityAnswer, Refusal> {
    let (on, since) = (request.on.0, request.in_home_since.0);
    let term = rulebook::needed_on("kw.hafez-months-in-home", on).map_err(|e| e.at("/on"))?;
    if since > on {
        return Err(BillingError::PeriodReversed { from: since, to: on }.at("/in_home_since"));
    }
    let dues = bounds::money(request.dues, Currency::KWD, "/dues")?;
    let not_a_date = || BillingError::NotADate.at("/in_home_since");
    let complete = months_later(since, term.count()).ok_or_else(not_a_date)?;
    use HafezCondition::{Dues, Owner, Readings, Year};
    let conditions = [
        (Owner, request.citizen && request.owner && request.private_housing),
        (Year, complete <= on),
        (Dues, dues.minor() == 0 && request.violations == 0),
        (Readings, request.readings_entered),
    ];
    let conditions = conditions.map(|(condition, met)| ConditionAnswer { condition, met });
    let unmet = conditions.iter().filter(|condition| !condition.met);
    let mut findings: Vec<Finding> =
        unmet.map(|unmet| Finding::HafezNotEligible { condition: unmet.condition }).collect();
    let allowed = findings.is_empty();
    findings.extend([term].into_iter().filter_map(Term::finding));
    Ok(EligibilityAnswer {
        allowed,
        conditions: conditions.to_vec(),
        year_complete_on: Day(complete),
        findings: Finding::answers(&findings, say),
        working: Vec::new(),
    })
}
