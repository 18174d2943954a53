//! What holds for every request of the rules beside `bill`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use billing::compute;
use billing::finding::Message;
use billing::fraction::Fraction;
use proptest::prelude::*;
use serde_json::{Value, json};

fn run(rule: &str, request: &Value) -> Value {
    let answer = compute::run(rule, request.to_string().as_bytes(), &|_| Message::default());
    serde_json::from_str(&answer.unwrap_or_else(|refusal| panic!("{rule} {request}: {refusal}"))).unwrap()
}

fn exact(value: &Value) -> Fraction {
    Fraction::parse(value.as_str().unwrap()).unwrap()
}

fn sum(values: impl Iterator<Item = Fraction>) -> Fraction {
    values.fold(Fraction::ZERO, |sum, value| sum.plus(value).unwrap())
}

fn amounts(answer: &Value, list: &str, name: &str) -> Fraction {
    sum(answer[list].as_array().unwrap().iter().map(|part| exact(&part[name])))
}

/// `minor` minor units of a currency of `digits` digits.
fn money(minor: i64, digits: u32) -> String {
    Fraction::from_units(minor.into(), digits).to_string()
}

/// Millionths as the wire writes them.
fn number(millionths: i64) -> String {
    Fraction::from_millionths(millionths).to_string()
}

/// The exact units of each tier, whatever the part of the period.
fn tier_units(bill: &Value, tier: &str) -> Fraction {
    let lines = bill["lines"].as_array().unwrap().iter();
    let ours = lines.filter(|line| line["code"].as_str().unwrap().split('@').next() == Some(tier));
    sum(ours.map(|line| exact(line.get("quantity_exact").unwrap_or(&line["quantity"]))))
}

fn bill_facts(usage: i64, days: i64) -> Value {
    let first = billing::period::parse_date("2026-03-01").unwrap();
    let last = billing::period::date_text(first + time::Duration::days(days - 1));
    json!({"tariff": {"id": "sa.electricity.residential"}, "breaker_amps": 100, "usage": number(usage),
           "period": {"from": "2026-03-01", "to": last}})
}

proptest! {
    #[test]
    fn instalments_add_up_and_differ_by_one_minor_unit(minor in 1..10_000_000_i64, months in 1..=18_u32, down in 0..1_000_i64) {
        prop_assume!(minor - down >= months.into());
        let answer = run("instalments", &json!({"amount": money(minor, 3), "currency": "KWD", "months": months,
            "first_due": "2026-01-31", "down_payment": money(down, 3)}));
        let parts = amounts(&answer, "instalments", "amount");
        prop_assert_eq!(parts.plus(exact(&answer["down_payment"])).unwrap(), Fraction::from_units(minor.into(), 3));
        let list = answer["instalments"].as_array().unwrap();
        let (first, last) = (exact(&list[0]["amount"]), exact(&list[list.len() - 1]["amount"]));
        prop_assert!(first.minus(last).unwrap() <= Fraction::from_units(1, 3));
        prop_assert!(first >= last);
    }

    #[test]
    fn a_split_adds_up_and_no_part_is_a_minor_unit_off(
        minor in 0..10_000_000_i64, weights in prop::collection::vec(0..1_000_000_000_i64, 1..12),
    ) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let parts: Vec<_> = weights.iter().map(|w| json!({"name": "a", "weight": number(*w)})).collect();
        let answer = run("split", &json!({"currency": "SAR", "amount": money(minor, 2), "by": "days", "parts": parts}));
        let whole = Fraction::from_units(minor.into(), 2);
        prop_assert_eq!(amounts(&answer, "parts", "amount"), whole);
        let all: i64 = weights.iter().sum();
        for (weight, part) in weights.iter().zip(answer["parts"].as_array().unwrap()) {
            let fair = whole.times(Fraction::count(*weight)).unwrap().divided_by(Fraction::count(all)).unwrap();
            let off = exact(&part["amount"]).minus(fair).unwrap();
            prop_assert!(off.max(off.negative()) < Fraction::from_units(1, 2), "{off}");
        }
    }

    #[test]
    fn a_receipt_is_paid_out_or_kept_and_no_debt_is_overpaid(
        receipt in 0..5_000_000_i64, debts in prop::collection::vec((1..=28_u8, 0..1_000_000_i64), 0..10),
    ) {
        let list: Vec<_> = debts.iter().enumerate()
            .map(|(i, (day, amount))| json!({"id": i.to_string(), "due": format!("2026-02-{day:02}"), "amount": money(*amount, 3)}))
            .collect();
        let answer = run("allocation", &json!({"currency": "KWD", "receipt": money(receipt, 3), "debts": list}));
        let (paid, left) = (amounts(&answer, "allocations", "paid"), amounts(&answer, "allocations", "left"));
        let remainder = exact(&answer["remainder"]);
        prop_assert_eq!(paid.plus(remainder).unwrap(), Fraction::from_units(receipt.into(), 3));
        let owed = debts.iter().map(|(_, amount)| i128::from(*amount)).sum();
        prop_assert_eq!(paid.plus(left).unwrap(), Fraction::from_units(owed, 3));
        prop_assert!(left.is_zero() || remainder.is_zero());
        // A younger debt gets something only when every older one is paid.
        let allocations = answer["allocations"].as_array().unwrap();
        for pair in allocations.windows(2) {
            prop_assert!(pair[0]["due"].as_str() <= pair[1]["due"].as_str());
            prop_assert!(exact(&pair[0]["left"]).is_zero() || exact(&pair[1]["paid"]).is_zero());
        }
    }

    #[test]
    fn a_corrected_use_read_by_the_same_meter_is_the_recorded_one(
        recorded in 0..10_000_000_000_i64, error in 0..99_000_000_i64, fast: bool,
    ) {
        let runs = if fast { "fast" } else { "slow" };
        let request = json!({"recorded": number(recorded), "error_percent": number(error), "runs": runs});
        let answer = run("meter-correction", &request);
        let percent = Fraction::from_millionths(if fast { 100_000_000 + error } else { 100_000_000 - error });
        let back = exact(&answer["actual"]).times(percent).unwrap().divided_by(Fraction::count(100)).unwrap();
        let off = back.minus(Fraction::from_millionths(recorded)).unwrap();
        // Half a thousandth, as the same meter would show it.
        let most = percent.times(Fraction::from_units(5, 6)).unwrap();
        prop_assert!(off.max(off.negative()) <= most, "{off}");
        let moved = exact(&answer["actual"]).minus(exact(&answer["difference"])).unwrap();
        prop_assert_eq!(moved, Fraction::from_millionths(recorded));
    }

    #[test]
    fn a_split_at_a_day_without_a_change_changes_no_tier_unit(
        usage in 0..20_000_000_000_i64, at in 1..40_i64, rest in 1..40_i64,
    ) {
        let facts = bill_facts(usage, at + rest);
        let from = billing::period::parse_date("2026-03-01").unwrap() + time::Duration::days(at);
        let split = run("category-change", &json!({"before": "sa.electricity.residential",
            "after": "sa.electricity.residential", "reported": billing::period::date_text(from),
            "period": facts["period"], "usage": facts["usage"], "breaker_amps": 100}));
        let whole = run("bill", &facts);
        for tier in ["tier-1", "tier-2"] {
            prop_assert_eq!(tier_units(&split["bill"], tier), tier_units(&whole, tier), "{}", tier);
        }
        let fee = |bill: &Value| sum(bill["lines"].as_array().unwrap().iter()
            .filter(|line| line["code"].as_str().unwrap().starts_with("fee."))
            .map(|line| exact(&line["amount"])));
        prop_assert_eq!(fee(&split["bill"]), fee(&whole));
    }

    #[test]
    fn a_rebill_of_the_same_facts_is_nothing_and_of_others_the_same_both_ways(
        usage in 0..20_000_000_000_i64, other in 0..20_000_000_000_i64, days in 1..70_i64,
    ) {
        let rebill = |usage, right| run("rebill", &json!({"on": "2026-09-18",
            "periods": [{"bill": bill_facts(usage, days), "usage": number(right)}]}));
        let same = rebill(usage, usage);
        prop_assert_eq!((&same["owed"], &same["claim"]), (&json!("0.00"), &json!("0.00")));
        let (there, back) = (rebill(usage, other), rebill(other, usage));
        prop_assert_eq!(&there["owed"], &back["claim"]);
        prop_assert_eq!(&there["claim"], &back["owed"]);
        let lines = amounts(&there["periods"][0], "lines", "difference");
        prop_assert_eq!(lines, exact(&there["periods"][0]["difference"]));
    }

    #[test]
    fn shares_of_one_meter_use_up_its_units(usage in 0..20_000_000_000_i64, share in 1..1_000_000_i64) {
        let answer = run("mixed-use", &json!({"period": {"from": "2026-03-01", "to": "2026-03-30"}, "usage": number(usage),
            "breaker_amps": 100, "shares": [{"tariff": "sa.electricity.residential", "share": number(share)},
            {"tariff": "sa.electricity.commercial", "share": number(1_000_000 - share)}]}));
        prop_assert_eq!(amounts(&answer, "parts", "usage"), Fraction::from_millionths(usage));
    }

    #[test]
    fn no_bytes_make_any_rule_panic(body in prop::collection::vec(any::<u8>(), 0..40), cut in 0..500_usize, pick: prop::sample::Index) {
        let requests = golden_requests();
        let good = requests[pick.index(requests.len())].1.as_bytes();
        let mut bent = good[..cut.min(good.len())].to_vec();
        bent.extend(&body);
        bent.extend(&good[(cut + body.len()).min(good.len())..]);
        for rule in compute::RULES {
            let _ = compute::run(rule.name, &body, &|_| Message::default());
            let _ = compute::run(rule.name, &bent, &|_| Message::default());
        }
    }

    #[test]
    fn no_figure_makes_any_rule_panic_and_a_refusal_points_at_a_value(figure in prop::sample::select(FIGURES.as_slice()), at in 0..40_usize, pick: prop::sample::Index) {
        let requests = golden_requests();
        let (own, good) = &requests[pick.index(requests.len())];
        let mut request: Value = serde_json::from_str(good).unwrap();
        let mut left = at;
        bend(&mut request, figure, &mut left);
        for rule in compute::RULES {
            let answer = compute::run(rule.name, request.to_string().as_bytes(), &|_| Message::default());
            if rule.name == own && let Err(refusal) = answer {
                let absent = ["missing-field", "breaker-missing"].contains(&refusal.error.code());
                prop_assert!(absent || request.pointer(&refusal.field).is_some(), "{own} {request}: {refusal}");
            }
        }
    }
}

/// Figures that a careless sum would trip over.
const FIGURES: [&str; 14] = [
    "999999999999.999999",
    "-999999999999.999999",
    "0.000001",
    "0",
    "-1",
    "100",
    "99.999999",
    "1e3",
    "",
    "0001-01-01",
    "9999-12-31",
    "2026-02-29",
    "0001-01",
    "9999-12",
];

/// Puts `figure` in the place of the text number `left`, counted in order.
fn bend(value: &mut Value, figure: &str, left: &mut usize) {
    match value {
        Value::String(text) => {
            if *left == 0 {
                *text = figure.to_owned();
            }
            *left = left.wrapping_sub(1);
        }
        Value::Number(_) => {
            if *left == 0 {
                *value = json!(u32::MAX);
            }
            *left = left.wrapping_sub(1);
        }
        Value::Array(values) => values.iter_mut().for_each(|value| bend(value, figure, left)),
        Value::Object(fields) => fields.values_mut().for_each(|value| bend(value, figure, left)),
        _ => {}
    }
}

/// The rules and requests of all golden cases.
fn golden_requests() -> &'static [(String, String)] {
    static REQUESTS: std::sync::OnceLock<Vec<(String, String)>> = std::sync::OnceLock::new();
    REQUESTS.get_or_init(|| {
        let mut requests = Vec::new();
        for entry in std::fs::read_dir("cases").unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let file: toml::Table = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let cases = file["case"].as_array().unwrap().iter();
                let text = |case: &toml::Value, name: &str| Some(case.get(name)?.as_str()?.to_owned());
                requests.extend(cases.filter_map(|case| Some((text(case, "rule")?, text(case, "request")?))));
            }
        }
        assert!(requests.len() > 80, "{}", requests.len());
        requests
    })
}
