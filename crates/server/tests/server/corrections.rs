//! A correction is a bill of its own that points at the old one; nothing that was issued changes.

use api::accounts::{AccountId, BillId, Overview, Quality, Reading, ServicePointId};
use api::bills::{Bill, BillKind, BillState, Bills, CorrectionReason};
use api::consumption::Consumption;
use api::meters::{MeterTest, TestResult};
use billing::number::Number;
use billing::period::{Day, parse_date};
use server::actions::correct_bill::{Cause, correct_bill};
use server::actions::correct_multiplier::correct_multiplier;
use server::actions::test_meter::{correct_after_test, record_test};
use server::error::Error;
use server::store::{accounts, readings};

use crate::common::TestApp;
use crate::common::record::{self, FLAT, FLAT_WATER, VILLA, VILLA_POWER, day_start, kwh, on_each_database};

async fn correct(app: &TestApp, right: u32, on: &str) -> Vec<BillId> {
    let mut record = app.state.store.begin().await.unwrap();
    let account = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
    let point =
        accounts::find_point(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap().unwrap();
    let (right, on) = (Number::from_units(right), parse_date(on).unwrap());
    let corrected = correct_multiplier(&mut record, &account, &point, right, on, 30).await.unwrap();
    record.commit().await.unwrap();
    corrected
}

/// Records a test of the villa's meter and corrects what was billed from it.
async fn test(app: &TestApp, result: TestResult, percent: u32, since: &str) -> Result<Vec<BillId>, Error> {
    let mut record = app.state.store.begin().await.unwrap();
    let account = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
    let point =
        accounts::find_point(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap().unwrap();
    let [on, today, since] = ["2026-09-01", "2026-09-02", since].map(|day| parse_date(day).unwrap());
    let test = MeterTest { on: Day(on), result, error_percent: Number::from_units(percent) };
    record_test(&mut record, &point.meter.number, &test).await?;
    let corrected = correct_after_test(&mut record, &account, &point, &test, since, today, 30).await?;
    record.commit().await.unwrap();
    Ok(corrected)
}

async fn pay(app: &TestApp, bill: &str, minor: i64) {
    let mut record = app.state.store.begin().await.unwrap();
    let (account, _) = bill.split_once('-').unwrap();
    record::pay(&mut record, account, &format!("{bill}-r"), minor).await;
    record.commit().await.unwrap();
}

async fn get<T: serde::de::DeserializeOwned>(app: &TestApp, account: &str, path: &str) -> T {
    let cookie = app.sign_in(account).await;
    app.get(&format!("/api/v1/accounts/{account}/{path}"), &cookie).await.json()
}

/// 6,300 kWh with a multiplier of 1 are 1,335.15; with 2 they are 12,600 kWh: 6,200 at 0.18, 6,400 at 0.30, 15, and VAT.
#[tokio::test]
async fn what_was_charged_too_little_is_claimed_at_most_a_year_back() {
    for (on, not_claimed, due) in [("2026-10-01", "0.00", "2173.50"), ("2027-12-01", "2173.50", "0.00")] {
        for app in on_each_database().await {
            server::jobs::bill_closed_period(&app.state).await.unwrap();
            pay(&app, "2002-2026-08", 133_515).await;
            assert_eq!(correct(&app, 2, on).await, [BillId("2002-2026-08-2".into())]);
            assert_eq!(correct(&app, 2, on).await, [], "once");
            let new: Bill = get(&app, VILLA, "bills/2002-2026-08-2").await;
            assert_eq!((new.summary.total.as_str(), new.summary.kind), ("3508.65", BillKind::Corrected));
            let correction = new.correction.unwrap();
            assert_eq!((correction.reason, correction.settled_by), (CorrectionReason::Multiplier, None));
            assert_eq!(
                (correction.not_claimed.as_str(), correction.owed.as_str()),
                (not_claimed, "0.00"),
                "{on}"
            );
            assert_eq!(get::<Overview>(&app, VILLA, "overview").await.due, due, "{on}");
            let list: Bills = get(&app, VILLA, "bills").await;
            let states: Vec<_> = list.bills.iter().map(|bill| (bill.id.0.as_str(), bill.state)).collect();
            let state = if due == "0.00" { BillState::Paid } else { BillState::Due };
            assert_eq!(states, [("2002-2026-08-2", state), ("2002-2026-08", BillState::Paid)]);
        }
    }
}

/// Twice the right multiplier, seen after the half was paid, and corrected back to where it was.
#[tokio::test]
async fn what_was_paid_counts_for_the_bill_that_stands() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        correct(&app, 2, "2026-09-01").await;
        pay(&app, "2002-2026-08-2", 200_000).await;
        assert_eq!(get::<Overview>(&app, VILLA, "overview").await.due, "1508.65");
        assert_eq!(correct(&app, 1, "2026-09-02").await, [BillId("2002-2026-08-3".into())]);
        let new: Bill = get(&app, VILLA, "bills/2002-2026-08-3").await;
        assert_eq!(
            (new.summary.total.as_str(), new.correction.unwrap().owed.as_str()),
            ("1335.15", "664.85")
        );
        assert_eq!(new.summary.corrects, Some(BillId("2002-2026-08-2".into())));
        assert_eq!(get::<Overview>(&app, VILLA, "overview").await.due, "0.00");

        let mut record = app.state.store.begin().await.unwrap();
        let account = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
        let cause = Cause::settlement(new.summary.id.clone(), parse_date("2026-09-03").unwrap());
        for (old, refusal) in [("2002-2026-08", "repeat-conflict"), ("1001-2026-08", "not-found")] {
            let again = correct_bill(&mut record, &account, &BillId(old.into()), &[], &cause, 30).await;
            assert!(matches!(again, Err(Error::Api(ref error)) if error.code() == refusal), "{old}");
        }
    }
}

/// 6,300 kWh of a meter that runs fast by 5 % are 6,000: at 0.18, 15 and VAT 1,259.25; of one slow by 10 % they are
/// 7,000: 6,200 at 0.18, 800 at 0.30, 15 and VAT.
#[tokio::test]
async fn a_tested_meter_corrects_its_bills_once() {
    for (result, percent, since, outcome) in [
        (TestResult::Fast, 5, "2026-07-28", Some(("6000", "300", "1259.25", "75.90", "0.00"))),
        (TestResult::Slow, 10, "2026-07-28", Some(("7000", "999300", "1576.65", "0.00", "241.50"))),
        (TestResult::Fast, 5, "2026-07-29", None),
        (TestResult::Accurate, 0, "2026-07-28", None),
    ] {
        for app in on_each_database().await {
            server::jobs::bill_closed_period(&app.state).await.unwrap();
            pay(&app, "2002-2026-08", 133_515).await;
            let corrected = test(&app, result, percent, since).await.unwrap();
            let new: Vec<_> = outcome.iter().map(|_| BillId("2002-2026-08-2".into())).collect();
            assert_eq!(corrected, new, "{result:?}");
            assert_eq!(test(&app, result, percent, since).await.unwrap(), [], "once");
            let Some((usage, previous, total, owed, due)) = outcome else { continue };
            let bill: Bill = get(&app, VILLA, "bills/2002-2026-08-2").await;
            let readings = &bill.parts[0].readings;
            let got = (bill.parts[0].facts.usage, readings.previous, readings.current);
            let [usage, previous] = [usage, previous].map(|number| Number::parse(number).unwrap());
            assert_eq!(got, (usage, previous, Number::from_units(6300)), "{result:?}");
            let correction = bill.correction.unwrap();
            assert_eq!(correction.reason, CorrectionReason::MeterTest);
            assert_eq!((bill.summary.total.as_str(), correction.owed.as_str()), (total, owed), "{result:?}");
            assert_eq!(get::<Overview>(&app, VILLA, "overview").await.due, due, "{result:?}");
        }
    }
}

#[tokio::test]
async fn a_test_that_cannot_be_is_refused() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        test(&app, TestResult::Accurate, 0, "2026-07-28").await.unwrap();
        let other = test(&app, TestResult::Fast, 5, "2026-07-28").await;
        assert!(
            matches!(other, Err(Error::Api(ref error)) if error.code() == "repeat-conflict"),
            "{other:?}"
        );
    }
    for (result, percent) in [(TestResult::Accurate, 1), (TestResult::Fast, 0), (TestResult::Slow, 100)] {
        for app in on_each_database().await {
            server::jobs::bill_closed_period(&app.state).await.unwrap();
            let refused = test(&app, result, percent, "2026-07-28").await;
            assert!(
                matches!(refused, Err(Error::Refused(ref refusal)) if refusal.error.code() == "out-of-range"),
                "{result:?}: {refused:?}"
            );
        }
    }
}

/// A customer's reading that the next actual one shows to be too high makes no use below zero.
#[tokio::test]
async fn a_reading_that_was_too_high_is_passed_over() {
    for app in on_each_database().await {
        let mut record = app.state.store.begin().await.unwrap();
        for (day, register, quality) in [
            ("2026-09-10", 52_800, Quality::Customer),
            ("2026-09-11", 59_000, Quality::Customer),
            ("2026-09-12", 53_000, Quality::Actual),
        ] {
            let register = Number::from_millionths(kwh(register));
            let reading = Reading { at: day_start(day), register, quality };
            readings::add(&mut record, "M-flat-water", &reading).await.unwrap();
        }
        record.commit().await.unwrap();
        let query = "from=2026-08-28&to=2026-09-12&step=reading";
        let path = format!("service-points/{FLAT_WATER}/consumption?{query}");
        let used: Consumption = get(&app, FLAT, &path).await;
        let used: Vec<_> = used.spans.iter().map(|span| span.usage.unwrap().to_string()).collect();
        assert_eq!(used, ["460", "200"]);
    }
}
