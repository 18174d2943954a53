//! A small record: two holders, an account in Kuwait and one in Riyadh, two civil days of hours.

use std::sync::atomic::{AtomicU32, Ordering};

use api::accounts::{
    AccountId, AccountSummary, Commodity, Country, Meter, MeterKind, Quality, Reading, ServicePointId,
};
use billing::finding::Message;
use billing::money::Currency;
use billing::number::Number;
use billing::period::parse_date;
use server::actions::post::Receipt;
use server::actions::take_receipt::take_receipt;
use server::calendar::midnight;
use server::store::accounts::{AccountRecord, PointRecord};
use server::store::intervals::{Interval, Origin};
use server::store::{Store, accounts, holders, intervals, readings};
use sqlx::{AssertSqlSafe, Connection};

use super::TestApp;

pub(crate) const OFFSET_S: i64 = 10_800;
pub(crate) const FLAT: &str = "1001";
pub(crate) const VILLA: &str = "2002";
pub(crate) const FLAT_POWER: &str = "flat-electricity";
pub(crate) const FLAT_WATER: &str = "flat-water";
pub(crate) const VILLA_POWER: &str = "villa-electricity";

/// A fresh, empty record on SQLite, and one on PostgreSQL where `ADAD_TEST_POSTGRES_URL` names a cluster.
pub(crate) async fn stores() -> Vec<Store> {
    let mut stores = vec![Store::open(&format!("sqlite:{}", fresh_file())).await.unwrap()];
    if let Some(address) = fresh_postgres().await {
        stores.push(Store::open(&address).await.unwrap());
    }
    stores
}

/// The addresses of fresh databases.
pub(crate) async fn addresses() -> Vec<String> {
    [Some(format!("sqlite:{}", fresh_file())), fresh_postgres().await].into_iter().flatten().collect()
}

/// The tables of the time before the ledger, in order.
pub(crate) const BEFORE_LEDGER: [&str; 6] = [
    include_str!("../../../migrations/0001_record.sql"),
    include_str!("../../../migrations/0002_billing_run.sql"),
    include_str!("../../../migrations/0003_indexes.sql"),
    include_str!("../../../migrations/0004_living.sql"),
    include_str!("../../../migrations/0005_meters.sql"),
    include_str!("../../../migrations/0006_news.sql"),
];

/// An empty database of each kind, without our tables.
pub(crate) async fn bare_databases() -> Vec<sqlx::AnyConnection> {
    sqlx::any::install_default_drivers();
    let file = fresh_file();
    std::fs::create_dir_all(std::path::Path::new(&file).parent().unwrap()).unwrap();
    let mut databases = vec![sqlx::AnyConnection::connect(&format!("sqlite:{file}?mode=rwc")).await.unwrap()];
    if let Some(address) = fresh_postgres().await {
        databases.push(sqlx::AnyConnection::connect(&address).await.unwrap());
    }
    databases
}

/// A server over the furnished record, on each database.
pub(crate) async fn on_each_database() -> Vec<TestApp> {
    let mut apps = Vec::new();
    for store in stores().await {
        furnish(&store).await;
        apps.push(TestApp::start(store).await);
    }
    apps
}

pub(crate) fn day_start(day: &str) -> i64 {
    midnight(parse_date(day).unwrap(), OFFSET_S)
}

pub(crate) fn kwh(units: i64) -> i64 {
    units * 1_000_000
}

pub(crate) fn hour(start: i64, usage: i64) -> Interval {
    Interval { start, seconds: 3600, usage, quality: Quality::Actual }
}

/// Fills the record: each hour of 17 September and of 18 September to eight in the evening took 1 kWh in the flat.
pub(crate) async fn furnish(store: &Store) {
    let mut record = store.begin().await.unwrap();
    for (holder, en) in [("holder-a", "A"), ("holder-b", "B")] {
        holders::add(&mut record, holder, &Message { ar: "س".into(), en: en.into() }).await.unwrap();
    }
    accounts::add(&mut record, &account(FLAT, "holder-a", Country::Kw, Currency::KWD), 0).await.unwrap();
    accounts::add(&mut record, &account(VILLA, "holder-b", Country::Sa, Currency::SAR), 0).await.unwrap();
    let fitted = day_start("2026-01-01");
    for point in [
        point(FLAT_POWER, FLAT, Commodity::Electricity, "kw.electricity.investment.statutory"),
        point(FLAT_WATER, FLAT, Commodity::Water, "kw.water.investment"),
        point(VILLA_POWER, VILLA, Commodity::Electricity, "sa.electricity.residential"),
    ] {
        accounts::add_point(&mut record, &point, fitted).await.unwrap();
    }
    for (meter, day, register) in [
        ("M-flat-electricity", "2026-07-28", 1000),
        ("M-flat-electricity", "2026-08-28", 3400),
        ("M-flat-water", "2026-07-28", 50_000),
        ("M-flat-water", "2026-08-28", 52_340),
        ("M-villa-electricity", "2026-07-28", 0),
        ("M-villa-electricity", "2026-08-28", 6300),
    ] {
        let register = Number::from_millionths(kwh(register));
        let reading = Reading { at: day_start(day), register, quality: Quality::Actual };
        readings::add(&mut record, meter, &reading).await.unwrap();
    }
    let hours: Vec<_> = (0..44).map(|at| hour(day_start("2026-09-17") + at * 3600, kwh(1))).collect();
    let flat = ServicePointId(FLAT_POWER.into());
    intervals::add(&mut record, &flat, OFFSET_S, &hours, Origin::File).await.unwrap();
    record.commit().await.unwrap();
}

pub(crate) fn account(id: &str, holder: &str, country: Country, currency: Currency) -> AccountRecord {
    let property = Message { ar: "بيت".into(), en: "Home".into() };
    let summary =
        AccountSummary { id: AccountId(id.into()), property, country, currency, commodities: vec![] };
    AccountRecord { holder: holder.into(), summary, utc_offset_s: OFFSET_S }
}

pub(crate) fn point(id: &str, account: &str, commodity: Commodity, tariff: &str) -> PointRecord {
    let (unit, kind) = match commodity {
        Commodity::Electricity => ("kWh", MeterKind::Digital),
        Commodity::Water => ("imp gal", MeterKind::Mechanical),
    };
    PointRecord {
        id: ServicePointId(id.into()),
        account: AccountId(account.into()),
        commodity,
        unit: unit.into(),
        tariff: tariff.into(),
        breaker_amps: (account == VILLA).then_some(100),
        meter: Meter { number: format!("M-{id}"), kind, multiplier: Number::from_units(1) },
        digits: Some(6),
        utc_offset_s: OFFSET_S,
    }
}

/// Cargo gives each package a folder for what its tests write.
fn fresh_file() -> String {
    format!("{}/{}/adad.db", env!("CARGO_TARGET_TMPDIR"), fresh_name())
}

/// Tests run side by side, in several processes.
fn fresh_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let unique = server::secrets::token().unwrap();
    format!("adad_{}_{}", MADE.fetch_add(1, Ordering::Relaxed), &unique[..12])
}

async fn fresh_postgres() -> Option<String> {
    let cluster = std::env::var("ADAD_TEST_POSTGRES_URL").ok()?;
    let name = fresh_name();
    sqlx::any::install_default_drivers();
    let mut admin = sqlx::AnyConnection::connect(&cluster).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut admin).await.unwrap();
    let (server, _) = cluster.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// Pays for an account as money that came another way does.
pub(crate) async fn pay(record: &mut sqlx::AnyConnection, account: &str, id: &str, minor: i64) {
    let account = accounts::find(record, &AccountId(account.into())).await.unwrap().unwrap();
    let receipt = Receipt { id, at: 0, amount: minor, bills: &[] };
    assert!(take_receipt(record, &account, &receipt).await.unwrap(), "{id}");
}
