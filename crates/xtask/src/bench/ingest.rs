//! Interval readings a second over HTTP into a durable SQLite record, beside a bare insert of the same rows in one run.

use serde::Deserialize;

use super::{Bench, Figure, in_node};
use crate::failure::Result;

pub(super) const BENCH: Bench = Bench { name: "ingest", measure };

const AT_LEAST: u64 = 20_000;

/// What `e2e/bench/ingest.mjs` prints: readings a second.
#[derive(Deserialize)]
struct Measured {
    ours: u64,
    bare: u64,
}

fn measure() -> Result<Vec<Figure>> {
    let Measured { ours, bare } = in_node("ingest")?;
    Ok(vec![
        Figure {
            what: "readings a second, batches of 1,000, SQLite".into(),
            measured: ours.to_string(),
            aim: Some((format!("at least {AT_LEAST}"), ours >= AT_LEAST)),
        },
        Figure { what: "the same rows inserted bare".into(), measured: bare.to_string(), aim: None },
        Figure {
            what: "of a bare insert's speed".into(),
            measured: format!("{} %", ours * 100 / bare.max(1)),
            aim: None,
        },
    ])
}
