//! A claim after a correction, paid in parts: exact in the ledger, at most ten, and taken back before it is a refund.

use api::accounts::{AccountId, BillId, Overview, ServicePointId};
use api::bills::{Bill, BillInParts, BillSummary, Bills};
use api::claims::Claim;
use api::meters::{MeterTest, TestResult};
use api::payments::{DebtKind, Payments};
use api::problem::Problem;
use api::standing::Standing;
use billing::number::Number;
use billing::period::{Day, parse_date};
use server::actions::correct_multiplier::correct_multiplier;
use server::actions::test_meter::{correct_after_test, record_test};
use server::store::accounts;
use server::store::ledger::check;

use crate::common::record::{self, FLAT, VILLA, VILLA_POWER, day_start, on_each_database};
use crate::common::{Reply, TestApp};

/// A bill of 1,335.15, paid; the meter proves slow by 10 %: 241.50 more, due by 2 October.
async fn slow_meter(app: &TestApp) {
    server::jobs::bill_closed_period(&app.state).await.unwrap();
    let mut record = app.state.store.begin().await.unwrap();
    record::pay(&mut record, VILLA, "first", 133_515).await;
    let account = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
    let point =
        accounts::find_point(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap().unwrap();
    let [on, today, since] = ["2026-09-01", "2026-09-02", "2026-07-28"].map(|day| parse_date(day).unwrap());
    let error_percent = Number::from_units(10);
    let test = MeterTest { on: Day(on), result: TestResult::Slow, error_percent };
    record_test(&mut record, &point.meter.number, &test).await.unwrap();
    correct_after_test(&mut record, &account, &point, &test, since, today, 30).await.unwrap();
    record.commit().await.unwrap();
    app.state.clock.set(day_start("2026-09-03") + 10 * 3600);
}

async fn standing(app: &TestApp) -> Standing {
    let cookie = app.sign_in(VILLA).await;
    app.get(&format!("/api/v1/accounts/{VILLA}/standing"), &cookie).await.json()
}

async fn choose(app: &TestApp, request: &str, months: u32, amount: &str) -> Reply {
    let cookie = app.sign_in(VILLA).await;
    let body = format!(r#"{{"request_id":"{request}","months":{months},"amount":"{amount}"}}"#);
    app.post_json(&format!("/api/v1/accounts/{VILLA}/claim-plans"), &body, &cookie).await
}

async fn pay(app: &TestApp, id: &str, minor: i64) {
    let mut record = app.state.store.begin().await.unwrap();
    record::pay(&mut record, VILLA, id, minor).await;
    record.commit().await.unwrap();
}

async fn in_order(app: &TestApp) {
    let mut db = app.state.store.read().await.unwrap();
    let checked = check::check(&mut db).await.unwrap();
    assert_eq!((checked.sum, checked.imbalances), (0, vec![]));
}

fn left(claim: &Claim) -> Vec<&str> {
    claim.parts.iter().map(|part| part.left.as_str()).collect()
}

#[tokio::test]
async fn a_claim_is_paid_in_one_to_ten_parts_to_the_last_minor_unit() {
    for (months, parts) in
        [(1, vec!["241.50"]), (4, vec!["60.38", "60.38", "60.37", "60.37"]), (10, vec!["24.15"; 10])]
    {
        for app in on_each_database().await {
            slow_meter(&app).await;
            let before = standing(&app).await.claim.unwrap();
            assert_eq!((before.open.as_str(), before.parts.len()), ("241.50", 0));
            assert_eq!(before.first_due, Some(Day(parse_date("2026-10-02").unwrap())));
            assert_eq!((before.bills[0].bill.0.as_str(), before.bills.len()), ("2002-2026-08-2", 1));
            let chosen: Standing = choose(&app, "c1", months, "241.50").await.json();
            let claim = chosen.claim.unwrap();
            assert_eq!((claim.open.as_str(), left(&claim)), ("0.00", parts.clone()), "{months}");
            assert_eq!(claim.parts[0].due, Day(parse_date("2026-10-02").unwrap()));
            assert_eq!((chosen.due.as_str(), chosen.overdue.as_str()), ("241.50", "0.00"));
            let again: Standing = choose(&app, "c1", months, "241.50").await.json();
            assert_eq!(again.claim.unwrap().parts.len(), parts.len(), "once");
            in_order(&app).await;
        }
    }
}

#[tokio::test]
async fn what_cannot_be_chosen_is_refused_and_changes_nothing() {
    for app in on_each_database().await {
        let none: Problem = choose(&app, "c0", 2, "241.50").await.json();
        assert_eq!((none.code.as_str(), none.status), ("plan-not-open", 422), "before there is a claim");
        slow_meter(&app).await;
        for (months, amount, code) in [
            (11, "241.50", "too-many-months"),
            (0, "241.50", "out-of-range"),
            (10, "241.49", "case-moved-on"),
            (10, "1576.65", "case-moved-on"),
            (10, "241.505", "value-invalid"),
        ] {
            let refused: Problem = choose(&app, "c1", months, amount).await.json();
            assert_eq!(refused.code, code, "{months} {amount}");
        }
        assert_eq!(standing(&app).await.claim.unwrap().parts, []);
        choose(&app, "c1", 10, "241.50").await.json::<Standing>();
        let other: Problem = choose(&app, "c1", 9, "241.50").await.json();
        assert_eq!(other.code, "repeat-conflict");
        let twice: Problem = choose(&app, "c2", 9, "241.50").await.json();
        assert_eq!(twice.code, "plan-not-open", "it is in parts already");
        let cookie = app.sign_in(FLAT).await;
        let body = r#"{"request_id":"c3","months":2,"amount":"1.000"}"#;
        for (account, code) in [(VILLA, "account-not-found"), (FLAT, "not-found")] {
            let path = format!("/api/v1/accounts/{account}/claim-plans");
            let refused: Problem = app.post_json(&path, body, &cookie).await.json();
            assert_eq!(refused.code, code, "another's account, and Kuwait: {account}");
        }
        in_order(&app).await;
    }
}

#[tokio::test]
async fn each_part_is_a_debt_of_its_own_day() {
    for app in on_each_database().await {
        slow_meter(&app).await;
        choose(&app, "c1", 10, "241.50").await.json::<Standing>();
        pay(&app, "p1", 3_000).await;
        let now = standing(&app).await;
        assert_eq!(left(now.claim.as_ref().unwrap())[..3], ["0.00", "18.30", "24.15"], "oldest first");
        app.state.clock.set(day_start("2026-11-03") + 10 * 3600);
        let now = standing(&app).await;
        assert_eq!((now.due.as_str(), now.overdue.as_str()), ("211.50", "18.30"), "one part, not the claim");
        let cookie = app.sign_in(VILLA).await;
        let page: Payments = app.get(&format!("/api/v1/accounts/{VILLA}/payments"), &cookie).await.json();
        let parts = page.debts.iter().filter(|debt| matches!(debt.of, DebtKind::Charge { .. }));
        assert_eq!(parts.count(), 9);
        let bill: Bill =
            app.get(&format!("/api/v1/accounts/{VILLA}/bills/2002-2026-08-2"), &cookie).await.json();
        assert_eq!(bill.correction.unwrap().in_parts, "241.50");
        assert_eq!(bill.in_parts, Some(in_ten_parts("211.50")));
        in_order(&app).await;
    }
}

fn in_ten_parts(left: &str) -> BillInParts {
    BillInParts { bill: BillId("2002-2026-08-2".into()), parts: 10, left: left.into(), with_others: false }
}

#[tokio::test]
async fn a_bill_is_not_told_as_paid_before_its_last_part_is() {
    for app in on_each_database().await {
        slow_meter(&app).await;
        let cookie = app.sign_in(VILLA).await;
        let path = format!("/api/v1/accounts/{VILLA}/bills");
        let before: Bills = app.get(&path, &cookie).await.json();
        assert_eq!(before.in_parts, [], "nothing was chosen");
        assert_eq!(told_in_parts(&app).await, <[BillId; 0]>::default());
        choose(&app, "c1", 10, "241.50").await.json::<Standing>();
        for (id, minor, expected) in [
            ("p1", 3_000, vec![in_ten_parts("211.50")]),
            ("p2", 21_149, vec![in_ten_parts("0.01")]),
            ("p3", 1, vec![]),
        ] {
            pay(&app, id, minor).await;
            let known: Bills = app.get(&path, &cookie).await.json();
            let bills: Vec<BillId> = expected.iter().map(|parts| parts.bill.clone()).collect();
            assert_eq!(known.in_parts, expected, "{minor}");
            assert_eq!(told_in_parts(&app).await, bills, "{minor}");
        }
    }
}

/// The bills that the Overview's table and the list say are paid in parts.
async fn told_in_parts(app: &TestApp) -> Vec<BillId> {
    let cookie = app.sign_in(VILLA).await;
    let overview: Overview = app.get(&format!("/api/v1/accounts/{VILLA}/overview"), &cookie).await.json();
    let list: Bills = app.get(&format!("/api/v1/accounts/{VILLA}/bills"), &cookie).await.json();
    let told = |bills: &[BillSummary]| -> Vec<BillId> {
        bills.iter().filter(|bill| bill.is_in_parts).map(|bill| bill.id.clone()).collect()
    };
    assert_eq!(told(&overview.bills), told(&list.bills));
    told(&overview.bills)
}

/// The wrong multiplier made 7,000 units of 14,000: seen to be right, it takes the claim back.
#[tokio::test]
async fn a_correction_back_takes_the_parts_back_before_it_is_a_refund() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        pay(&app, "first", 133_515).await;
        correct(&app, 2, "2026-09-02").await;
        app.state.clock.set(day_start("2026-09-03") + 10 * 3600);
        choose(&app, "c1", 10, "2173.50").await.json::<Standing>();
        pay(&app, "p1", 30_000).await;
        correct(&app, 1, "2026-09-04").await;
        let claim = standing(&app).await.claim.unwrap();
        assert_eq!((claim.open.as_str(), left(&claim)), ("0.00", vec!["0.00"; 10]));
        let cookie = app.sign_in(VILLA).await;
        let overview: Overview = app.get(&format!("/api/v1/accounts/{VILLA}/overview"), &cookie).await.json();
        assert_eq!(overview.due, "0.00");
        let bill: Bill =
            app.get(&format!("/api/v1/accounts/{VILLA}/bills/2002-2026-08-3"), &cookie).await.json();
        let correction = bill.correction.unwrap();
        assert_eq!((correction.owed.as_str(), correction.in_parts.as_str()), ("300.00", "300.00"));
        assert_eq!(bill.in_parts, None, "the parts were taken back");
        assert_eq!(told_in_parts(&app).await, <[BillId; 0]>::default());
        in_order(&app).await;
    }
}

async fn correct(app: &TestApp, right: u32, on: &str) {
    let mut record = app.state.store.begin().await.unwrap();
    let account = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
    let point =
        accounts::find_point(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap().unwrap();
    let (right, on) = (Number::from_units(right), parse_date(on).unwrap());
    correct_multiplier(&mut record, &account, &point, right, on, 30).await.unwrap();
    record.commit().await.unwrap();
}
