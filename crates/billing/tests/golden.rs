//! Golden cases: `cases/*.toml`. A bill is its facts, lines and total; any rule is its request and what the answer must
//! say at some pointers, or how it is refused. Each working replays, and no step can be altered unseen.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use billing::bill::{BillFacts, calculate};
use billing::compute;
use billing::finding::Message;
use billing::number::Number;
use billing::period::{Period, parse_date};
use billing::working;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Cases {
    case: Vec<AnyCase>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AnyCase {
    Rule(RuleCase),
    Bill(BillCase),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleCase {
    name: String,
    rule: String,
    request: String,
    /// By pointer; a null is written "null".
    #[serde(default)]
    expect: toml::Table,
    /// Their codes, all of them, in order.
    #[serde(default)]
    findings: Vec<String>,
    refused: Option<Refused>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    code: String,
    field: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BillCase {
    name: String,
    schedule: String,
    period: Days,
    usage: String,
    breaker_amps: Option<u32>,
    total: String,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Days {
    from: String,
    to: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Line {
    code: String,
    quantity: Option<String>,
    amount: String,
}

#[test]
fn golden_cases_come_out() {
    let mut count = 0;
    for entry in std::fs::read_dir("cases").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let cases: Cases = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            for case in &cases.case {
                match case {
                    AnyCase::Rule(case) => check_rule(case),
                    AnyCase::Bill(case) => check_bill(case),
                }
            }
            count += cases.case.len();
        }
    }
    assert!(count >= 90, "{count} cases");
}

fn check_bill(case: &BillCase) {
    let name = &case.name;
    let period = Period::new(parse_date(&case.period.from).unwrap(), parse_date(&case.period.to).unwrap());
    let usage = Number::parse(&case.usage).unwrap();
    let facts = BillFacts::of_schedule(&case.schedule, period, usage, case.breaker_amps);
    let bill = calculate(&facts).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    let answer = bill.answer(&|_| Message::default());
    let lines: Vec<_> = (answer.lines.into_iter())
        .map(|line| Line { code: line.code, quantity: line.quantity, amount: line.amount })
        .collect();
    assert_eq!(lines, case.lines, "{name}");
    assert_eq!(answer.total, case.total, "{name}");
    bill.working.replay().unwrap_or_else(|error| panic!("{name}: {error}"));
    check_working(name, answer.working);
}

fn check_rule(case: &RuleCase) {
    let name = format!("{}: {}", case.rule, case.name);
    let run = compute::run(&case.rule, case.request.as_bytes(), &|_| Message::default());
    let answer = match (run, &case.refused) {
        (Ok(answer), None) => answer,
        (Err(refusal), Some(refused)) => {
            let told = (refusal.error.code(), refusal.field.as_str());
            assert_eq!(told, (refused.code.as_str(), refused.field.as_str()), "{name}");
            return;
        }
        (Ok(answer), Some(_)) => panic!("{name}: {answer}"),
        (Err(refusal), None) => panic!("{name}: {refusal} {}", refusal.error.code()),
    };
    check_workings(&name, &answer);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    for (pointer, expected) in &case.expect {
        let got = answer.pointer(pointer).unwrap_or_else(|| panic!("{name}: no {pointer} in {answer}"));
        let got = got.as_str().map_or_else(|| got.to_string(), str::to_owned);
        let expected = expected.as_str().map_or_else(|| expected.to_string(), str::to_owned);
        assert_eq!(got, expected, "{name}: {pointer}");
    }
    assert!(!case.expect.is_empty(), "{name} expects nothing");
    let codes =
        answer["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap());
    assert_eq!(codes.collect::<Vec<_>>(), case.findings, "{name}");
}

/// The working of an answer and of every bill inside it, from the text: a `Value` would lose the inputs' order.
fn check_workings(name: &str, answer: &str) {
    for (at, key) in answer.match_indices(r#""working":"#) {
        let mut steps = serde_json::Deserializer::from_str(&answer[at + key.len()..]).into_iter();
        check_working(name, steps.next().unwrap().unwrap());
    }
}

fn check_working(name: &str, mut altered: Vec<working::StepAnswer>) {
    working::replay(&altered).unwrap_or_else(|error| panic!("{name}: {error}"));
    for step in 0..altered.len() {
        let kept = std::mem::replace(&mut altered[step].result, "123456.789".to_owned());
        assert!(working::replay(&altered).is_err(), "{name}: step {step} was altered unseen");
        altered[step].result = kept;
    }
}
