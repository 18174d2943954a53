//! Green Button files handed over to the record: `POST` of the XML itself.

use billing::number::Number;
use serde::{Deserialize, Serialize};

use crate::readings::ReadingsKept;

/// The route as the server knows it. The body is the file.
pub const ROUTE: &str = "/api/v1/accounts/{account}/service-points/{service_point}/meter-files";

/// What a file held and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterFileReply {
    /// Readings in the file, each interval once.
    pub readings: u64,
    /// Their sum, in kWh.
    pub total: Number,
    /// Spans without a reading between the first and the last.
    pub gaps: u64,
    /// Intervals that the file holds twice with the same value.
    pub duplicates: u64,
    /// Intervals that disagree within the file: the first is kept.
    pub conflicts: u64,
    /// Readings of other kinds than delivered energy, which are not summed.
    pub other: u64,
    /// What became of them in the record.
    pub kept: ReadingsKept,
}
