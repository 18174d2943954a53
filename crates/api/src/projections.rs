//! What was expected of a period while it ran, beside what came of it (PRO-4).

use billing::money::Currency;
use billing::number::Number;
use billing::period::{Day, Period};
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, BillId, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Asks for the projections of a service point that the record holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetProjections {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub service_point: ServicePointId,
}

impl Endpoint for GetProjections {
    type Reply = Projections;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/projections";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/service-points/{}/projections", self.account, self.service_point)
    }
}

/// The projections of a service point that the record holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projections {
    /// Of every sum.
    pub currency: Currency,
    /// Those made on the middle day of each of the last billed periods, at most 12, newest first.
    pub midway: Vec<StoredProjection>,
    /// Those of the last 31 days, newest first.
    pub recent: Vec<StoredProjection>,
}

/// What was expected of a period at the beginning of a day: nothing that came later was known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredProjection {
    /// The day.
    pub day: Day,
    /// The period that was open then.
    pub period: Period,
    /// Units at its end.
    pub expected: Number,
    /// With few units.
    pub low: Number,
    /// With many units.
    pub high: Number,
    /// What `expected` costs.
    pub expected_cost: String,
    /// What `low` costs.
    pub low_cost: String,
    /// What `high` costs.
    pub high_cost: String,
    /// Whether the margin comes from the projection's own past errors; else it is assumed.
    pub margin_is_own: bool,
    /// What came of it, once the period's bill stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// What a period came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its bill that stands.
    pub bill: BillId,
    /// Units that it charges here.
    pub usage: Number,
    /// What they cost.
    pub cost: String,
}
