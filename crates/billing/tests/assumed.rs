//! Whatever is assumed has an entry in `rulebooks/assumed.toml` that says what would settle it, and nothing else has.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use billing::rulebook::{self, Confidence, debt};

/// The figures of the rulebooks.
fn figures() -> BTreeSet<String> {
    let terms = rulebook::terms().iter().chain(debt::terms());
    let terms = terms.filter(|term| term.source.confidence == Confidence::Assumed).map(|term| {
        let name = term.id.split_once('.').unwrap().1;
        // Twelve months of one figure are settled together.
        name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-').to_owned()
    });
    let versions = rulebook::schedules().iter().flat_map(|schedule| schedule.versions);
    let versions = versions.flat_map(|version| version.assumed).map(|assumed| assumed.name.to_owned());
    terms.chain(versions).collect()
}

/// The ways of reckoning: the findings that the engine's own code makes.
fn ways(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            ways(&path, found);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let calls = text.split("Finding::assumed(").skip(1).map(str::trim_start);
            let names = calls.filter_map(|call| call.strip_prefix('"')?.split('"').next());
            found.extend(names.map(str::to_owned));
        }
    }
}

#[test]
fn each_assumption_says_what_would_settle_it() {
    let text = fs::read_to_string("rulebooks/assumed.toml").unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let entries = file["assumed"].as_array().unwrap();
    let (mut told, mut told_ways) = (BTreeSet::new(), BTreeSet::new());
    for entry in entries {
        let word = |key: &str| entry.get(key).map(|value| value.as_str().unwrap().to_owned());
        let name = word("name").unwrap();
        assert!(!word("ar").unwrap().is_empty() && !word("en").unwrap().is_empty(), "{name}");
        let into = if word("rule").is_some() { &mut told_ways } else { &mut told };
        assert!(into.insert(name.clone()), "{name} stands twice");
    }
    assert_eq!(told, figures());
    // The working tells of the rounding once for all; it is no finding.
    let mut made = BTreeSet::from(["rounding".to_owned()]);
    ways(Path::new("src"), &mut made);
    assert_eq!(told_ways, made);
}
