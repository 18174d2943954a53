//! A real household's year of hourly readings, from the file to the record, with the server for release.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{Bench, Figure};
use crate::{failure::Result, files, project, run, tools};

pub(super) const BENCH: Bench = Bench { name: "import", measure };

const YEAR: &str = "household-hourly-year.xml";
const AT_MOST: Duration = Duration::from_secs(1);
const WHAT: &str = "a year of hourly readings imported";
/// One of the demo (`crates/server/data/demo.toml`).
const ACCOUNT: &str = "100217783";
const ROUNDS: u32 = 3;

fn measure() -> Result<Vec<Figure>> {
    let file = meter_files().join(YEAR);
    if !file.exists() {
        let measured = format!("skipped: no {YEAR} in ADAD_METER_FILES");
        return Ok(vec![Figure { what: WHAT.into(), measured, aim: None }]);
    }
    let adad = run::build()?;
    let folder = std::env::temp_dir().join(format!("adad-bench-import-{}", std::process::id()));
    let times = (0..ROUNDS).map(|_| import(&adad, &file, &folder)).collect::<Result<Vec<_>>>();
    files::remove_folder(&folder)?;
    let mut times = times?;
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let aim = (format!("under {} ms", AT_MOST.as_millis()), median < AT_MOST);
    Ok(vec![Figure { what: WHAT.into(), measured: format!("{} ms", median.as_millis()), aim: Some(aim) }])
}

/// How long one import takes into a record that has never seen the file.
fn import(adad: &Path, file: &Path, folder: &Path) -> Result<Duration> {
    files::remove_folder(folder)?;
    files::make_folder(folder)?;
    let record = format!("sqlite:{}", folder.join("adad.db").display());
    let with_record = |words: &[&str]| {
        let mut command = Command::new(adad);
        command.args(words).args(["--database-url", &record]).stdout(Stdio::null());
        command
    };
    tools::run(&mut with_record(&["seed"]))?;
    let begun = Instant::now();
    tools::run(with_record(&["import", "green-button", "--account", ACCOUNT]).arg(file))?;
    Ok(begun.elapsed())
}

/// The real meter files, which are no part of the project.
fn meter_files() -> PathBuf {
    let beside = || project::root().join("../shared/data/green-button");
    std::env::var_os("ADAD_METER_FILES").map_or_else(beside, PathBuf::from)
}
