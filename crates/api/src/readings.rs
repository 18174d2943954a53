//! Readings from a head-end, the system that speaks with the meters.

use billing::number::Number;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, ServicePointId};
use crate::batches::RefusedItem;
use crate::endpoint::{Endpoint, Method};

/// Hands over interval readings, at most 1,000 at once. Needs `Authorization: Bearer` with the head-end's key.
/// The same interval again changes nothing. A reading that cannot be right is answered by its index and the others are
/// kept. When too many batches wait to be written the answer is `server-busy` with `Retry-After`.
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

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingsTaken {
    /// Counted.
    #[serde(flatten)]
    pub kept: ReadingsKept,
    /// Those that were not taken, in their order; the conflicting ones are among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RefusedItem>,
}

impl Endpoint for PostReadings {
    type Reply = ReadingsTaken;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/readings";
}

/// Asks which meters report by themselves, and how far they have. Needs the head-end's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetMeters {}

/// The meters that report by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meters {
    /// The server's time.
    pub now: i64,
    /// In order of their service points.
    pub meters: Vec<MeterProgress>,
}

/// How far a meter has reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterProgress {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub service_point: ServicePointId,
    /// The first second after its newest interval, if it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_to: Option<i64>,
    /// Whether its newest event of that kind says that the supply is cut.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_cut: bool,
}

impl Endpoint for GetMeters {
    type Reply = Meters;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/meters";
}
