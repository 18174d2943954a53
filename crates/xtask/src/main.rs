//! Builds, runs, tests and measures the project. `cargo xtask` alone lists what it can do.

mod bench;
mod dist;
mod failure;
mod files;
mod project;
mod run;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use failure::{Failure, Result};

/// One command: its name, what it does in one line, and the function that does it.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "run",
        about: "build, fill and start the demo, and say how to sign in (--port NUMBER, --no-open)",
        run: run::run,
    },
    Command {
        name: "test",
        about: "everything that must hold before a change goes in (--all, --only STEP, --without-postgres, --without-mosquitto)",
        run: test::run,
    },
    Command {
        name: "bench",
        about: "measure, against what we aim for (or only the benches named)",
        run: bench::run,
    },
    Command {
        name: "dist",
        about: "build the portal for release into dist/ and check its sizes (--quick: large, but in seconds)",
        run: dist::run,
    },
    Command { name: "tidy", about: "read the sources for what a compiler does not check", run: tidy::run },
    Command {
        name: "css",
        about: "bundle the style sheets for `trunk serve` (its hook calls this)",
        run: dist::css::run,
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = words.split_first() else {
        list();
        return ExitCode::SUCCESS;
    };
    let done = COMMANDS.iter().find(|command| command.name == name).map_or_else(
        || Err(Failure::says(format!("there is no command `{name}`; `cargo xtask` lists them"))),
        |command| (command.run)(rest),
    );
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn list() {
    println!("cargo xtask <command>\n");
    for command in COMMANDS {
        println!("  {:<6} {}", command.name, command.about);
    }
}
