//! Bills a second, each with its working, beside decimal.js that calculates the same tiers without any, in one run.

use std::process::Command;

use super::{Bench, Figure};
use crate::{
    failure::{Failure, Result},
    project, tools,
};

pub(super) const BENCH: Bench = Bench { name: "bill", measure };

/// How many times as many bills as decimal.js.
const TIMES_AT_LEAST: u64 = 3;

fn measure() -> Result<Vec<Figure>> {
    tools::need_npm_packages()?;
    let ours = number(tools::cargo().args(["bench", "--quiet", "--package", "billing", "--bench", "bill"]))?;
    let theirs = number(Command::new("node").arg("bench/bill.mjs").current_dir(project::e2e()))?;
    let aim =
        (format!("at least {TIMES_AT_LEAST} x decimal.js"), ours >= theirs.saturating_mul(TIMES_AT_LEAST));
    Ok(vec![
        Figure {
            what: "bills a second with their working".into(),
            measured: ours.to_string(),
            aim: Some(aim),
        },
        Figure {
            what: "bills a second of decimal.js, without".into(),
            measured: theirs.to_string(),
            aim: None,
        },
    ])
}

/// The one number that a peer prints.
fn number(command: &mut Command) -> Result<u64> {
    let printed = tools::output(command)?;
    printed.trim().parse().map_err(|_| Failure::says(format!("a number was to be printed, not: {printed}")))
}
