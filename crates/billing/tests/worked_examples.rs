//! Bills that others published, as requests of the contract: `cases/worked-examples.json`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use billing::compute;
use billing::finding::Message;
use billing::fraction::Fraction;
use serde_json::Value;

#[test]
fn published_bills_come_out_as_published() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../cases/worked-examples.json")).unwrap();
    assert_eq!(cases.len(), 47);
    for case in &cases {
        let rule = case["rule"].as_str().unwrap();
        let answer = compute::run(rule, case["request"].to_string().as_bytes(), &|_| Message::default());
        let answer = answer.unwrap_or_else(|refusal| panic!("{}: {refusal}", case["id"]));
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let money = case["tolerance"].as_str().unwrap_or("0.01");
        for (what, expected) in case["expect"].as_object().unwrap() {
            let tolerance = if what.starts_with("line:") { "0.5" } else { money };
            let got = find(&answer, what);
            let expected = Fraction::parse(expected.as_str().unwrap()).unwrap();
            let apart = got.minus(expected).unwrap();
            let apart = apart.max(apart.negative());
            assert!(apart <= Fraction::parse(tolerance).unwrap(), "{} {what}: {got}", case["id"]);
        }
    }
}

fn find(answer: &Value, what: &str) -> Fraction {
    let parse = |value: &Value| Fraction::parse(value.as_str().unwrap()).unwrap();
    let lines = || answer["lines"].as_array().unwrap().iter();
    let of = |code: &str| lines().find(|line| line["code"] == code).unwrap();
    if what.starts_with('/') {
        parse(answer.pointer(what).unwrap())
    } else if let Some(code) = what.strip_prefix("amount:") {
        parse(&of(code)["amount"])
    } else if let Some(code) = what.strip_prefix("line:") {
        parse(&of(code)["quantity"])
    } else {
        assert_eq!(what, "energy");
        lines()
            .filter(|line| line["code"].as_str().unwrap().starts_with("tier-"))
            .fold(Fraction::ZERO, |sum, line| sum.plus(parse(&line["amount"])).unwrap())
    }
}
