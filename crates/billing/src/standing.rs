//! Rule `standing` (DEB-1 to DEB-4, DEB-6): what a debt in Kuwait does to transactions and travel, and how to be free.

pub mod plan_default;
mod reasons;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::bounds;
use crate::error::Refusal;
use crate::finding::{Finding, FindingAnswer, Say};
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Day;
use crate::rulebook::debt::{BODIES, Body, LinkState, link_on};
use crate::working::{StepAnswer, Working};

use reasons::Reasons;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StandingRequest {
    /// Who owes.
    pub residency: Residency,
    /// The day to judge by.
    pub on: Day,
    /// All that is owed over every facility of the holder, in dinars.
    pub debt: Number,
    /// Months in a row, up to now, whose instalment was missed.
    #[serde(default)]
    pub missed_consecutive_instalments: u32,
    /// The plan that carries the debt.
    #[serde(default)]
    pub plan: Option<AgreedPlan>,
    /// Notices of a debt that were served.
    #[serde(default)]
    pub notices: Vec<ServedNotice>,
}

/// Who owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Residency {
    /// A citizen.
    Citizen,
    /// Anybody else who is a person.
    NonCitizen,
    /// A company.
    Company,
}

/// A plan of instalments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AgreedPlan {
    /// When it was agreed.
    pub agreed: Day,
    /// Whether it is kept; rule `plan-default` tells.
    pub kept: bool,
}

/// A notice of a debt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ServedNotice {
    /// When it was served.
    pub served: Day,
    /// The debt it names, in dinars.
    pub debt: Number,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StandingAnswer {
    /// Government transactions, where a link is in force.
    pub transactions: Permission,
    /// Leaving the country.
    pub travel: Permission,
    /// Each body that is linked, or is to be.
    pub bodies: Vec<BodyAnswer>,
    /// The ids of the rules that block.
    pub reasons: Vec<String>,
    /// The ways to be free; none where nothing blocks.
    pub allowed_again: Vec<WayToBeFree>,
    /// Why, and what it rests on.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// Whether something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// It may.
    Allowed,
    /// It is stopped.
    Blocked,
}

impl Permission {
    const fn blocked_if(blocked: bool) -> Self {
        if blocked { Self::Blocked } else { Self::Allowed }
    }
}

/// A body and its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BodyAnswer {
    /// Which.
    pub body: Body,
    /// How far the link has come on that day, for that group.
    pub state: LinkState,
    /// Transactions there: stopped only where the link is in force.
    pub transactions: Permission,
    /// Since when the link stands so; null where its first day was not published.
    pub since: Option<Day>,
}

/// A way to be free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum WayToBeFree {
    /// Pay.
    Pay {
        /// The least that frees, in dinars.
        amount: String,
    },
    /// Agree on a plan.
    Plan,
}

/// What a debt stops on a day: by the limit and missed instalments for citizens, any debt for non-citizens, and for all
/// the notice that ran out. A plan that is kept lifts all but the rule for non-citizens.
///
/// # Errors
/// [`BillingError::Negative`](crate::error::BillingError::Negative) or
/// [`BillingError::FinerThanMinorUnit`](crate::error::BillingError::FinerThanMinorUnit) at `/debt` or a notice's debt;
/// [`BillingError::OutOfRange`](crate::error::BillingError::OutOfRange) above 1,000 notices.
///
/// # Source
/// The interview of 2024 and Decree-Law 75 of 2025 with their days, `rulebooks/kw/debt.toml`.
pub fn standing(request: &StandingRequest, say: Say<'_>) -> Result<StandingAnswer, Refusal> {
    let on = request.on.0;
    let debt = bounds::money(request.debt, Currency::KWD, "/debt")?;
    let mut working = Working::new();
    let reasons = Reasons::of(request, debt, &mut working)?;
    let blocked = reasons.any();
    let bodies = BODIES.into_iter().filter_map(|body| body_answer(body, request.residency, on, blocked));
    let ways = if blocked { reasons.ways_to_be_free() } else { Vec::new() };
    Ok(StandingAnswer {
        transactions: Permission::blocked_if(blocked),
        travel: Permission::blocked_if(reasons.non_citizen),
        bodies: bodies.collect(),
        reasons: reasons.ids().map(str::to_owned).collect(),
        allowed_again: ways,
        findings: Finding::answers(&reasons.findings(), say),
        working: working.answer(),
    })
}

fn body_answer(body: Body, residency: Residency, on: Date, blocked: bool) -> Option<BodyAnswer> {
    let link = link_on(body, residency as usize, on)?;
    let stops = blocked && link.state == LinkState::InForce;
    Some(BodyAnswer {
        body,
        state: link.state,
        transactions: Permission::blocked_if(stops),
        since: link.first_day_known.then_some(Day(link.effective_from)),
    })
}

/// Money as the wire shows it, in a refusal of `/debt` where it does not fit.
fn paid(amount: crate::fraction::Fraction) -> Result<Money, Refusal> {
    Money::of_rounded(amount, Currency::KWD).map_err(|error| error.at("/debt"))
}
