//! Rule `grouping` (TAR-11): whether units may be billed together, or apart again.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::Refusal;
use crate::finding::{Finding, FindingAnswer, Say};
use crate::period::Day;
use crate::working::StepAnswer;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupingRequest {
    /// Together or apart.
    pub action: GroupingAction,
    /// The day of the request.
    pub requested: Day,
    /// The day from which it shall count.
    pub effective: Day,
    /// The units; at least two.
    pub units: Vec<GroupedUnit>,
}

/// What shall be done with the units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GroupingAction {
    /// One usage under one set of limits, one bill.
    Join,
    /// A bill for each.
    Separate,
}

/// A unit with its consumer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupedUnit {
    /// The caller's name for it.
    pub id: String,
    /// The caller's name for who uses it.
    pub consumer: String,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupingAnswer {
    /// Whether it may be done.
    pub allowed: bool,
    /// Why not, or what it rests on.
    pub findings: Vec<FindingAnswer>,
    /// No sum is made.
    pub working: Vec<StepAnswer>,
}

/// Units of one consumer may be joined; different consumers get their own bills; neither reaches into the past. A
/// day that is the day of the request itself does not.
///
/// # Errors
/// [`crate::error::BillingError::OutOfRange`] at `/units` for fewer than two or more than 1,000.
///
/// # Source
/// The service guide, TAR-11; that joined units share one set of limits is assumed.
pub fn grouping(request: &GroupingRequest, say: Say<'_>) -> Result<GroupingAnswer, Refusal> {
    bounds::list(&request.units, 2, "/units")?;
    let mut findings = Vec::new();
    if request.effective < request.requested {
        findings.push(Finding::Backdated { on: request.effective.0, earliest: request.requested.0 });
    }
    let joins = request.action == GroupingAction::Join;
    if joins && request.units.windows(2).any(|pair| pair[0].consumer != pair[1].consumer) {
        findings.push(Finding::DifferentConsumers);
    }
    let allowed = findings.is_empty();
    if joins && allowed {
        findings.push(Finding::assumed("grouping-limits", "one-set"));
    }
    Ok(GroupingAnswer { allowed, findings: Finding::answers(&findings, say), working: Vec::new() })
}
