//! What Lighthouse says of the Overview on a phone: real Chromium, the server and the portal for release, the demo,
//! signed in, nothing in the browser's cache.

use serde::Deserialize;

use super::{Bench, Figure, in_browser};
use crate::failure::Result;

pub(super) const BENCH: Bench = Bench { name: "lighthouse", measure };

/// Scores out of 100, each to be reached.
const SCORES: &[(&str, u32)] = &[("performance", 97), ("accessibility", 100), ("best-practices", 100)];
/// Until the first figure that the engine calculated is painted, on a slow phone and line.
const FIRST_FIGURE_MS: u32 = 2_500;

/// What `e2e/bench/lighthouse.mjs` prints: medians.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Medians {
    scores: std::collections::BTreeMap<String, u32>,
    /// The largest of all runs, as text: a layout shift is no median matter.
    layout_shift: String,
    first_figure_ms: u32,
}

fn measure() -> Result<Vec<Figure>> {
    Ok(figures(&in_browser("lighthouse")?))
}

fn figures(medians: &Medians) -> Vec<Figure> {
    let score = |(name, least): &(&str, u32)| {
        let score = medians.scores.get(*name).copied().unwrap_or(0);
        Figure {
            what: format!("Lighthouse, {name}"),
            measured: score.to_string(),
            aim: Some((format!("at least {least}"), score >= *least)),
        }
    };
    let mut figures: Vec<_> = SCORES.iter().map(score).collect();
    figures.push(Figure {
        what: "cumulative layout shift, largest".into(),
        measured: medians.layout_shift.clone(),
        aim: Some(("0.000".into(), medians.layout_shift == "0.000")),
    });
    let first = medians.first_figure_ms;
    figures.push(Figure {
        what: "first figure from the engine".into(),
        measured: format!("{first} ms"),
        aim: Some((format!("at most {FIRST_FIGURE_MS} ms"), first <= FIRST_FIGURE_MS)),
    });
    figures
}
