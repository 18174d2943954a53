//! The Overview's request over a record of a hundred thousand accounts, against a fixed body of its size from the same
//! server in the same run; and payments from start to receipt.

use serde::Deserialize;

use super::{Bench, Figure, in_node_with};
use crate::{
    failure::Result,
    tools::{self, postgres::Postgres},
};

pub(super) const BENCH: Bench = Bench { name: "server", measure };

const REQUESTS_AT_LEAST: u64 = 4_000;
/// Of the requests for the fixed body, in hundredths.
const SHARE_AT_LEAST: u64 = 12;
/// At half of the load, in milliseconds.
const P99_BELOW: f64 = 25.0;

/// What `e2e/bench/server.mjs` prints: requests a second, milliseconds, bytes.
#[derive(Deserialize)]
struct Measured {
    sqlite: Database,
    postgres: Option<Database>,
}

#[derive(Deserialize)]
struct Database {
    accounts: u64,
    size: u64,
    fixed: u64,
    overview: u64,
    half: u64,
    p99: f64,
    paid: f64,
}

fn measure() -> Result<Vec<Figure>> {
    tools::need_wrk()?;
    let postgres = Postgres::start()?;
    let measured: Measured = in_node_with("server", &[("ADAD_BENCH_POSTGRES_URL", postgres.url())])?;
    let mut figures = of("SQLite", &measured.sqlite, true);
    figures.extend(measured.postgres.iter().flat_map(|database| of("PostgreSQL", database, false)));
    Ok(figures)
}

fn of(name: &str, database: &Database, is_aimed: bool) -> Vec<Figure> {
    let Database { accounts, size, fixed, overview, half, p99, paid } = database;
    let share = overview * 100 / (*fixed).max(1);
    let aim = |text: String, reached| is_aimed.then_some((text, reached));
    vec![
        Figure {
            what: format!("Overviews a second, {accounts} accounts, {name}"),
            measured: overview.to_string(),
            aim: aim(format!("at least {REQUESTS_AT_LEAST}"), *overview >= REQUESTS_AT_LEAST),
        },
        Figure {
            what: format!("of a fixed body of {size} bytes, {fixed} a second"),
            measured: format!("{share} %"),
            aim: aim(format!("at least {SHARE_AT_LEAST} %"), share >= SHARE_AT_LEAST),
        },
        Figure {
            what: format!("99th percentile at {half} a second, {name}"),
            measured: format!("{p99:.1} ms"),
            aim: aim(format!("below {P99_BELOW} ms"), *p99 < P99_BELOW),
        },
        Figure {
            what: format!("payment, start to settled, 99th percentile, {name}"),
            measured: format!("{paid:.1} ms"),
            aim: None,
        },
    ]
}
