//! The monthly run: each bill once, whatever happens meanwhile; held, estimated and settled as the rules say.

use api::accounts::{AccountId, BillId, MeterKind, Quality, Reading};
use api::bills::{Bill, BillKind, BillState, BillSummary, Bills, CorrectionReason};
use billing::number::Number;
use billing::period::Period;
use server::actions::run_bills::{LEASE_S, period_of_month, release, run_bills};
use server::error::Error;
use server::store::bill_runs::{self, BillRun};
use server::store::held_bills::HeldBill;
use server::store::{held_bills, leases, readings};

use crate::common::TestApp;
use crate::common::record::{self, FLAT, VILLA, VILLA_POWER, day_start, kwh, on_each_database};

fn month(month: &str) -> Period {
    period_of_month(month).unwrap()
}

async fn run(app: &TestApp, period: &str, holder: &str) -> Option<(i64, i64, i64)> {
    let run = run_bills(&app.state.store, &app.state.clock, month(period), holder, true).await.unwrap();
    run.map(|run| (run.issued, run.known, run.held))
}

async fn read(app: &TestApp, meter: &str, day: &str, register: i64) {
    let register = Number::from_millionths(kwh(register));
    let reading = Reading { at: day_start(day) + 9 * 3600, register, quality: Quality::Actual };
    let mut record = app.state.store.begin().await.unwrap();
    readings::add(&mut record, meter, &reading).await.unwrap();
    record.commit().await.unwrap();
}

async fn bill(app: &TestApp, account: &str, id: &str) -> Bill {
    let cookie = app.sign_in(account).await;
    app.get(&format!("/api/v1/accounts/{account}/bills/{id}"), &cookie).await.json()
}

async fn list(app: &TestApp, account: &str) -> Vec<BillSummary> {
    let cookie = app.sign_in(account).await;
    app.get(&format!("/api/v1/accounts/{account}/bills"), &cookie).await.json::<Bills>().bills
}

async fn due(app: &TestApp, account: &str) -> String {
    let cookie = app.sign_in(account).await;
    let overview: api::accounts::Overview =
        app.get(&format!("/api/v1/accounts/{account}/overview"), &cookie).await.json();
    overview.due
}

#[tokio::test]
async fn every_account_gets_its_bill_once() {
    for app in on_each_database().await {
        assert_eq!(run(&app, "2026-08", "a").await, Some((2, 0, 0)));
        assert_eq!(run(&app, "2026-08", "b").await, Some((0, 2, 0)), "again");
        assert_eq!(bill(&app, VILLA, "2002-2026-08").await.summary.total, "1335.15");
        let open = run_bills(&app.state.store, &app.state.clock, month("2026-09"), "a", true).await;
        assert!(matches!(open, Err(Error::Api(_))), "the period is not over");
    }
}

#[tokio::test]
async fn a_killed_run_is_taken_up_where_it_stopped_once_its_lease_is_over() {
    for app in on_each_database().await {
        let now = app.state.clock.now();
        let mut record = app.state.store.begin().await.unwrap();
        assert!(
            leases::take(&mut record, "bill-run 2026-07-28", "killed", now, now + LEASE_S).await.unwrap()
        );
        let progress = BillRun { done_to: FLAT.into(), issued: 1, ..BillRun::default() };
        bill_runs::save(&mut record, month("2026-08"), &progress).await.unwrap();
        record.commit().await.unwrap();
        assert_eq!(run(&app, "2026-08", "next").await, None);
        app.state.clock.set(now + LEASE_S);
        assert_eq!(run(&app, "2026-08", "next").await, Some((2, 0, 0)), "one before, one now");
        assert_eq!((list(&app, FLAT).await.len(), list(&app, VILLA).await.len()), (0, 1));
    }
}

#[tokio::test]
async fn runs_at_the_same_time_issue_each_bill_once() {
    for app in on_each_database().await {
        let (a, b, c) =
            tokio::join!(run(&app, "2026-08", "a"), run(&app, "2026-08", "b"), run(&app, "2026-08", "c"));
        let issued: i64 = [a, b, c].into_iter().flatten().map(|(issued, ..)| issued).sum();
        assert_eq!(issued, 2);
        assert_eq!((list(&app, FLAT).await.len(), list(&app, VILLA).await.len()), (1, 1));
    }
}

/// August took 6,300 kWh, so September is usual from 0.3 to 2 times that.
#[tokio::test]
async fn an_unusual_bill_is_held_until_it_is_released() {
    for app in on_each_database().await {
        run(&app, "2026-08", "a").await;
        app.state.clock.set(day_start("2026-09-28"));
        read(&app, "M-villa-electricity", "2026-09-28", 6300 + 20_000).await;
        // The same month of no year is on record: August stands for it only from its second year on.
        app.state.clock.set(day_start("2027-08-28"));
        for (day, register) in [("2027-07-28", 50_000), ("2027-08-28", 50_000 + 13_000)] {
            read(&app, "M-villa-electricity", day, register).await;
        }
        let (issued, known, held) = run(&app, "2027-08", "a").await.unwrap();
        assert_eq!((issued, known, held), (0, 0, 2), "the flat was not read at the beginning");
        let held = held_of(&app, "2027-08").await;
        let told: Vec<_> =
            held.iter().map(|held| (held.id.as_str(), held.reasons[0].code.as_str())).collect();
        assert_eq!(told, [("1001-2027-08", "no-past-periods"), ("2002-2027-08", "use-unusual")]);
        assert!(!held[1].reasons[0].message.ar.is_empty());
        assert_eq!(list(&app, VILLA).await.len(), 1, "held is not issued");
        assert_eq!(run(&app, "2027-08", "a").await, Some((0, 0, 2)), "it stays held");

        let (store, clock) = (&app.state.store, &app.state.clock);
        let issued = release(store, clock, "2002-2027-08").await.unwrap();
        assert_eq!(release(store, clock, "2002-2027-08").await.unwrap(), issued, "once");
        assert_eq!(list(&app, VILLA).await[0].id, issued);
        assert!(matches!(release(store, clock, "1001-2027-08").await, Err(Error::Refused(_))));
        assert!(matches!(release(store, clock, "none").await, Err(Error::Api(_))));
        assert_eq!(run(&app, "2027-08", "a").await, Some((0, 1, 1)));
        assert_eq!(held_of(&app, "2027-08").await.len(), 1, "what was released is not listed any more");

        for (meter, register) in [("M-flat-electricity", 9_000), ("M-flat-water", 90_000)] {
            read(&app, meter, "2027-07-28", register).await;
            read(&app, meter, "2027-08-28", register + 2_400).await;
        }
        assert_eq!(run(&app, "2027-08", "a").await, Some((1, 1, 0)), "a reading came late");
        assert_eq!(held_of(&app, "2027-08").await, []);
    }
}

/// September and October are not read: 30 and 31 days at August's 6,300 kWh in 31 days. On 28 November the register
/// has run on by 9,200 kWh since 28 August: 100 a day.
#[tokio::test]
async fn estimates_are_settled_by_the_next_reading() {
    for app in on_each_database().await {
        run(&app, "2026-08", "a").await;
        pay(&app, "2002-2026-08", 133_515).await;
        for (month, day, usage) in [("2026-09", "2026-09-28", "6300"), ("2026-10", "2026-10-28", "6096.774")]
        {
            app.state.clock.set(day_start(day));
            run(&app, month, "a").await;
            let issued = bill(&app, VILLA, &format!("2002-{month}")).await;
            assert_eq!(
                (issued.summary.kind, issued.parts[0].readings.quality),
                (BillKind::Estimated, Quality::Estimated)
            );
            assert_eq!(issued.parts[0].facts.usage.to_string(), usage, "{month}");
        }
        pay(&app, "2002-2026-09", 133_515).await;
        app.state.clock.set(day_start("2026-11-28"));
        read(&app, "M-villa-electricity", "2026-11-28", 6300 + 9_200).await;
        run(&app, "2026-11", "a").await;

        let november = bill(&app, VILLA, "2002-2026-11").await;
        let settles: Vec<_> = november.settles.iter().map(|bill| bill.0.as_str()).collect();
        assert_eq!(settles, ["2002-2026-09", "2002-2026-10"]);
        assert_eq!(
            (november.summary.kind, november.parts[0].facts.usage.to_string().as_str()),
            (BillKind::Actual, "3100")
        );
        let september = bill(&app, VILLA, "2002-2026-09-2").await;
        assert_eq!(september.parts[0].facts.usage.to_string(), "3100");
        assert_eq!(september.summary.kind, BillKind::Corrected);
        assert_eq!(september.summary.corrects, Some(BillId("2002-2026-09".into())));
        // 3,100 kWh at 0.18, 15 for the meter, 15 % VAT: 658.95 where 1,335.15 was billed and paid.
        assert_eq!(september.summary.total, "658.95");
        let correction = september.correction.unwrap();
        assert_eq!((correction.reason, correction.owed.as_str()), (CorrectionReason::Settlement, "676.20"));
        assert_eq!(correction.settled_by, Some(BillId("2002-2026-11".into())));
        let old = bill(&app, VILLA, "2002-2026-09").await;
        assert_eq!(old.summary.corrected_by, Some(BillId("2002-2026-09-2".into())));
        assert_eq!(
            (old.summary.total.as_str(), old.summary.state),
            ("1335.15", BillState::Paid),
            "as it was issued"
        );
        // October 30 x 100 = 3,000 and November 3,100 kWh: 638.25 and 658.95; what is owed for September is not set off.
        assert_eq!(due(&app, VILLA).await, "1297.20");
        // 1,335.15 and 1,292.63 were billed; the three bills that stand come to 1,956.15, and so does the engine's own
        // settlement of the whole time.
        assert_eq!(
            engine_difference(&[&old, &bill(&app, VILLA, "2002-2026-10").await], &november),
            "-671.63"
        );
        for corrected in [september.parts, november.parts] {
            let readings = &corrected[0].readings;
            let difference = readings.current.millionths() - readings.previous.millionths();
            assert_eq!(difference, corrected[0].facts.usage.millionths(), "the readings explain the use");
        }
        assert_eq!(run(&app, "2026-11", "a").await.unwrap(), (0, 2, 0), "again");
    }
}

/// What the engine finds still to pay for the whole time: the bills that stand less those that were estimated.
fn engine_difference(estimated: &[&Bill], last: &Bill) -> String {
    use billing::metering::estimate::{EstimateRequest, estimate};
    use billing::metering::settlement::{EstimatedBill, SettlementRequest};
    let facts = &last.parts[0].facts;
    let bills = estimated.iter().map(|bill| &bill.parts[0].facts);
    let settle = SettlementRequest {
        tariff: facts.tariff.clone(),
        breaker_amps: facts.breaker_amps,
        estimated: bills.map(|facts| EstimatedBill { period: facts.period, usage: facts.usage }).collect(),
        open: Some(facts.period),
        usage: Number::from_units(9_200),
    };
    let answer =
        estimate(&EstimateRequest { missing: None, settle: Some(settle) }, &words::codes::finding_message);
    answer.unwrap().settlement.unwrap().difference
}

async fn held_of(app: &TestApp, period: &str) -> Vec<HeldBill> {
    let mut db = app.state.store.read().await.unwrap();
    held_bills::of_period(&mut db, month(period)).await.unwrap()
}

async fn pay(app: &TestApp, bill: &str, minor: i64) {
    let mut record = app.state.store.begin().await.unwrap();
    let (account, _) = bill.split_once('-').unwrap();
    record::pay(&mut record, account, &format!("{bill}-r"), minor).await;
    record.commit().await.unwrap();
}

/// The intervals of a digital meter say what its register must show where nobody read it.
#[tokio::test]
async fn a_meter_that_reported_all_the_time_needs_no_estimate() {
    for app in on_each_database().await {
        run(&app, "2026-08", "a").await;
        let hours: Vec<_> = (0..31 * 24)
            .map(|at| crate::common::record::hour(day_start("2026-08-28") + at * 3600, kwh(5)))
            .collect();
        let mut record = app.state.store.begin().await.unwrap();
        let point = api::accounts::ServicePointId(VILLA_POWER.into());
        let origin = server::store::intervals::Origin::File;
        server::store::intervals::add(&mut record, &point, 10_800, &hours, origin).await.unwrap();
        record.commit().await.unwrap();
        app.state.clock.set(day_start("2026-09-28"));
        run(&app, "2026-09", "a").await;
        let issued = bill(&app, VILLA, "2002-2026-09").await;
        assert_eq!(
            (issued.summary.kind, issued.parts[0].facts.usage.to_string().as_str()),
            (BillKind::Actual, "3720")
        );
    }
}

#[tokio::test]
async fn the_job_bills_the_closed_period_once() {
    for app in on_each_database().await {
        let (a, b) = tokio::join!(
            server::jobs::bill_closed_period(&app.state),
            server::jobs::bill_closed_period(&app.state)
        );
        a.unwrap();
        b.unwrap();
        assert_eq!(list(&app, FLAT).await.len(), 1);
        let run =
            bill_runs::find(&mut app.state.store.read().await.unwrap(), month("2026-08")).await.unwrap();
        assert_eq!((run.as_ref().unwrap().issued, run.unwrap().known), (2, 0));
    }
}

#[tokio::test]
async fn made_up_accounts_are_billed_held_and_estimated() {
    let store = crate::common::record::stores().await.remove(0);
    assert_eq!(server::synthetic::add_accounts(&store, 1000, MeterKind::Mechanical).await.unwrap(), 1000);
    assert_eq!(server::synthetic::add_accounts(&store, 1000, MeterKind::Mechanical).await.unwrap(), 0);
    let clock = server::clock::Clock::standing(day_start("2026-09-18"));
    let run = run_bills(&store, &clock, month("2026-08"), "a", true).await.unwrap().unwrap();
    assert_eq!((run.issued, run.known, run.held), (999, 0, 1));
    let mut db = store.read().await.unwrap();
    let account = AccountId("900000499".into());
    let september = billing::period::parse_date("2026-09-01").unwrap();
    let history = server::store::billed::history(&mut db, &account, september).await.unwrap();
    assert!(history.last().unwrap().is_estimated());
}
