//! The working.
use serde::{Deserialize, Serialize};
/// One step on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepAnswer {
    /// The rule's id.
    pub rule: String,
}
