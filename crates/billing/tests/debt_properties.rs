//! What holds for every request about a debt, a cut or a compensation, whatever the figures.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use billing::compute;
use billing::finding::Message;
use billing::fraction::Fraction;
use billing::period::{date_text, parse_date};
use proptest::prelude::*;
use serde_json::{Value, json};
use time::Duration;

fn run(rule: &str, request: &Value) -> Value {
    let answer = compute::run(rule, request.to_string().as_bytes(), &|_| Message::default());
    serde_json::from_str(&answer.unwrap_or_else(|refusal| panic!("{rule} {request}: {refusal}"))).unwrap()
}

fn fils(amount: i64) -> String {
    Fraction::from_units(amount.into(), 3).to_string()
}

fn exact(value: &Value) -> Fraction {
    Fraction::parse(value.as_str().unwrap()).unwrap()
}

/// A day from the first of 2023 on.
fn day(after: i64) -> String {
    date_text(parse_date("2023-01-01").unwrap() + Duration::days(after))
}

proptest! {
    #[test]
    fn paying_the_least_frees_and_a_fils_less_does_not(
        residency in prop::sample::select(vec!["citizen", "non-citizen", "company"]),
        on in 0..1500_i64, debt in 0..2_000_000_i64, missed in 0..5_u32, served in 0..1500_i64,
    ) {
        let ask = |debt: i64, missed: u32| run("standing", &json!({"residency": residency, "on": day(on),
            "debt": fils(debt), "missed_consecutive_instalments": missed,
            "notices": [{"served": day(served), "debt": fils(debt.max(1))}]}));
        let answer = ask(debt, missed);
        let blocked = answer["transactions"] == "blocked";
        prop_assert_eq!(blocked, !answer["reasons"].as_array().unwrap().is_empty());
        prop_assert_eq!(blocked, !answer["allowed_again"].as_array().unwrap().is_empty());
        prop_assert!(answer["travel"] == "allowed" || residency == "non-citizen");
        if blocked {
            let least = exact(&answer["allowed_again"][0]["amount"]);
            let pay = i64::try_from(least.round(3).unwrap()).unwrap();
            // Who pays all has paid the instalments too; who pays part has still missed them.
            let after = |paid: i64| if paid == debt { 0 } else { missed };
            prop_assert_eq!(&ask(debt - pay, after(pay))["transactions"], "allowed");
            if pay > 0 {
                prop_assert_eq!(&ask(debt - pay + 1, missed)["transactions"], "blocked");
            }
        }
        for body in answer["bodies"].as_array().unwrap() {
            prop_assert!(body["transactions"] == "allowed" || (blocked && body["state"] == "in_force"));
        }
    }

    #[test]
    fn a_kept_plan_frees_all_but_non_citizens(on in 0..1500_i64, debt in 1..2_000_000_i64, missed in 0..5_u32) {
        for residency in ["citizen", "company"] {
            let answer = run("standing", &json!({"residency": residency, "on": day(on), "debt": fils(debt),
                "missed_consecutive_instalments": missed, "plan": {"agreed": day(0), "kept": true},
                "notices": [{"served": day(on - 40), "debt": "1"}]}));
            prop_assert_eq!(&answer["transactions"], "allowed");
        }
    }

    #[test]
    fn a_plan_is_kept_or_tells_why_and_its_parts_add_up(
        paid in prop::collection::vec(prop::option::of(0..40_i64), 1..20), on in 300..900_i64, agreed in 0..300_i64,
    ) {
        let parts: Vec<_> = (0_i64..).zip(&paid).map(|(i, late)| json!({"due": day(300 + 30 * i), "amount": "10.005",
            "paid": late.map(|late| day(290 + 30 * i + late))})).collect();
        let answer = run("plan-default", &json!({"agreed": day(agreed), "on": day(on), "acknowledged": true,
            "instalments": parts}));
        let unpaid = (0_i64..).zip(&paid).filter(|(i, late)| late.is_none_or(|late| 290 + 30 * i + late > on)).count();
        let left = Fraction::from_units(10_005 * i128::try_from(unpaid).unwrap(), 3);
        prop_assert_eq!(exact(&answer["left"]), left);
        prop_assert!(exact(&answer["due_now"]) <= left);
        let told = !answer["findings"].as_array().unwrap().is_empty();
        prop_assert!(told != (answer["kept"] == true));
    }

    #[test]
    fn no_cut_is_allowed_at_a_forbidden_time_and_the_earliest_day_is_free(
        after in 1300..2600_i64, hour in 0..24_u32, minute in 0..60_u32, home: bool, notice in 0..1200_i64,
    ) {
        let tariff = if home { "sa.electricity.residential" } else { "sa.electricity.commercial" };
        let ask = |day: &str, hour, minute| run("disconnection", &json!({"tariff": tariff,
            "at": format!("{day}T{hour:02}:{minute:02}"), "overdue": "2000", "unpaid_bills": 5,
            "notices": [{"step": "notice", "served": self::day(notice)}, {"step": "final-notice", "served": self::day(notice + 60)}]}));
        let answer = ask(&day(after), hour, minute);
        let codes: Vec<_> = answer["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
        prop_assert_eq!(answer["allowed"] == true, !codes.contains(&"not-now"));
        prop_assert!(answer["allowed"] == false || hour < 12);
        let earliest = answer["earliest"].as_str().unwrap();
        prop_assert!(earliest >= day(after).as_str());
        prop_assert_eq!(&ask(earliest, 9, 0)["allowed"], true);
    }

    #[test]
    fn a_longer_breach_is_never_worth_less(minutes in 0..5000_i64, more in 0..500_i64, home: bool) {
        for (standard, from) in [("outage", "2026-09-20T00:00"), ("outage", "2019-09-20T00:00"),
            ("restoration", "2019-09-22T00:00"), ("planned-outage", "2026-09-20T00:00")] {
            let sum = |minutes: i64| {
                let start = billing::moment::Moment::parse(from).unwrap();
                let end = start.plus_minutes(minutes).unwrap().to_string();
                let answer = run("compensation", &json!({"standard": standard, "home": home, "started": from,
                    "ended": end, "at": end}));
                (answer["broken"] == true, exact(&answer["amount"]))
            };
            let (short, long) = (sum(minutes), sum(minutes + more));
            prop_assert!(short.1 <= long.1 && short.0 <= long.0);
            prop_assert_eq!(short.0, short.1.is_positive());
        }
    }
}
