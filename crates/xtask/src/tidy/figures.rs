//! A price in Rust is a bug: it lives in a rulebook. What can be told: a string in the code that is exactly one of
//! the rulebooks' decimals.

use std::collections::BTreeSet;

use super::{Finding, source::Source};
use crate::{failure::Result, files, project};

/// The decimals of all rulebooks, as they stand there.
pub(super) struct Figures(BTreeSet<String>);

pub(super) fn of_rulebooks() -> Result<Figures> {
    let mut figures = BTreeSet::new();
    for path in files::walk(&project::root().join("crates/billing/rulebooks"))? {
        figures.extend(decimals(&files::read_text(&path)?));
    }
    Ok(Figures(figures))
}

/// Every quoted number with a decimal point.
fn decimals(text: &str) -> impl Iterator<Item = String> {
    let without_comments = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let quoted = without_comments.flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.filter(|figure| is_decimal(figure)).map(str::to_owned)
}

fn is_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, rest)| {
        [whole, rest]
            .iter()
            .all(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
    })
}

impl Figures {
    pub(super) fn in_source(&self, source: &Source) -> Vec<Finding> {
        let strings = source.strings().into_iter().filter(|(string, _)| self.0.contains(string));
        strings
            .map(|(figure, line)| {
                let says = format!("{figure} is a figure of a rulebook: ask the rulebook for it");
                Finding::new(&source.path, line, says)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rulebooks_price_is_found_in_code() {
        let rulebook =
            "# \"9.9\"\ntiers = [{ up_to = \"1000\", price = \"0.005\" }]\neffective_from = \"2017-08-22\"";
        let figures = Figures(decimals(rulebook).collect());
        assert_eq!(figures.0.iter().collect::<Vec<_>>(), ["0.005"]);
        for (text, found) in [("const A: &str = \"0.005\";", 1), ("const A: &str = \"0.0051\";", 0)] {
            assert_eq!(figures.in_source(&Source::parse("a.rs", text).unwrap()).len(), found, "{text}");
        }
    }
}
