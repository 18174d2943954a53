//! What a bill is made again from, and what comes out.

use serde::{Deserialize, Serialize};

use super::DifferenceLine;
use crate::bill::{BillAnswer, BillFacts, Tariff};
use crate::collection::instalments::Instalment;
use crate::finding::FindingAnswer;
use crate::metering::correction::Runs;
use crate::money::Currency;
use crate::number::Number;
use crate::period::Day;
use crate::working::StepAnswer;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RebillRequest {
    /// The day of the correction: a claim reaches back from here.
    pub on: Day,
    /// What was wrong in all periods alike; a period's own `usage` goes before it.
    #[serde(default)]
    pub correction: Correction,
    /// The bills of the whole time of the error.
    pub periods: Vec<RebilledPeriod>,
    /// How the customer wants to pay a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalments: Option<ClaimPlan>,
}

/// What was wrong; at most one of the two.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// A wrong multiplier (BIL-7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiplier: Option<WrongMultiplier>,
    /// A meter that ran fast or slow (BIL-6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meter: Option<MeterError>,
}

/// Two multipliers above zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WrongMultiplier {
    /// The one that was billed with.
    pub wrong: Number,
    /// The meter's own.
    pub right: Number,
}

/// What a test found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeterError {
    /// In percent.
    pub error_percent: Number,
    /// Which way.
    pub runs: Runs,
}

/// One bill, and what it should have been made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RebilledPeriod {
    /// The facts that it was issued from.
    pub bill: BillFacts,
    /// The right units, where the correction does not give them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Number>,
    /// The right schedule, where that was wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tariff: Option<Tariff>,
}

/// How a claim is paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimPlan {
    /// In how many parts.
    pub months: u32,
    /// When the first is due.
    pub first_due: Day,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RebillAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// In the order of the request.
    pub periods: Vec<Rebilled>,
    /// The customer's: paid to an account of his choice or at an office, never quietly set off (BIL-13).
    pub owed: String,
    /// The provider's claim.
    pub claim: String,
    /// The most instalments of a claim.
    pub most_instalments: i64,
    /// Of the claim, where the request asks for them.
    pub instalments: Vec<Instalment>,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step that compares the bills, in order; each bill has its own.
    pub working: Vec<StepAnswer>,
}

/// A bill made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rebilled {
    /// As it was issued.
    pub old: BillAnswer,
    /// As it should have been.
    pub new: BillAnswer,
    /// The difference by lines; they add up to `difference`.
    pub lines: Vec<DifferenceLine>,
    /// Old less new: above zero the customer's.
    pub difference: String,
    /// Of the difference, what counts: all of the customer's, of the provider's only what a claim may reach.
    pub counted: String,
}
