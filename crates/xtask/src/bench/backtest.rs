//! The projection against what came (`crates/server/tests/backtest.rs`): the mean absolute error in percent of 300
//! rolling periods at their middle, beside simple guesses, and how often the outcome lay inside the margin.

use super::{Bench, Figure};
use crate::{
    failure::{Failure, Result},
    tools,
};

pub(super) const BENCH: Bench = Bench { name: "backtest", measure };

/// Real, the only home with little more than its own year.
const REAL: &str = "real-year";
/// What a margin of 80 % may come to on 300 outcomes that overlap.
const INSIDE: std::ops::RangeInclusive<f64> = 70.0..=90.0;

/// A home, a method, and its figure.
struct Line {
    home: String,
    method: String,
    figure: f64,
}

fn measure() -> Result<Vec<Figure>> {
    let test =
        ["test", "--quiet", "--package", "server", "--test", "backtest", "--", "--ignored", "--nocapture"];
    let printed = tools::output(tools::cargo().args(test))?;
    let lines: Vec<Line> = printed.lines().filter_map(line).collect();
    if lines.is_empty() {
        return Err(Failure::says(format!("no backtest was printed: {printed}")));
    }
    if !lines.iter().any(|line| line.home == REAL) {
        println!("skipped: the real year is not in ADAD_METER_FILES");
    }
    Ok(lines.iter().map(|line| figure(line, &lines)).collect())
}

fn line(text: &str) -> Option<Line> {
    // The test's own progress may stand before the first of them.
    let (_, text) = text.split_once("backtest\t")?;
    let mut parts = text.split('\t');
    let (home, method) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    Some(Line { home, method, figure: parts.next()?.trim().parse().ok()? })
}

fn figure(line: &Line, all: &[Line]) -> Figure {
    let Line { home, method, figure } = line;
    let others = all.iter().filter(|other| other.home == *home && is_aimed_at(home, &other.method));
    let best = others.map(|other| other.figure).fold(f64::INFINITY, f64::min);
    let aim = match method.as_str() {
        "ours" => Some((format!("below {best:.2} %"), *figure < best)),
        "inside" if home == REAL => Some(("70 to 90 %".to_owned(), INSIDE.contains(figure))),
        _ => None,
    };
    let kind = if home == REAL { "" } else { " (synthetic)" };
    let words = match method.as_str() {
        "ours" => "mean error of the projection",
        "same-rate" => "the same daily rate",
        "last-week" => "the last 7 days",
        "last-year" => "the same month last year",
        "last-year-rest" => "so far, and the rest as last year",
        _ => "outcomes inside the 80 % margin",
    };
    Figure { what: format!("{home}{kind}: {words}"), measured: format!("{figure:.2} %"), aim }
}

/// What the projection is to be better than; the other guesses are printed beside it, whichever is nearer.
fn is_aimed_at(home: &str, method: &str) -> bool {
    match home {
        REAL => matches!(method, "same-rate" | "last-week"),
        _ => method == "last-year",
    }
}
