//! Hafez: who may join, what a month of a member earns, and what a year brings.

use api::accounts::{AccountId, Commodity, Country, MeterKind, Quality, Reading};
use api::bills::Bills;
use api::hafez::Hafez;
use api::problem::Problem;
use billing::hafez::eligibility::HafezCondition;
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Day, parse_date};
use server::actions::hafez::credit_year;
use server::actions::issue_bill::issue_bill;
use server::actions::run_bills::period_of_month;
use server::store::hafez::HomeRecord;
use server::store::{accounts, hafez, readings};

use crate::common::record::{FLAT, VILLA, account, day_start, kwh, on_each_database, pay, point};
use crate::common::{Reply, TestApp};

const HOUSE: &str = "3003";
const PATH: &str = "/api/v1/accounts/3003/hafez";

fn home() -> HomeRecord {
    HomeRecord {
        citizen: true,
        owner_lives_in: true,
        lived_in_since: Some(parse_date("2020-05-01").unwrap()),
        violations: 0,
    }
}

/// A house whose meter is read each 28th: 1,000 kWh in each month of 2025; everything is paid.
async fn add_house(app: &TestApp) {
    let mut record = app.state.store.begin().await.unwrap();
    let house = account(HOUSE, "holder-a", Country::Kw, Currency::KWD);
    accounts::add(&mut record, &house, 1).await.unwrap();
    let mut power = point("house-electricity", HOUSE, Commodity::Electricity, "kw.electricity.private");
    power.meter.kind = MeterKind::Mechanical;
    accounts::add_point(&mut record, &power, day_start("2024-01-01")).await.unwrap();
    hafez::save_home(&mut record, &AccountId(HOUSE.into()), &home()).await.unwrap();
    read(&mut record, "2024-12-28", 0).await;
    for month in 1..=12 {
        let (month, register) = (format!("2025-{month:02}"), 1000 * month);
        read(&mut record, &format!("{month}-28"), register).await;
        let bill = issue_bill(&mut record, &house, period_of_month(&month).unwrap(), 30).await.unwrap();
        pay(&mut record, HOUSE, &format!("{bill}-r"), 2000).await;
    }
    record.commit().await.unwrap();
}

async fn read(record: &mut sqlx::AnyConnection, day: &str, register: i64) {
    let register = Number::from_millionths(kwh(register));
    let reading = Reading { at: day_start(day) + 9 * 3600, register, quality: Quality::Actual };
    readings::add(record, "M-house-electricity", &reading).await.unwrap();
}

async fn step(app: &TestApp, step: &str) -> Reply {
    let cookie = app.sign_in(FLAT).await;
    app.post_json(PATH, &format!(r#"{{"step":"{step}"}}"#), &cookie).await
}

async fn at(app: &TestApp, day: &str) -> Hafez {
    app.state.clock.set(day_start(day) + 12 * 3600);
    let cookie = app.sign_in(FLAT).await;
    app.get(PATH, &cookie).await.json()
}

/// Joined on 5 January, in the middle of the month billed on the 28th: the first month that counts is February.
#[tokio::test]
async fn each_month_of_a_member_earns_by_itself() {
    for app in on_each_database().await {
        add_house(&app).await;
        let before = at(&app, "2026-01-05").await;
        assert!(before.eligibility.allowed, "{:?}", before.eligibility);
        assert_eq!((before.joined_on, before.services[0].months.len()), (None, 0));
        let joined: Hafez = step(&app, "join").await.json();
        let day = |text| Day(parse_date(text).unwrap());
        assert_eq!(joined.joined_on, Some(day("2026-01-05")));
        assert!(!joined.services[0].open.counts, "the month had begun");
        let again: Hafez = step(&app, "join").await.json();
        assert_eq!(again.joined_on, joined.joined_on);

        let mut record = app.state.store.begin().await.unwrap();
        let house = accounts::find(&mut record, &AccountId(HOUSE.into())).await.unwrap().unwrap();
        let mut register = 12_000;
        for (month, used) in [("2026-01", 500), ("2026-02", 900), ("2026-03", 1100), ("2026-04", 700)] {
            register += used;
            read(&mut record, &format!("{month}-28"), register).await;
            issue_bill(&mut record, &house, period_of_month(month).unwrap(), 30).await.unwrap();
        }
        record.commit().await.unwrap();
        let ledger = at(&app, "2026-05-02").await;
        let service = &ledger.services[0];
        let earned = service.earned.as_ref().unwrap();
        let months: Vec<_> = earned.months.iter().map(|month| month.incentive.as_str()).collect();
        // A tenth saved earns a fifth of 1.800; more than before earns nothing; three tenths meet the cap of 1.400.
        assert_eq!(months, ["0.360", "0.000", "0.560"]);
        assert_eq!(earned.total, "0.920");
        assert_eq!(
            (service.open.baseline.unwrap().to_string().as_str(), service.open.counts),
            ("1000", true)
        );

        // Left on 2 May: the months until then stay, the open one does not count.
        let left: Hafez = step(&app, "leave").await.json();
        assert_eq!((left.joined_on, left.services[0].open.counts), (None, false));
        assert_eq!(left.services[0].earned.as_ref().unwrap().total, "0.920");
    }
}

#[tokio::test]
async fn a_year_is_credited_once_when_it_is_over() {
    for app in on_each_database().await {
        app.state.clock.set(day_start("2025-12-20"));
        add_house(&app).await;
        assert_eq!(step(&app, "join").await.status, 200);
        let mut record = app.state.store.begin().await.unwrap();
        let house = accounts::find(&mut record, &AccountId(HOUSE.into())).await.unwrap().unwrap();
        for month in 1..=12 {
            assert_eq!(credit_year(&mut record, &house, 2026, 7).await.unwrap(), 0, "before {month}");
            let month = format!("2026-{month:02}");
            read(
                &mut record,
                &format!("{month}-28"),
                12_000 + 900 * i64::from(month[5..].parse::<u8>().unwrap()),
            )
            .await;
            issue_bill(&mut record, &house, period_of_month(&month).unwrap(), 30).await.unwrap();
        }
        assert_eq!(credit_year(&mut record, &house, 2026, 7).await.unwrap(), 1);
        assert_eq!(credit_year(&mut record, &house, 2026, 8).await.unwrap(), 0, "once");
        assert_eq!(credit_year(&mut record, &house, 2025, 8).await.unwrap(), 0, "no member then");
        record.commit().await.unwrap();
        let credits = at(&app, "2027-01-02").await.services.remove(0).credits;
        let credits: Vec<_> = credits.iter().map(|c| (c.year, c.amount.as_str(), c.credited_at)).collect();
        assert_eq!(credits, [(2026, "4.320", 7)], "12 months at a fifth of 1.800");
    }
}

#[tokio::test]
async fn what_is_missing_is_named_and_keeps_one_out() {
    for app in on_each_database().await {
        app.state.clock.set(day_start("2026-01-05"));
        add_house(&app).await;
        let cookie = app.sign_in(FLAT).await;
        let since = |text| Some(parse_date(text).unwrap());
        use HafezCondition::{Dues, Owner, Readings, Year};
        for (home, unmet) in [
            (HomeRecord { citizen: false, ..home() }, Owner),
            (HomeRecord { owner_lives_in: false, ..home() }, Owner),
            (HomeRecord { lived_in_since: since("2025-01-06"), ..home() }, Year),
            (HomeRecord { lived_in_since: None, ..home() }, Year),
            (HomeRecord { violations: 1, ..home() }, Dues),
        ] {
            let mut record = app.state.store.begin().await.unwrap();
            hafez::save_home(&mut record, &AccountId(HOUSE.into()), &home).await.unwrap();
            record.commit().await.unwrap();
            let refused = step(&app, "join").await;
            let problem: Problem = refused.json();
            assert_eq!((refused.status, problem.code.as_str()), (422, "hafez-condition"), "{unmet:?}");
            let told: Hafez = app.get(PATH, &cookie).await.json();
            let missing: Vec<_> = told.eligibility.conditions.iter().filter(|c| !c.met).collect();
            assert_eq!(missing.len(), 1, "{unmet:?}");
            assert_eq!(missing[0].condition, unmet);
            assert_eq!(told.joined_on, None);
        }
        let mut record = app.state.store.begin().await.unwrap();
        let owner = HomeRecord { lived_in_since: since("2025-01-05"), ..home() };
        hafez::save_home(&mut record, &AccountId(HOUSE.into()), &owner).await.unwrap();
        record.commit().await.unwrap();
        assert!(at(&app, "2026-01-05").await.eligibility.allowed, "a year to the day");
        let silent = at(&app, "2026-04-01").await;
        assert_eq!(silent.eligibility.conditions.iter().find(|c| !c.met).unwrap().condition, Readings);
    }
}

#[tokio::test]
async fn hafez_is_kuwaits_and_knows_two_steps() {
    for app in on_each_database().await {
        let cookie = app.sign_in(VILLA).await;
        let path = format!("/api/v1/accounts/{VILLA}/hafez");
        assert_eq!(app.get(&path, &cookie).await.status, 404);
        assert_eq!(app.post_json(&path, r#"{"step":"join"}"#, &cookie).await.status, 404);
        let cookie = app.sign_in(FLAT).await;
        for (body, field) in
            [(r#"{"step":"rest"}"#, "/step"), ("{}", "/step"), (r#"{"step":"join","x":1}"#, "/x")]
        {
            let refused = app.post_json(&format!("/api/v1/accounts/{FLAT}/hafez"), body, &cookie).await;
            let problem: Problem = refused.json();
            assert_eq!((refused.status, problem.field.as_deref()), (422, Some(field)), "{body}");
        }
        let list: Bills = app.get(&format!("/api/v1/accounts/{FLAT}/bills"), &cookie).await.json();
        assert!(list.bills.is_empty());
    }
}
