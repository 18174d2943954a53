//! Measures, each against what we aim for. A new one is a file in `bench/` and a line in `BENCHES`.

mod backtest;
mod bill;
mod bill_run;
mod engine;
mod import;
mod ingest;
mod kill;
mod lighthouse;
mod schedules;
mod server;
mod size;
mod streams;
mod what_if;
mod year;
mod zoom;

use std::process::Command;

use serde::de::DeserializeOwned;

use crate::{
    dist,
    failure::{Failure, Result},
    project, run, tools,
};

/// One bench: what it is called, and how it measures.
struct Bench {
    name: &'static str,
    measure: fn() -> Result<Vec<Figure>>,
}

const BENCHES: &[Bench] = &[
    size::BENCH,
    engine::BENCH,
    bill::BENCH,
    year::BENCH,
    schedules::BENCH,
    import::BENCH,
    bill_run::BENCH,
    backtest::BENCH,
    what_if::BENCH,
    zoom::BENCH,
    ingest::BENCH,
    streams::BENCH,
    kill::BENCH,
    server::BENCH,
    lighthouse::BENCH,
];

/// One measured figure.
struct Figure {
    what: String,
    measured: String,
    /// What we aim for, and whether it is reached.
    aim: Option<(String, bool)>,
}

/// `cargo xtask bench`: all, or those that are named.
pub(crate) fn run(words: &[String]) -> Result<()> {
    if let Some(word) = words.iter().find(|word| !BENCHES.iter().any(|bench| bench.name == **word)) {
        let names: Vec<_> = BENCHES.iter().map(|bench| bench.name).collect();
        return Err(Failure::says(format!(
            "there is no bench `{word}`: the benches are {}",
            names.join(", ")
        )));
    }
    let is_chosen = |bench: &&Bench| words.is_empty() || words.iter().any(|word| word == bench.name);
    let mut figures = Vec::new();
    for bench in BENCHES.iter().filter(is_chosen) {
        println!("Measuring {} ...", bench.name);
        figures.extend((bench.measure)()?);
    }
    tell(&figures)
}

fn tell(figures: &[Figure]) -> Result<()> {
    println!("\n{:<48} {:>14}  aim", "figure", "measured");
    for Figure { what, measured, aim } in figures {
        let aim = aim.as_ref().map_or_else(String::new, |(aim, reached)| match reached {
            true => aim.clone(),
            false => format!("{aim}, not reached"),
        });
        println!("{what:<48} {measured:>14}  {aim}");
    }
    println!();
    let missed =
        figures.iter().filter(|figure| figure.aim.as_ref().is_some_and(|(_, reached)| !reached)).count();
    match missed {
        0 => Ok(()),
        _ => Err(Failure::says(format!("{missed} of {} figures not reached", figures.len()))),
    }
}

/// What `e2e/bench/<name>.mjs` prints of real Chromium, with the server and the portal for release.
fn in_browser<T: DeserializeOwned>(name: &str) -> Result<T> {
    tools::need_npm_packages()?;
    let browser = tools::browser::need()?;
    dist::ensure()?;
    let adad = run::build()?;
    printed(name, script(name).env("CHROME_PATH", browser).env("ADAD_BINARY", adad))
}

/// What `e2e/bench/<name>.mjs` prints without a browser, with the server for release.
fn in_node<T: DeserializeOwned>(name: &str) -> Result<T> {
    in_node_with(name, &[])
}

/// The same, with these in the environment.
fn in_node_with<T: DeserializeOwned>(name: &str, more: &[(&str, String)]) -> Result<T> {
    tools::need_npm_packages()?;
    let adad = run::build()?;
    printed(name, script(name).env("ADAD_BINARY", adad).envs(more.iter().cloned()))
}

fn script(name: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(format!("bench/{name}.mjs")).env("ADAD_PORTAL", project::dist()).current_dir(project::e2e());
    node
}

fn printed<T: DeserializeOwned>(name: &str, command: &mut Command) -> Result<T> {
    let printed = tools::output(command)?;
    serde_json::from_str(&printed)
        .map_err(|error| Failure::says(format!("bench/{name}.mjs prints strangely ({error}): {printed}")))
}
