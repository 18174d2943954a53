//! A year of hourly intervals as twelve bills with their working, beside NREL's utilityrate5 (PySAM), which prices the
//! same year under the same tiers, in one run. utilityrate5 also prices the year with a solar plant that makes nothing.

use std::process::Command;

use super::{Bench, Figure};
use crate::{
    failure::{Failure, Result},
    project,
    tools::{self, pysam},
};

pub(super) const BENCH: Bench = Bench { name: "year", measure };

/// How many times as fast as utilityrate5.
const TIMES_AT_LEAST: u64 = 10;
/// Twelve bills of at most four lines, each rounded to a fils at most half a fils away.
const ROUNDED_AWAY: f64 = 12.0 * 4.0 * 0.0005;

/// What a year costs, and the nanoseconds that it took.
struct Year {
    total: f64,
    nanoseconds: u64,
}

fn measure() -> Result<Vec<Figure>> {
    let python = pysam::need()?;
    let script = project::root().join("crates/billing/tests/reference/utilityrate5.py");
    let ours = year(tools::cargo().args(["bench", "--quiet", "--package", "billing", "--bench", "year"]))?;
    let theirs = year(Command::new(python).arg("-B").arg(script).arg("speed"))?;
    if (ours.total - theirs.total).abs() > ROUNDED_AWAY {
        return Err(Failure::says(format!("the peer's year costs {}, ours {}", theirs.total, ours.total)));
    }
    let reached = ours.nanoseconds.saturating_mul(TIMES_AT_LEAST) <= theirs.nanoseconds;
    let figure = |what: &str, year: &Year, aim| Figure {
        what: what.into(),
        measured: format!("{} µs", year.nanoseconds / 1000),
        aim,
    };
    let aim = Some((format!("at most 1/{TIMES_AT_LEAST} of utilityrate5"), reached));
    Ok(vec![
        figure("12 bills with working from 8,760 hours", &ours, aim),
        figure("the same year in PySAM's utilityrate5", &theirs, None),
    ])
}

/// The two numbers that a peer prints.
fn year(command: &mut Command) -> Result<Year> {
    let printed = tools::output(command)?;
    let mut numbers = printed.split_whitespace();
    let year = numbers.next().zip(numbers.next()).and_then(|(total, nanoseconds)| {
        Some(Year { total: total.parse().ok()?, nanoseconds: nanoseconds.parse().ok()? })
    });
    year.ok_or_else(|| Failure::says(format!("a total and a time were to be printed, not: {printed}")))
}
