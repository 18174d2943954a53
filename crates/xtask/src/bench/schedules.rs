//! Twelve months under another schedule, in real Chromium at a quarter of its speed: the portal's own page
//! `/tools/compute` with a request of rule `fixed-bill`, from the press of the button to the answer in the page. In it:
//! reading the request, twelve bills with their working, writing the answer, and the page's own part.

use serde::Deserialize;

use super::{Bench, Figure, in_browser};
use crate::failure::Result;

pub(super) const BENCH: Bench = Bench { name: "schedules", measure };

const AT_MOST_MS: f64 = 8.0;

/// What `e2e/bench/schedules.mjs` prints.
#[derive(Deserialize)]
struct Times {
    median_ms: f64,
    /// One in twenty takes longer.
    p95_ms: f64,
    runs: u32,
}

fn measure() -> Result<Vec<Figure>> {
    let times: Times = in_browser("schedules")?;
    let figure = |what: String, time: f64, aim| Figure { what, measured: format!("{time:.1} ms"), aim };
    let aim = Some((format!("below {AT_MOST_MS} ms"), times.median_ms < AT_MOST_MS));
    Ok(vec![
        figure(format!("12 months repriced, 4 x slower, median of {}", times.runs), times.median_ms, aim),
        figure("the same, one in twenty is above".into(), times.p95_ms, None),
    ])
}
