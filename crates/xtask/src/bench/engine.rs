//! What the engine weighs for itself: a module with nothing in it but bills under every schedule of the rulebooks, their
//! working with its sources, and the recheck. It counts what the portal shares with it too: memory, text, arithmetic.
//! The rules that are tried by hand travel apart, each group with its JSON: `size` weighs those.

use super::{Bench, Figure};
use crate::{dist, failure::Result};

pub(super) const BENCH: Bench = Bench { name: "engine", measure };

/// Brotli bytes.
const AT_MOST: usize = 60_000;

fn measure() -> Result<Vec<Figure>> {
    let bytes = dist::engine_bytes()?;
    Ok(vec![Figure {
        what: "the engine alone with all rulebooks".into(),
        measured: format!("{bytes} B"),
        aim: Some((format!("at most {AT_MOST} B"), bytes <= AT_MOST)),
    }])
}
