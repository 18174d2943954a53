//! Server and gateway killed two hundred times while people pay, on SQLite and PostgreSQL: the server's own test of it,
//! for longer. Any payment that is lost, doubled or invented fails it.

use super::{Bench, Figure};
use crate::{
    failure::{Failure, Result},
    tools::{self, postgres::Postgres},
};

pub(super) const BENCH: Bench = Bench { name: "kill", measure };

const ROUNDS: &str = "200";
const TEST: &str = "killed_at_any_moment_nothing_is_lost_doubled_or_invented";

fn measure() -> Result<Vec<Figure>> {
    let postgres = Postgres::start()?;
    let told = tools::output(
        tools::cargo()
            .args(["test", "--quiet", "--package", "server", "--test", "server", TEST, "--", "--nocapture"])
            .env("ADAD_KILL_ROUNDS", ROUNDS)
            .env("ADAD_TEST_POSTGRES_URL", postgres.url()),
    )?;
    let lines =
        told.lines().filter_map(|line| line.split_once(": ").filter(|(_, rest)| rest.contains(" kills, ")));
    let figures: Vec<Figure> = lines.flat_map(|(database, rest)| of_database(database, rest)).collect();
    match figures.is_empty() {
        true => Err(Failure::says(format!("the kill test printed no figures: {told}"))),
        false => Ok(figures),
    }
}

/// From `200 kills, 900 payments started, 500 captured and posted once, 480 told as captured, ledger sum 0`.
fn of_database(database: &str, rest: &str) -> Vec<Figure> {
    let figure = |part: &str| {
        let (number, what) = part.split_once(' ')?;
        number.parse::<u64>().ok()?;
        Some(Figure { what: format!("{what}, {database}"), measured: number.to_owned(), aim: None })
    };
    rest.split(", ").filter_map(figure).collect()
}
