//! A month's billing run of a hundred thousand made-up accounts on SQLite, with the server for release.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{Bench, Figure};
use crate::{
    failure::{Failure, Result},
    files, run, tools,
};

pub(super) const BENCH: Bench = Bench { name: "bill-run", measure };

const ACCOUNTS: u32 = 100_000;
const PERIOD: &str = "2026-08";
const AT_MOST: Duration = Duration::from_secs(300);

fn measure() -> Result<Vec<Figure>> {
    let adad = run::build()?;
    let folder = std::env::temp_dir().join(format!("adad-bench-bill-run-{}", std::process::id()));
    files::remove_folder(&folder)?;
    files::make_folder(&folder)?;
    let record = format!("sqlite:{}", folder.join("adad.db").display());
    let ran = (|| {
        let with_record = |words: &[&str]| {
            let mut command = Command::new(&adad);
            command.args(words).args(["--database-url", &record]);
            command
        };
        tools::run(with_record(&["seed", "--accounts", &ACCOUNTS.to_string()]).stdout(Stdio::null()))?;
        let begun = Instant::now();
        let told = tools::output(&mut with_record(&["bill-run", "--period", PERIOD]))?;
        Ok((begun.elapsed(), told))
    })();
    files::remove_folder(&folder)?;
    let (took, told): (Duration, String) = ran?;
    let accounts = billed(&told)?;
    if accounts < ACCOUNTS {
        return Err(Failure::says(format!("{accounts} accounts were billed, not {ACCOUNTS}")));
    }
    Ok(vec![Figure {
        what: format!("a billing run of {accounts} accounts, SQLite"),
        measured: format!("{}.{} s", took.as_secs(), took.subsec_millis() / 100),
        aim: Some((format!("under {} s", AT_MOST.as_secs()), took < AT_MOST)),
    }])
}

/// From the last line, `N accounts in S s`.
fn billed(told: &str) -> Result<u32> {
    let last = told.trim_end().lines().next_back().unwrap_or_default();
    let count = last.split_whitespace().next().and_then(|count| count.parse().ok());
    count.ok_or_else(|| Failure::says(format!("the billing run ended with: {last}")))
}
