//! Golden bills: `cases/*.toml`, facts in, lines and total out; each working replays.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use billing::bill::{BillFacts, calculate};
use billing::finding::Message;
use billing::number::Number;
use billing::period::{Period, parse_date};
use billing::working;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
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
fn golden_bills_come_out_line_by_line() {
    let mut count = 0;
    for entry in std::fs::read_dir("cases").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let cases: Cases = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            cases.case.iter().for_each(check);
            count += cases.case.len();
        }
    }
    assert!(count >= 7, "{count} cases");
}

fn check(case: &Case) {
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
    working::replay(&answer.working).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut altered = answer.working;
    for step in 0..altered.len() {
        let kept = std::mem::replace(&mut altered[step].result, "123456.789".to_owned());
        assert!(working::replay(&altered).is_err(), "{name}: step {step} was altered unseen");
        altered[step].result = kept;
    }
}
