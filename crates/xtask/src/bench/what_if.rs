//! A slider of `/projection` in real Chromium at a quarter of its speed: from the step to the new figures in the page,
//! and to the frame that shows them.

use serde::Deserialize;

use super::{Bench, Figure, in_browser};
use crate::failure::Result;

pub(super) const BENCH: Bench = Bench { name: "what-if", measure };

const P75_MS: f64 = 100.0;
const WORST_MS: f64 = 200.0;

/// What `e2e/bench/what_if.mjs` prints.
#[derive(Deserialize)]
struct Times {
    /// One in four takes longer.
    p75_ms: f64,
    worst_ms: f64,
    runs: u32,
}

fn measure() -> Result<Vec<Figure>> {
    let times: Times = in_browser("what_if")?;
    let figure = |what: String, time: f64, most: f64| Figure {
        what,
        measured: format!("{time:.1} ms"),
        aim: Some((format!("below {most} ms"), time < most)),
    };
    Ok(vec![
        figure(format!("slider to figures, 4 x slower, p75 of {}", times.runs), times.p75_ms, P75_MS),
        figure("the same, the slowest".into(), times.worst_ms, WORST_MS),
    ])
}
