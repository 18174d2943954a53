//! A provider's claim that is paid in parts, beyond their most and their sums (BIL-8).

use crate::finding::Finding;

/// What no source says of a claim in parts: when the first is due, what a missed one changes, and whether it counts
/// towards a cut.
///
/// # Source
/// `rulebooks/assumed.toml`, with what would settle each.
#[must_use]
pub const fn assumed_of_parts() -> [Finding; 3] {
    [
        Finding::assumed("claim-first-part", "bill-day"),
        Finding::assumed("claim-missed-part", "others-stand"),
        Finding::assumed("claim-part-cut", "no-cut"),
    ]
}
