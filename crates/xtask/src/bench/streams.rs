//! Two thousand open streams on one process: the memory of each, and one event to all.

use serde::Deserialize;

use super::{Bench, Figure, in_node};
use crate::failure::Result;

pub(super) const BENCH: Bench = Bench { name: "streams", measure };

const KIB: u64 = 1 << 10;
const KIB_BELOW: u64 = 40;
const MS_BELOW: u64 = 1_000;

/// What `e2e/bench/streams.mjs` prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    streams: u64,
    bytes_each: u64,
    /// The slowest of five rounds.
    reached_ms: u64,
}

fn measure() -> Result<Vec<Figure>> {
    let Measured { streams, bytes_each, reached_ms } = in_node("streams")?;
    Ok(vec![
        Figure {
            what: format!("memory of each of {streams} open streams"),
            measured: format!("{} KiB", bytes_each.div_ceil(KIB)),
            aim: Some((format!("below {KIB_BELOW} KiB"), bytes_each < KIB_BELOW * KIB)),
        },
        Figure {
            what: format!("an event on all {streams} streams"),
            measured: format!("{reached_ms} ms"),
            aim: Some((format!("below {MS_BELOW} ms"), reached_ms < MS_BELOW)),
        },
    ])
}
