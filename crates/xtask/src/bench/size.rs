//! What travels: the sizes of the built portal.

use super::{Bench, Figure};
use crate::{dist, failure::Result};

pub(super) const BENCH: Bench = Bench { name: "size", measure };

fn measure() -> Result<Vec<Figure>> {
    let figure = |weight: dist::Weight| Figure {
        measured: format!("{} B", weight.bytes),
        aim: weight.budget.map(|budget| (format!("at most {} B", budget.aim), weight.bytes <= budget.aim)),
        what: weight.what,
    };
    let weights = dist::weigh(&dist::ensure()?)?;
    Ok(weights.into_iter().filter(|weight| weight.budget.is_some()).map(figure).collect())
}
