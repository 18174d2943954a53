//! The curve of `/consumption` over a year of quarter hours in real Chromium at a quarter of its speed: the script of
//! each zoom and each step.

use serde::Deserialize;

use super::{Bench, Figure, in_browser};
use crate::failure::Result;

pub(super) const BENCH: Bench = Bench { name: "zoom", measure };

const P95_MS: f64 = 16.0;
const WORST_MS: f64 = 50.0;

/// What `e2e/bench/zoom.mjs` prints.
#[derive(Deserialize)]
struct Times {
    /// One in twenty takes longer.
    p95_ms: f64,
    worst_ms: f64,
    steps: u32,
    points: u32,
}

fn measure() -> Result<Vec<Figure>> {
    let times: Times = in_browser("zoom")?;
    let figure = |what: String, time: f64, most: f64| Figure {
        what,
        measured: format!("{time:.1} ms"),
        aim: Some((format!("below {most} ms"), time < most)),
    };
    Ok(vec![
        figure(
            format!("zoom of {} points, 4 x slower, p95 of {}", times.points, times.steps),
            times.p95_ms,
            P95_MS,
        ),
        figure("the same, the slowest".into(), times.worst_ms, WORST_MS),
    ])
}
