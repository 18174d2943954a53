//! What holds for every request of projection, prepayment, budget and Hafez.

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

/// `minor` fils.
fn dinars(minor: i64) -> String {
    Fraction::from_units(minor.into(), 3).to_string()
}

fn number(millionths: i64) -> String {
    Fraction::from_millionths(millionths).to_string()
}

/// A day that lies beyond what is looked at comes after all others.
fn day(value: &Value) -> &str {
    value.as_str().unwrap_or("9999-12-31")
}

/// Some days before 18 September 2026, oldest first.
fn daily() -> impl Strategy<Value = Vec<Option<i64>>> {
    prop::collection::vec(prop::option::weighted(0.9, 0..200_000_000_i64), 1..60)
        .prop_filter("a day on record", |days| days.iter().any(Option::is_some))
}

fn habit(tariff: &str, used: i64, days: &[Option<i64>]) -> Value {
    let today = billing::period::parse_date("2026-09-18").unwrap();
    let from = today - time::Duration::days(i64::try_from(days.len()).unwrap());
    let daily: Vec<_> = days.iter().map(|used| used.map(number)).collect();
    json!({"tariff": tariff, "breaker_amps": 60, "today": "2026-09-18", "used": number(used),
           "daily_from": billing::period::date_text(from), "daily": daily})
}

fn with(mut request: Value, more: Value) -> Value {
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    request
}

const TARIFFS: [&str; 3] =
    ["kw.electricity.private", "kw.electricity.investment.statutory", "sa.electricity.residential"];

proptest! {
    #[test]
    fn the_ends_of_a_period_stand_in_order(tariff in prop::sample::select(TARIFFS.as_slice()), used in 0..9_000_000_000_i64, days in daily()) {
        let period = json!({"period": {"from": "2026-08-28", "to": "2026-09-27"}});
        let answer = run("projection", &with(habit(tariff, used, &days), period));
        let usage = ["low", "middle", "high"].map(|path| exact(&answer[path]["usage"]));
        prop_assert!(Fraction::from_millionths(used) <= usage[0] && usage[0] <= usage[1] && usage[1] <= usage[2]);
        let totals = ["low", "middle", "high"].map(|path| exact(&answer[path]["bill"]["total"]));
        // Each line is rounded once, so a unit that moves a line down may cost half a minor unit on each.
        let slack = Fraction::from_units(3, 2);
        prop_assert!(totals[0] <= totals[1].plus(slack).unwrap() && totals[1] <= totals[2].plus(slack).unwrap());
        for crossing in answer["crossings"].as_array().unwrap() {
            prop_assert!(day(&crossing["earliest"]) <= day(&crossing["expected"]));
            prop_assert!(day(&crossing["expected"]) <= day(&crossing["latest"]));
        }
    }

    #[test]
    fn a_larger_credit_never_ends_earlier_and_what_is_left_and_spent_was_topped_up(
        used in 0..3_000_000_000_i64, days in daily(), before in 0..20_000_i64, top_up in 0..20_000_i64, more in 0..5_000_i64,
    ) {
        let credit = |top_up| run("prepaid", &with(habit(TARIFFS[0], used, &days),
            json!({"credit_before": dinars(before), "top_ups": [dinars(top_up)]})));
        let (small, large) = (credit(top_up), credit(top_up + more));
        prop_assert_eq!(exact(&small["credit"]).plus(exact(&small["spent"])).unwrap(), Fraction::from_units((before + top_up).into(), 3));
        for answer in [&small, &large] {
            prop_assert!(day(&answer["ends"]["earliest"]) <= day(&answer["ends"]["expected"]));
            prop_assert!(day(&answer["ends"]["expected"]) <= day(&answer["ends"]["latest"]));
            prop_assert!(day(&answer["ends"]["expected"]) >= "2026-09-18");
        }
        prop_assert!(day(&small["ends"]["expected"]) <= day(&large["ends"]["expected"]));
    }

    #[test]
    fn a_budget_is_passed_only_if_it_is_spent_in_the_period(
        tariff in prop::sample::select(TARIFFS.as_slice()), used in 0..9_000_000_000_i64, days in daily(), budget in 0..100_000_i64,
    ) {
        let more = json!({"period": {"from": "2026-08-28", "to": "2026-09-27"}, "budget": Fraction::from_units(budget.into(), 2).to_string()});
        let answer = run("budget", &with(habit(tariff, used, &days), more));
        let spent = exact(&answer["spent"]).plus(exact(&answer["left"])).unwrap();
        prop_assert_eq!(spent, Fraction::from_units(budget.into(), 2));
        prop_assert!(answer["passes"] == false || answer["spent_on"]["expected"].is_string(), "{}", answer);
        prop_assert!(day(&answer["spent_on"]["expected"]) <= "2026-09-27" || answer["spent_on"]["expected"].is_null());
    }

    #[test]
    fn a_month_earns_at_most_the_cap_of_its_bill_and_never_less_for_saving_more(
        baseline in 1..20_000_000_000_i64, actual in 0..20_000_000_000_i64, less in 0..1_000_000_000_i64, bill in 0..100_000_i64, water: bool,
    ) {
        let (commodity, cap) = if water { ("water", "0.5") } else { ("electricity", "0.4") };
        let earned = |actual: i64| run("hafez", &json!({"commodity": commodity, "months": [
            {"month": "2026-07", "baseline": number(baseline), "actual": number(actual), "bill": dinars(bill)}]}));
        let (one, other) = (earned(actual), earned((actual - less).max(0)));
        let most = Fraction::from_units(bill.into(), 3).times(Fraction::parse(cap).unwrap()).unwrap();
        let half = Fraction::from_units(5, 4);
        prop_assert!(exact(&one["total"]) <= most.plus(half).unwrap());
        prop_assert!(exact(&one["total"]) <= exact(&other["total"]));
        prop_assert!(actual < baseline || one["total"] == "0.000");
        let saved = exact(&one["months"][0]["saved"]);
        prop_assert_eq!(saved, Fraction::from_millionths((baseline - actual).max(0)));
    }

    #[test]
    fn what_is_saved_in_two_parts_is_worth_what_it_is_worth_at_once(one in 0..1_000_000_000_000_i64, other in 0..1_000_000_000_000_i64) {
        let worth = |saved| run("consumption-equivalents", &json!({"commodity": "electricity", "saved": number(saved), "on": "2026-09-18"}));
        let (first, second, both) = (worth(one), worth(other), worth(one + other));
        for (name, off) in [("state_cost", Fraction::from_units(15, 4)), ("barrels", Fraction::from_units(15, 7)), ("co2_kg", Fraction::from_units(15, 7))] {
            let apart = exact(&first[name]).plus(exact(&second[name])).unwrap().minus(exact(&both[name])).unwrap();
            prop_assert!(apart.max(apart.negative()) <= off, "{name}: {apart}");
        }
    }
}
