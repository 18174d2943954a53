//! Readings from a head-end, the system that speaks with the meters.

use billing::number::Number;
use serde::{Deserialize, Serialize};

use crate::accounts::ServicePointId;
use crate::endpoint::{Endpoint, Method};

/// Hands over interval readings, at most 1,000 at once. Needs `Authorization: Bearer` with the head-end's key.
/// The same interval again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostReadings {
    /// In any order.
    pub readings: Vec<IntervalReading>,
}

/// What one meter measured in a span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalReading {
    /// Where.
    pub service_point: ServicePointId,
    /// The span's first second.
    pub start: i64,
    /// Its length, above zero.
    pub seconds: u32,
    /// Units used, not negative.
    pub usage: Number,
}

/// What became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingsKept {
    /// New.
    pub added: u64,
    /// Known already, with the same value.
    pub repeated: u64,
    /// Known already with another value, or overlapping a known one: the first is kept.
    pub conflicting: u64,
}

impl Endpoint for PostReadings {
    type Reply = ReadingsKept;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/readings";
}
