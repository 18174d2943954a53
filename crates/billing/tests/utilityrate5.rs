//! A stranger's opinion: random years of graduated monthly tiers, as NREL's utilityrate5 (PySAM) charges them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]
#![expect(clippy::float_arithmetic, clippy::disallowed_types, reason = "utilityrate5 calculates in floats")]

use std::collections::BTreeMap;
use std::process::Command;

use billing::compute;
use billing::finding::Message;
use serde_json::Value;

const YEARS: usize = 200;
/// Half a fils, and what the floats of a month's sum may be off by.
const AT_MOST: f64 = 0.0005 + 1e-9;

#[test]
#[ignore = "needs PySAM, which `cargo xtask test --all` installs"]
fn every_tier_of_two_hundred_random_years_is_charged_as_by_utilityrate5() {
    let python = std::env::var("ADAD_PYSAM").expect("ADAD_PYSAM names a python3 that has PySAM");
    let seed = std::env::var("ADAD_REFERENCE_SEED").unwrap_or_else(|_| "1".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/utilityrate5.py");
    let run = Command::new(python).args(["-B", script, "years", &YEARS.to_string(), &seed]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let (mut months, mut lines) = (0, 0);
    for line in String::from_utf8(run.stdout).unwrap().lines() {
        let [request, charges, total] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        lines += compare(request, &serde_json::from_str(charges).unwrap(), total.parse().unwrap());
        months += 1;
    }
    assert_eq!(months, YEARS * 12);
    assert!(lines > months * 2, "{lines} lines in {months} bills");
}

/// Each line to half a fils, and so the bill to half a fils a line. Gives how many lines there are.
fn compare(request: &str, charges: &BTreeMap<String, f64>, total: f64) -> usize {
    let answer = compute::run("bill", request.as_bytes(), &|_| Message::default());
    let answer = answer.unwrap_or_else(|refusal| panic!("{request}: {refusal}"));
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let figure = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let lines = answer["lines"].as_array().unwrap();
    let ours: BTreeMap<&str, f64> =
        lines.iter().map(|line| (line["code"].as_str().unwrap(), figure(&line["amount"]))).collect();
    assert!(ours.keys().all(|code| charges.contains_key(*code)), "{request}: {ours:?}, not {charges:?}");
    for (code, theirs) in charges {
        // A tier that is not reached has no line.
        let ours = ours.get(code.as_str()).copied().unwrap_or(0.0);
        assert!((ours - theirs).abs() <= AT_MOST, "{request}: {code} is {ours}, not {theirs}");
    }
    let (ours, most) = (figure(&answer["total"]), AT_MOST * ours.len() as f64);
    assert!((ours - total).abs() <= most, "{request}: the total is {ours}, not {total}");
    lines.len()
}
