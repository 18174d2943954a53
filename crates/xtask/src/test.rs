//! Everything that must hold before a change goes in: each step runs, whatever the others did, and one summary ends it.

mod steps;

use std::time::{Duration, Instant};

use crate::{
    bench,
    failure::{Failure, Result},
    tools::{self, mosquitto, postgres, stop},
};

/// One check.
struct Step {
    name: &'static str,
    run: fn(&Ask) -> Result<()>,
}

/// In this order: the quick ones first, for somebody who watches.
const STEPS: &[Step] = &[
    Step { name: "format", run: steps::format },
    Step { name: "tidy", run: steps::tidy },
    Step { name: "clippy", run: steps::clippy },
    Step { name: "clippy-wasm", run: steps::clippy_wasm },
    Step { name: "rust-tests", run: steps::rust_tests },
    Step { name: "dist", run: steps::dist },
    Step { name: "journeys", run: steps::journeys },
];

/// With `--all`: what takes too long for every change.
const SLOW_STEPS: &[Step] = &[
    Step { name: "reference", run: steps::reference },
    Step { name: "utilityrate5", run: steps::utilityrate5 },
    Step { name: "bench", run: |_| bench::run(&[]) },
];

/// What the words after `test` ask for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ask {
    all: bool,
    only: Vec<String>,
    without_postgres: bool,
    without_mosquitto: bool,
}

/// A step that has run.
struct Outcome {
    name: &'static str,
    took: Duration,
    failure: Option<Failure>,
}

/// `cargo xtask test`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    let ask = parse(words)?;
    let steps: Vec<_> = chosen(&ask)?;
    stop::listen()?;
    let mut outcomes = vec![outcome("set-up", || prepare(&ask, &steps))];
    outcomes.extend(steps.iter().map(|step| outcome(step.name, || (step.run)(&ask))));
    summarise(&outcomes, &ask)
}

fn parse(words: &[String]) -> Result<Ask> {
    let mut ask = Ask::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--all" => ask.all = true,
            "--without-postgres" => ask.without_postgres = true,
            "--without-mosquitto" => ask.without_mosquitto = true,
            "--only" => {
                let name = words.next().ok_or_else(|| Failure::says("--only takes the name of a step"))?;
                ask.only.push(name.clone());
            }
            _ => {
                return Err(Failure::says(format!(
                    "`cargo xtask test` takes --all, --only STEP, --without-postgres and --without-mosquitto, \
                     not `{word}`"
                )));
            }
        }
    }
    Ok(ask)
}

fn chosen(ask: &Ask) -> Result<Vec<&'static Step>> {
    let known = || STEPS.iter().chain(SLOW_STEPS);
    if let Some(name) = ask.only.iter().find(|name| !known().any(|step| step.name == **name)) {
        let names: Vec<_> = known().map(|step| step.name).collect();
        return Err(Failure::says(format!("there is no step `{name}`: the steps are {}", names.join(", "))));
    }
    Ok(if ask.only.is_empty() {
        STEPS.iter().chain(if ask.all { SLOW_STEPS } else { &[] }).collect()
    } else {
        known().filter(|step| ask.only.iter().any(|name| name == step.name)).collect()
    })
}

/// Installs what the chosen steps need, as far as that is ours to do.
fn prepare(ask: &Ask, steps: &[&Step]) -> Result<()> {
    let needs = |names: &[&str]| steps.iter().any(|step| names.contains(&step.name));
    tools::need_c_compiler()?;
    if needs(&["clippy-wasm", "dist", "journeys", "bench"]) {
        tools::need_wasm_target()?;
    }
    if needs(&["dist", "journeys", "bench"]) {
        tools::need_npm_packages()?;
    }
    if needs(&["journeys", "bench"]) {
        tools::browser::need()?;
    }
    if needs(&["rust-tests"]) && !ask.without_postgres {
        postgres::need_programs()?;
    }
    if needs(&["rust-tests"]) && !ask.without_mosquitto {
        mosquitto::need()?;
    }
    Ok(())
}

fn outcome(name: &'static str, run: impl FnOnce() -> Result<()>) -> Outcome {
    println!("\n== {name}");
    let begun = Instant::now();
    let failure = if stop::asked() { Some(Failure::Stopped) } else { run().err() };
    if let Some(failure) = failure.as_ref().filter(|failure| !matches!(failure, Failure::Told)) {
        println!("{failure}");
    }
    Outcome { name, took: begun.elapsed(), failure }
}

fn summarise(outcomes: &[Outcome], ask: &Ask) -> Result<()> {
    println!("\n== summary");
    for Outcome { name, took, failure } in outcomes {
        let result =
            failure.as_ref().map_or_else(|| "passed".to_owned(), |failure| format!("failed: {failure}"));
        println!("{name:<12} {:>7.1} s  {result}", took.as_secs_f32());
    }
    let total: Duration = outcomes.iter().map(|outcome| outcome.took).sum();
    println!("{:<12} {:>7.1} s", "in all", total.as_secs_f32());
    if ask.without_postgres {
        println!("PostgreSQL was left out, as asked: the store was tested on SQLite alone.");
    }
    if ask.without_mosquitto {
        println!("Mosquitto was left out, as asked: MQTT was tested only if it is here all the same.");
    }
    let failed = outcomes.iter().filter(|outcome| outcome.failure.is_some()).count();
    println!("{} passed, {failed} failed", outcomes.len() - failed);
    if failed == 0 { Ok(()) } else { Err(Failure::Told) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<&'static str> {
        let words: Vec<_> = words.iter().map(|&word| word.to_owned()).collect();
        chosen(&parse(&words).unwrap()).unwrap().iter().map(|step| step.name).collect()
    }

    #[test]
    fn slow_steps_run_when_asked_for() {
        assert!(!names(&[]).contains(&"bench"));
        assert!(names(&["--all"]).contains(&"bench"));
        assert_eq!(names(&["--only", "bench"]), ["bench"]);
        assert_eq!(names(&["--only", "dist", "--only", "format"]), ["format", "dist"]);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for words in [&["--al"][..], &["--only"], &["dist"]] {
            let words: Vec<_> = words.iter().map(|&word| word.to_owned()).collect();
            assert!(parse(&words).is_err(), "{words:?}");
        }
        assert!(chosen(&Ask { only: vec!["all".into()], ..Ask::default() }).is_err());
    }
}
