//! What travels: the sizes of the built portal.

use super::{Bench, Figure};
use crate::{dist, failure::Result};

pub(super) const BENCH: Bench = Bench { name: "size", measure };

/// Brotli bytes.
const ENGINE_AT_MOST: usize = 60_000;

fn measure() -> Result<Vec<Figure>> {
    let figure = |weight: dist::Weight| Figure {
        measured: format!("{} B", weight.bytes),
        aim: weight.budget.map(|budget| (format!("at most {} B", budget.aim), weight.bytes <= budget.aim)),
        what: weight.what,
    };
    let weights = dist::weigh(&dist::ensure()?)?;
    let weighed = weights.into_iter().filter(|weight| weight.budget.is_some()).map(figure);
    Ok(weighed.chain([engine()?]).collect())
}

/// The engine as a module of its own. It counts what the portal shares with it too: memory, text, arithmetic.
fn engine() -> Result<Figure> {
    let bytes = dist::engine_bytes()?;
    Ok(Figure {
        what: "the engine alone, all rules and rulebooks".into(),
        measured: format!("{bytes} B"),
        aim: Some((format!("at most {ENGINE_AT_MOST} B"), bytes <= ENGINE_AT_MOST)),
    })
}
