//! Hafez, Kuwait's programme for saving: who may join, what a month earns, what it is worth to the state.

pub mod eligibility;
pub mod equivalents;
pub mod incentive;

use serde::{Deserialize, Serialize};

/// What is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Commodity {
    /// In kWh.
    Electricity,
    /// In imperial gallons.
    Water,
}
