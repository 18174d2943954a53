//! Reads the sources for what a compiler does not check: who may know whom, lengths, style sheets, SQL and floats
//! in their places, figures that belong in a rulebook.

mod css;
mod figures;
mod lengths;
mod rooms;
mod source;
mod words;

use crate::{
    failure::{Failure, Result},
    files, project,
};

/// One thing to put right.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: String,
    line: usize,
    says: String,
}

impl Finding {
    fn new(path: &str, line: usize, says: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, says: says.into() }
    }
}

/// `cargo xtask tidy`.
pub(crate) fn run(_words: &[String]) -> Result<()> {
    let sources = source::all()?;
    let mut findings = rooms::of_crates()?;
    let figures = figures::of_rulebooks()?;
    for source in &sources {
        findings.extend(rooms::of_paths(source));
        findings.extend(lengths::check(source));
        findings.extend(words::sql_outside_the_store(source));
        findings.extend(words::floats_in_the_engine(source));
        findings.extend(figures.in_source(source));
    }
    for (path, text) in sheets()? {
        findings.extend(css::check(&path, &text));
    }
    for finding in &findings {
        println!("{}:{}: {}", finding.path, finding.line, finding.says);
    }
    match findings.len() {
        0 => {
            println!("tidy: {} Rust files and the style sheets are in order", sources.len());
            Ok(())
        }
        count => Err(Failure::says(format!("tidy: {count} to put right"))),
    }
}

fn sheets() -> Result<Vec<(String, String)>> {
    let sheets = files::walk(&project::root().join("style"))?;
    sheets.into_iter().map(|path| Ok((project::name_of(&path), files::read_text(&path)?))).collect()
}
