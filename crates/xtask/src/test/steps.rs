//! The steps of `cargo xtask test`.

use std::process::Command;

use super::Ask;
use crate::{
    failure::Result,
    project,
    tools::{self, mosquitto, postgres::Postgres, pysam},
};

pub(super) fn format(_: &Ask) -> Result<()> {
    tools::run(tools::cargo().args(["fmt", "--all", "--check"]))
}

pub(super) fn tidy(_: &Ask) -> Result<()> {
    crate::tidy::run(&[])
}

pub(super) fn clippy(_: &Ask) -> Result<()> {
    tools::run(tools::cargo().args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
}

pub(super) fn clippy_wasm(_: &Ask) -> Result<()> {
    let portal = ["--package", "adad-portal", "--target", "wasm32-unknown-unknown", "--features", "split"];
    tools::run(tools::cargo().args(["clippy", "--quiet"]).args(portal).args(["--", "--deny", "warnings"]))
}

/// Every Rust test. Those of the server run on SQLite, and on PostgreSQL too when they are told of one.
pub(super) fn rust_tests(ask: &Ask) -> Result<()> {
    let mut tests = tools::cargo();
    tests.args(["test", "--quiet", "--workspace", "--no-fail-fast"]);
    if let Some(program) = mosquitto::find() {
        tests.env("ADAD_TEST_MOSQUITTO", program);
    }
    if ask.without_postgres {
        return tools::run(tests.env_remove("ADAD_TEST_POSTGRES_URL"));
    }
    let postgres = Postgres::start()?;
    tools::run(tests.env("ADAD_TEST_POSTGRES_URL", postgres.url()))
}

/// The second opinion: ten thousand random requests against the reference in Python.
pub(super) fn reference(_: &Ask) -> Result<()> {
    tools::run(&mut opinion("reference"))
}

/// A stranger's opinion: two hundred random years against NREL's utilityrate5.
pub(super) fn utilityrate5(_: &Ask) -> Result<()> {
    let python = pysam::need()?;
    tools::run(opinion("utilityrate5").env("ADAD_PYSAM", python))
}

fn opinion(name: &str) -> Command {
    let mut test = tools::cargo();
    test.args(["test", "--quiet", "--package", "billing", "--test", name, "--", "--ignored"]);
    test
}

pub(super) fn dist(_: &Ask) -> Result<()> {
    crate::dist::run(&[])
}

/// The journeys in a real browser, on the real server with the real portal.
pub(super) fn journeys(_: &Ask) -> Result<()> {
    crate::dist::ensure()?;
    tools::run(tools::cargo().args(["build", "--quiet", "--package", "server", "--bin", "adad"]))?;
    tools::run(
        Command::new("node")
            .args(["node_modules/@playwright/test/cli.js", "test"])
            .env("ADAD_CHROMIUM", tools::browser::need()?)
            .env("ADAD_BINARY", project::target().join("debug/adad"))
            .env("ADAD_PORTAL", project::dist())
            .current_dir(project::e2e()),
    )
}
