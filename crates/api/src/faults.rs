//! Faults that a customer reports (MET-5).

use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Reports a fault. The same request again gives the same reply and adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostFault {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Where.
    #[serde(skip)]
    pub service_point: Option<ServicePointId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each report.
    pub request_id: String,
    /// What it is about.
    pub kind: FaultKind,
    /// More about it, at most [`crate::meter_events::MOST_NOTE`] characters; it may be empty.
    #[serde(default)]
    pub text: String,
}

/// What a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Nothing comes.
    NoSupply,
    /// It comes and goes, or is weak.
    Unsteady,
    /// The meter shows nothing, or does not move.
    MeterStopped,
    /// The meter or its box is broken, burnt or leaks.
    MeterDamaged,
    /// Something else.
    Other,
}

impl FaultKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::NoSupply, Self::Unsteady, Self::MeterStopped, Self::MeterDamaged, Self::Other];
}

/// A reported fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultReport {
    /// What an employee finds it by.
    pub number: String,
    /// When it came.
    pub at: i64,
    /// What it is about.
    pub kind: FaultKind,
    /// In the customer's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Endpoint for PostFault {
    type Reply = FaultReport;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/faults";

    fn path(&self) -> String {
        let text = |id: Option<&String>| id.cloned().unwrap_or_default();
        let account = text(self.account.as_ref().map(|id| &id.0));
        let point = text(self.service_point.as_ref().map(|id| &id.0));
        format!("/api/v1/accounts/{account}/service-points/{point}/faults")
    }
}
