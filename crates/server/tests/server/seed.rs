//! The demo is the same each time, and such as the first figures of the portal expect.

use api::accounts::{AccountId, BillId};
use billing::period::parse_date;
use server::calendar::number_of;
use server::seed::seed;
use server::store::{Store, accounts, bills, daily_use, receipts};
use sqlx::AssertSqlSafe;

use crate::common::record::stores;

/// Every account of the demo.
const DEMO: [&str; 7] =
    ["100217783", "100214406", "30061250948", "100238150", "100241907", "100253618", "100260475"];

#[tokio::test]
async fn the_demo_is_the_same_on_every_database_and_is_made_once() {
    let mut seen = Vec::new();
    for store in stores().await {
        assert!(seed(&store).await.unwrap());
        assert!(!seed(&store).await.unwrap(), "a second time changes nothing");
        seen.push(figures(&store).await);
        bills_of_an_older_record_say_the_same(&store).await;
    }
    let expected = [
        ("100217783", "25.912", 36, "1487.217"),
        ("100214406", "0.000", 36, "4222.5"),
        ("30061250948", "1342.61", 37, "3685.254"),
        ("100238150", "17.200", 37, "0"),
        ("100241907", "0.000", 32, "737.856"),
        ("100253618", "1073.919", 36, "0"),
        ("100260475", "6.170", 36, "0"),
    ];
    for figures in seen {
        let figures: Vec<_> =
            figures.iter().map(|(a, b, c, d)| (a.as_str(), b.as_str(), *c, d.as_str())).collect();
        assert_eq!(figures, expected);
    }
}

/// What lists show of a bill is what its parts say, as a record that was made before it was kept is told.
async fn bills_of_an_older_record_say_the_same(store: &Store) {
    let mut record = store.begin().await.unwrap();
    let mut usages = async |before: &str| -> Vec<(String, String)> {
        sqlx::raw_sql(AssertSqlSafe(before.to_owned())).execute(&mut *record).await.unwrap();
        let sql = "select id, usages from bill order by id";
        sqlx::query_as(sql).fetch_all(&mut *record).await.unwrap()
    };
    let kept = usages("").await;
    assert!(kept.iter().all(|(_, usages)| !usages.is_empty()));
    for word in [" estimated ", "water ", ","] {
        assert!(kept.iter().any(|(_, usages)| usages.contains(word)), "{word}");
    }
    let migration = include_str!("../../migrations/0017_billed_use.sql");
    let (_, tell) = migration.split_once("default '';").unwrap();
    let told = usages(&format!("update bill set usages = ''; {tell}")).await;
    assert_eq!(told.len(), kept.len());
    kept.iter().zip(&told).for_each(|(kept, told)| assert_eq!(kept, told));
}

/// Of each account what is due, its bills, and its electricity in the open period.
async fn figures(store: &Store) -> Vec<(String, String, usize, String)> {
    let mut db = store.read().await.unwrap();
    let mut figures = Vec::new();
    let today = parse_date("2026-09-18").unwrap();
    for id in DEMO {
        let id = AccountId(id.into());
        let account = accounts::find(&mut db, &id).await.unwrap().unwrap().summary;
        let due = receipts::due(&mut db, &id, account.currency).await.unwrap().to_string();
        let count = bills::newest(&mut db, &id, today, 100).await.unwrap().len();
        let point = accounts::points(&mut db, &id).await.unwrap().remove(0);
        let first = number_of(parse_date("2026-08-28").unwrap());
        let used = daily_use::sum(&mut db, &point.id, first, number_of(today)).await.unwrap();
        figures.push((id.0, due, count, billing::number::Number::from_millionths(used).to_string()));
    }
    figures
}

/// What the demo must show: three tiers in the flat, the second tier in Riyadh, meters that agree with their hours.
#[tokio::test]
async fn the_demos_summer_reaches_the_tiers() {
    let store = stores().await.remove(0);
    seed(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    let today = parse_date("2026-09-18").unwrap();
    for (account, tiers) in [("100217783", 3), ("30061250948", 2), ("100214406", 1)] {
        let record = accounts::find(&mut db, &AccountId(account.into())).await.unwrap().unwrap();
        let id = BillId(format!("{account}-2026-08"));
        let bill = bills::find(&mut db, &record.summary, &id, today).await.unwrap().unwrap();
        let part = &bill.parts[0];
        let lines = part.bill.lines.iter().filter(|line| line.code.starts_with("tier-")).count();
        assert_eq!(lines, tiers, "{account}");
        let (first, last) = (number_of(bill.summary.period.first()), number_of(bill.summary.period.last()));
        let measured = daily_use::sum(&mut db, &part.service_point, first, last).await.unwrap();
        assert_eq!(measured, part.facts.usage.millionths(), "{account}: register and hours agree");
    }
}

/// An estimate in Riyadh that a reading settled, and a shop's bill that was made with twice its multiplier.
#[tokio::test]
async fn the_demo_has_an_estimate_and_a_correction() {
    use api::bills::{BillKind, CorrectionReason};
    let store = stores().await.remove(0);
    seed(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    let today = parse_date("2026-09-18").unwrap();
    let mut bills = Vec::new();
    for id in [
        "30061250948-2025-11",
        "30061250948-2025-11-2",
        "30061250948-2025-12",
        "100238150-2025-03",
        "100238150-2025-03-2",
    ] {
        let account = AccountId(id.split('-').next().unwrap().into());
        let record = accounts::find(&mut db, &account).await.unwrap().unwrap();
        let bill = bills::find(&mut db, &record.summary, &BillId(id.into()), today).await.unwrap().unwrap();
        let again = billing::bill::calculate(&bill.parts[0].facts).unwrap();
        assert_eq!(again.answer(&words::codes::finding_message), bill.parts[0].bill, "{id}");
        let readings = &bill.parts[0].readings;
        let ran = readings.current.millionths() - readings.previous.millionths();
        let multiplier = readings.multiplier.millionths() / 1_000_000;
        assert_eq!(ran * multiplier, bill.parts[0].facts.usage.millionths(), "{id}");
        bills.push(bill);
    }
    let told: Vec<_> = bills
        .iter()
        .map(|bill| (bill.summary.kind, bill.parts[0].facts.usage.to_string(), bill.summary.total.as_str()))
        .collect();
    let expected = [
        (BillKind::Estimated, "2332.788".to_owned(), "500.14"),
        (BillKind::Corrected, "2017.105967".to_owned(), "434.79"),
        (BillKind::Actual, "1952.038033".to_owned(), "421.33"),
        (BillKind::Actual, "2560".to_owned(), "12.800"),
        (BillKind::Corrected, "1280".to_owned(), "6.400"),
    ];
    assert_eq!(told, expected);
    let owed = |at: usize| bills[at].correction.as_ref().unwrap().owed.as_str();
    assert_eq!((owed(1), owed(4)), ("65.35", "6.400"));
    assert_eq!(bills[1].correction.as_ref().unwrap().reason, CorrectionReason::Settlement);
    assert_eq!(bills[2].settles, [bills[0].summary.id.clone()]);
    assert_eq!(bills[3].summary.corrected_by, Some(bills[4].summary.id.clone()));
    assert_eq!(bills[4].correction.as_ref().unwrap().reason, CorrectionReason::Multiplier);
}

/// The Yarmouk house joined Hafez on 4 January: the month billed on 28 February is the first that counts.
#[tokio::test]
async fn the_demos_house_has_seven_months_in_hafez() {
    let store = stores().await.remove(0);
    seed(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    let account = accounts::find(&mut db, &AccountId("100214406".into())).await.unwrap().unwrap();
    let now = server::clock::DEMO_STARTS_AT;
    let hafez = server::actions::hafez::hafez_of(&mut db, &account, now).await.unwrap();
    assert!(hafez.joined_on.is_some() && hafez.services[0].open.counts);
    let earned = hafez.services[0].earned.as_ref().unwrap();
    let months: Vec<_> =
        earned.months.iter().map(|month| (month.saving_rate.as_str(), month.incentive.as_str())).collect();
    let expected = [
        ("0.045906", "0.402"),
        ("0.013814", "0.122"),
        ("0.159179", "1.979"),
        ("0.140537", "2.557"),
        // A quarter saved would earn half; the cap is two fifths.
        ("0.259776", "4.310"),
        ("0.171139", "4.340"),
        // Half of last year's August it was away.
        ("0", "0.000"),
    ];
    assert_eq!((months.as_slice(), earned.total.as_str()), (expected.as_slice(), "13.710"));
}

/// The flat in Hawalli is paid for in advance since 28 April, and its credit lasts about six days.
#[tokio::test]
async fn the_demos_credit_lasts_six_days() {
    let store = stores().await.remove(0);
    seed(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    let account = accounts::find(&mut db, &AccountId("100241907".into())).await.unwrap().unwrap();
    let now = server::clock::DEMO_STARTS_AT;
    let prepaid = server::actions::prepaid::prepaid_of(&mut db, &account, now).await.unwrap();
    let credit = prepaid.points[0].credit.as_ref().unwrap();
    let months: Vec<_> = credit.months.iter().map(|month| month.cost.as_str()).collect();
    let ends = credit.answer.as_ref().unwrap().ends;
    assert_eq!(
        (credit.left.as_str(), ends.days, months.as_slice()),
        ("0.830", Some(6), ["5.836", "5.936", "5.312", "4.531", "0.337"].as_slice())
    );
}

/// The house in Sabah Al-Ahmad owes more than the limit and was warned; the flat in Farwaniya is not a citizen's.
#[tokio::test]
async fn the_demo_has_two_homes_whose_debt_stops_transactions() {
    use billing::standing::{Permission, Residency};
    let store = stores().await.remove(0);
    seed(&store).await.unwrap();
    let mut db = store.read().await.unwrap();
    let now = server::clock::DEMO_STARTS_AT;
    for (account, who, reasons, notices) in
        [("100253618", Residency::Citizen, ["DEB-1"], 1), ("100260475", Residency::NonCitizen, ["DEB-2"], 0)]
    {
        let account = accounts::find(&mut db, &AccountId(account.into())).await.unwrap().unwrap();
        let standing = server::actions::standing::standing_of(&mut db, &account, now).await.unwrap();
        let government = standing.government.unwrap();
        assert_eq!((government.request.residency, standing.notices.len()), (who, notices));
        assert_eq!(government.answer.reasons, reasons);
        assert_eq!(government.answer.transactions, Permission::Blocked);
    }
}
