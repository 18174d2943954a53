//! A second opinion: the same rules in Python's fractions, `reference/`, on random requests.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeMap;
use std::process::Command;

use billing::compute;
use billing::finding::Message;
use billing::fraction::Fraction;
use serde_json::{Value, json};

const REQUESTS: usize = 10_000;

#[test]
#[ignore = "needs python3, which a plain checkout may lack"]
fn ten_thousand_random_requests_come_out_as_in_python() {
    let seed = std::env::var("ADAD_REFERENCE_SEED").unwrap_or_else(|_| "1".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/requests.py");
    let mut python = Command::new("python3");
    let run = python.args(["-B", script, &REQUESTS.to_string(), &seed]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for line in String::from_utf8(run.stdout).unwrap().lines() {
        let [rule, request, expected] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        compare(rule, request, &serde_json::from_str(expected).unwrap());
        *seen.entry(rule.to_owned()).or_default() += 1;
    }
    assert_eq!(seen.values().sum::<usize>(), REQUESTS);
    assert_eq!(seen.len(), 18, "{seen:?}");
}

fn compare(rule: &str, request: &str, expected: &BTreeMap<String, Value>) {
    let answer = match compute::run(rule, request.as_bytes(), &|_| Message::default()) {
        Ok(answer) => serde_json::from_str(&answer).unwrap(),
        Err(refusal) => {
            let told = json!({"error": refusal.error.code(), "field": refusal.field});
            assert_eq!(told, json!(expected), "{rule} {request}");
            return;
        }
    };
    let answer: Value = answer;
    for (place, expected) in expected {
        let got = answer.pointer(place).unwrap_or_else(|| panic!("{rule} {request}: no {place}"));
        assert!(same(got, expected), "{rule} {request}: {place} is {got}, not {expected}");
    }
}

/// Figures by their value, anything else as it stands.
fn same(got: &Value, expected: &Value) -> bool {
    let figure = |value: &Value| value.as_str().and_then(|text| Fraction::parse(text).ok());
    match (figure(got), figure(expected)) {
        (Some(got), Some(expected)) => got == expected,
        _ => got == expected,
    }
}
