//! `adad rulebook assumed`: every figure and way of reckoning that no source gives, with what would settle it.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use billing::period::date_text;
use billing::rulebook::{self, Confidence, debt};
use serde::Deserialize;
use time::Date;

use super::CommandError;
use crate::config::RulebookAsk;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    assumed: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    /// The rule by which a way of reckoning is taken; a figure has none.
    rule: Option<String>,
    ar: String,
    en: String,
}

/// A figure as a rulebook has it.
struct Figure {
    id: &'static str,
    name: &'static str,
    value: &'static str,
    since: Date,
}

pub(super) fn rulebook(ask: &RulebookAsk) -> Result<(), CommandError> {
    let RulebookAsk::Assumed = ask;
    let book: Book = toml::from_str(include_str!("../../../billing/rulebooks/assumed.toml"))
        .map_err(|error| CommandError::Says(format!("rulebooks/assumed.toml: {error}")))?;
    match io::stdout().write_all(listed(&book).as_bytes()) {
        // A reader that has seen enough closes the pipe.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn listed(book: &Book) -> String {
    let figures = figures();
    let mut text = String::new();
    for entry in &book.assumed {
        match &entry.rule {
            Some(rule) => {
                let _ = writeln!(text, "{} ({rule})", entry.name);
            }
            None => {
                let _ = writeln!(text, "{}", entry.name);
                for figure in figures.iter().filter(|figure| is_of(figure.name, &entry.name)) {
                    let _ =
                        writeln!(text, "  {} = {} ({})", figure.id, figure.value, date_text(figure.since));
                }
            }
        }
        let _ = writeln!(text, "  {}\n  {}\n", entry.ar, entry.en);
    }
    text
}

fn figures() -> Vec<Figure> {
    let terms = rulebook::terms().iter().chain(debt::terms());
    let terms = terms.filter(|term| term.source.confidence == Confidence::Assumed).map(|term| Figure {
        id: term.id,
        name: term.id.split_once('.').map_or(term.id, |(_, name)| name),
        value: term.text,
        since: term.effective_from,
    });
    let versions = rulebook::schedules().iter().flat_map(|schedule| {
        schedule.versions.iter().flat_map(|version| {
            version.assumed.iter().map(|assumed| Figure {
                id: schedule.id,
                name: assumed.name,
                value: assumed.value,
                since: version.effective_from,
            })
        })
    });
    terms.chain(versions).collect()
}

/// Whether a figure is settled by the entry of this name: its own, or that of the twelve months it is one of.
fn is_of(figure: &str, entry: &str) -> bool {
    figure.strip_prefix(entry).is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|month| month.parse::<u8>().is_ok())
    })
}
