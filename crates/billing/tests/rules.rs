//! No sum and no decision without its function, its golden case and its doc comment; no rule without its place.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use billing::compute;
use billing::rules::{Kind, RULES};

/// The source file of `rating::rebill::rebill`.
fn source(function: &str) -> String {
    let (module, _) = function.rsplit_once("::").unwrap();
    let path = PathBuf::from("src").join(module.replace("::", "/")).with_extension("rs");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The doc comment that stands above `pub fn name(`.
fn doc_comment(text: &str, name: &str) -> String {
    let (before, _) =
        text.split_once(&format!("pub fn {name}(")).unwrap_or_else(|| panic!("no pub fn {name}"));
    let above: Vec<&str> = before.lines().rev().take_while(|line| line.starts_with("///")).collect();
    above.into_iter().rev().collect::<Vec<_>>().join("\n")
}

fn computed() -> impl Iterator<Item = billing::rules::RuleId> {
    RULES.into_iter().filter(|rule| matches!(rule.kind, Kind::Sum | Kind::Decision | Kind::Finding))
}

#[test]
fn every_id_stands_once() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let tar = (1..=13).map(|n| format!("TAR-{n}"));
    let bil = (1..=13).map(|n| format!("BIL-{n}"));
    let deb = (1..=7).map(|n| format!("DEB-{n}"));
    let dis = (1..=8).map(|n| format!("DIS-{n}"));
    let com = (1..=2).map(|n| format!("COM-{n}"));
    let pro = (1..=3).map(|n| format!("PRO-{n}"));
    let pre = [1, 2, 4].map(|n| format!("PRE-{n}"));
    let haf = (1..=4).map(|n| format!("HAF-{n}"));
    let without = ["allocation", "split"].map(str::to_owned);
    let ahead = pro.chain(pre).chain(["MET-6".to_owned()]).chain(haf);
    let expected: Vec<String> =
        tar.chain(bil).chain(deb).chain(dis).chain(com).chain(ahead).chain(without).collect();
    assert_eq!(ids, expected);
}

#[test]
fn every_computed_rule_has_a_documented_function() {
    for rule in computed() {
        assert!(compute::find(rule.contract).is_ok(), "{}: no request {}", rule.id, rule.contract);
        let (_, name) = rule.function.rsplit_once("::").unwrap();
        let doc = doc_comment(&source(rule.function), name);
        for part in ["# Errors", "# Source"] {
            assert!(doc.contains(part), "{}: {name} has no {part}", rule.id);
        }
    }
}

#[test]
fn every_request_has_golden_cases_that_come_out_and_that_are_refused() {
    for rule in compute::RULES.iter().filter(|rule| rule.name != "bill") {
        let path = format!("cases/{}.toml", rule.name);
        let cases = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(cases.contains(&format!("rule = {:?}", rule.name)), "{path}");
        assert!(cases.contains("[case.expect]"), "{path}: nothing comes out");
        assert!(cases.contains("refused = "), "{path}: nothing is refused");
    }
}

#[test]
fn every_computed_rule_has_a_golden_case_under_its_id() {
    let mut told = BTreeSet::new();
    for entry in fs::read_dir("cases").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).unwrap();
            let first = text.lines().next().unwrap_or_default().to_owned();
            told.extend(first.split(|c: char| " (),:".contains(c)).map(str::to_owned));
        }
    }
    for rule in computed() {
        assert!(told.contains(rule.id), "{} stands in the first line of no case file", rule.id);
    }
}

#[test]
fn every_request_belongs_to_a_rule() {
    for rule in compute::RULES {
        assert!(RULES.iter().any(|known| known.contract == rule.name), "{}", rule.name);
    }
}

#[cfg(feature = "schema")]
#[test]
fn every_request_and_answer_has_a_schema() {
    for rule in compute::RULES {
        for schema in (rule.schemas)() {
            assert_eq!(schema.get("type").and_then(|kind| kind.as_str()), Some("object"), "{}", rule.name);
        }
    }
}
