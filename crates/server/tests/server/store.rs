//! What the journeys over HTTP do not reach of the record.

use api::accounts::{AccountId, Commodity, Country, Quality, Reading, ServicePointId};
use api::readings::ReadingsKept;
use billing::money::Currency;
use billing::number::Number;
use server::store::intervals::{Interval, Origin};
use server::store::meter_files::{MeterFileRecord, add as add_file, count_of};
use server::store::sessions::{self, SessionRecord};
use server::store::{Store, accounts, daily_use, holders, intervals, readings, settings, spans};
use sqlx::{AssertSqlSafe, Connection};

use crate::common::record::{
    BEFORE_LEDGER, FLAT, FLAT_POWER, FLAT_WATER, OFFSET_S, VILLA, VILLA_POWER, account, bare_databases,
    day_start, furnish, hour, kwh, stores,
};

async fn furnished() -> Vec<Store> {
    let stores = stores().await;
    for store in &stores {
        furnish(store).await;
    }
    stores
}

#[tokio::test]
async fn settings_are_made_and_changed() {
    for store in stores().await {
        let mut record = store.begin().await.unwrap();
        assert_eq!(settings::find(&mut record, "x").await.unwrap(), None);
        for value in [1, -7] {
            settings::save(&mut record, "x", value).await.unwrap();
            assert_eq!(settings::find(&mut record, "x").await.unwrap(), Some(value));
        }
    }
}

#[tokio::test]
async fn what_is_not_committed_leaves_nothing() {
    for store in stores().await {
        let mut record = store.begin().await.unwrap();
        settings::save(&mut record, "x", 1).await.unwrap();
        drop(record);
        assert_eq!(settings::find(&mut store.read().await.unwrap(), "x").await.unwrap(), None);
    }
}

#[tokio::test]
async fn accounts_points_and_holders_come_back_as_they_were_added() {
    for store in furnished().await {
        let mut db = store.read().await.unwrap();
        let flat = accounts::find(&mut db, &AccountId(FLAT.into())).await.unwrap().unwrap();
        let mut expected = account(FLAT, "holder-a", Country::Kw, Currency::KWD);
        expected.summary.commodities = vec![Commodity::Electricity, Commodity::Water];
        assert_eq!(flat, expected);
        assert_eq!(accounts::of_holder(&mut db, "holder-a").await.unwrap(), [expected]);
        assert_eq!(accounts::find(&mut db, &AccountId("9009".into())).await.unwrap(), None);
        let points = accounts::points(&mut db, &AccountId(FLAT.into())).await.unwrap();
        assert_eq!(points.iter().map(|p| p.id.0.as_str()).collect::<Vec<_>>(), [FLAT_POWER, FLAT_WATER]);
        let villa =
            accounts::find_point(&mut db, &ServicePointId(VILLA_POWER.into())).await.unwrap().unwrap();
        assert_eq!((villa.account.0.as_str(), villa.breaker_amps), (VILLA, Some(100)));
        let digital = accounts::digital_points(&mut db).await.unwrap();
        assert_eq!(digital.iter().map(|p| p.id.0.as_str()).collect::<Vec<_>>(), [FLAT_POWER, VILLA_POWER]);
        assert_eq!(holders::find_name(&mut db, "holder-b").await.unwrap().unwrap().en, "B");
        assert_eq!(holders::find_name(&mut db, "nobody").await.unwrap(), None);
    }
}

#[tokio::test]
async fn register_readings_are_found_by_time() {
    for store in furnished().await {
        let mut record = store.begin().await.unwrap();
        let meter = "M-flat-water";
        let newest = readings::newest(&mut record, meter).await.unwrap().unwrap();
        assert_eq!((newest.at, newest.register.to_string().as_str()), (day_start("2026-08-28"), "52340"));
        let other = Reading { register: Number::from_units(1), ..newest.clone() };
        readings::add(&mut record, meter, &other).await.unwrap();
        assert_eq!(readings::newest(&mut record, meter).await.unwrap(), Some(newest), "the first is kept");
        for (from, to, found) in [("2026-07-28", "2026-07-29", true), ("2026-07-27", "2026-07-28", false)] {
            let first =
                readings::first_within(&mut record, meter, day_start(from), day_start(to)).await.unwrap();
            assert_eq!(first.is_some(), found, "{from}");
        }
        for (from, to, count) in [
            ("2026-07-01", "2026-07-29", 2),
            ("2026-07-28", "2026-10-01", 2),
            ("2026-09-01", "2026-10-01", 0),
        ] {
            let within = readings::within(&mut record, meter, day_start(from), day_start(to)).await.unwrap();
            assert_eq!(within.len(), count, "{from} {to}");
        }
    }
}

#[tokio::test]
async fn estimated_parts_are_told_and_files_are_not_followed() {
    for store in furnished().await {
        let mut record = store.begin().await.unwrap();
        let point = ServicePointId(FLAT_POWER.into());
        let eight = day_start("2026-09-18") + 20 * 3600;
        let estimated = Interval { quality: Quality::Estimated, ..hour(eight, kwh(2)) };
        let kept = intervals::add(&mut record, &point, OFFSET_S, &[estimated], Origin::File).await.unwrap();
        assert_eq!(kept, ReadingsKept { added: 1, repeated: 0, conflicting: 0 });
        let hours =
            spans::slots(&mut record, &point, OFFSET_S, (3600, i64::MAX), (eight - 3600, eight + 3600))
                .await
                .unwrap();
        assert_eq!(
            hours.iter().map(|h| (h.usage, h.estimated)).collect::<Vec<_>>(),
            [(kwh(1), false), (kwh(2), true)]
        );
        let day = (eight + OFFSET_S) / 86_400;
        let days = daily_use::days(&mut record, &point, day - 1, day).await.unwrap();
        assert_eq!(
            days.iter().map(|d| (d.usage, d.estimated)).collect::<Vec<_>>(),
            [(kwh(24), false), (kwh(22), true)]
        );
        assert_eq!(daily_use::sum(&mut record, &point, day - 1, day).await.unwrap(), kwh(46));
        assert_eq!(spans::sum_of_intervals(&mut record, &point, eight - 3600, eight).await.unwrap(), kwh(3));

        assert_eq!(intervals::newest_sequence(&mut record, &point).await.unwrap(), 0);
        assert_eq!(intervals::after(&mut record, &point, 0, 9).await.unwrap(), []);
        let live = [hour(eight + 3600, kwh(1)), hour(eight + 7200, kwh(1))];
        intervals::add(&mut record, &point, OFFSET_S, &live, Origin::HeadEnd).await.unwrap();
        let after = intervals::after(&mut record, &point, 1, 9).await.unwrap();
        assert_eq!(after.iter().map(|a| (a.sequence, a.interval)).collect::<Vec<_>>(), [(2, live[1])]);
        assert_eq!(intervals::newest_sequence(&mut record, &point).await.unwrap(), 2);
        assert_eq!(intervals::newest(&mut record, &point).await.unwrap().unwrap().interval, live[1]);
        assert_eq!(intervals::newest(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap(), None);
        let nothing = intervals::add(&mut record, &point, OFFSET_S, &[], Origin::File).await.unwrap();
        assert_eq!(nothing, ReadingsKept::default());
    }
}

#[tokio::test]
async fn more_intervals_than_one_statement_holds() {
    for store in furnished().await {
        let mut record = store.begin().await.unwrap();
        let point = ServicePointId(VILLA_POWER.into());
        let year: Vec<_> = (0..8760).map(|at| hour(day_start("2024-01-01") + at * 3600, kwh(1))).collect();
        let kept = intervals::add(&mut record, &point, OFFSET_S, &year, Origin::File).await.unwrap();
        assert_eq!(kept.added, 8760);
        let first = day_start("2024-01-01") / 86_400;
        assert_eq!(daily_use::sum(&mut record, &point, first, first + 400).await.unwrap(), kwh(8760));
        let again = intervals::add(&mut record, &point, OFFSET_S, &year, Origin::File).await.unwrap();
        assert_eq!(again.repeated, 8760);
        assert_eq!(daily_use::sum(&mut record, &point, first, first + 400).await.unwrap(), kwh(8760));
    }
}

#[tokio::test]
async fn codes_and_sessions_end_on_the_second() {
    for store in furnished().await {
        let mut record = store.begin().await.unwrap();
        let flat = AccountId(FLAT.into());
        sessions::save_code(&mut record, &flat, "hash", 100).await.unwrap();
        for (now, found) in [(99, true), (100, false), (99, true), (99, false)] {
            let hash = sessions::try_code(&mut record, &flat, now, 2).await.unwrap();
            assert_eq!(hash.is_some(), found, "{now}");
        }
        sessions::save_code(&mut record, &flat, "newer", 100).await.unwrap();
        assert_eq!(sessions::try_code(&mut record, &flat, 99, 2).await.unwrap().as_deref(), Some("newer"));
        sessions::forget_code(&mut record, &flat).await.unwrap();
        assert_eq!(sessions::try_code(&mut record, &flat, 99, 2).await.unwrap(), None);

        let session = SessionRecord { holder: "holder-a".into(), account: flat };
        sessions::add(&mut record, "token", &session, 200, 0).await.unwrap();
        for (now, found) in [(199, true), (200, false)] {
            assert_eq!(sessions::find(&mut record, "token", now).await.unwrap().is_some(), found, "{now}");
        }
        sessions::add(&mut record, "later", &session, 400, 200).await.unwrap();
        assert_eq!(sessions::find(&mut record, "token", 0).await.unwrap(), None, "ended ones are forgotten");
        sessions::end(&mut record, "later").await.unwrap();
        assert_eq!(sessions::find(&mut record, "later", 0).await.unwrap(), None);
    }
}

#[tokio::test]
async fn files_are_counted() {
    for store in furnished().await {
        let mut record = store.begin().await.unwrap();
        let service_point = ServicePointId(FLAT_POWER.into());
        assert_eq!(count_of(&mut record, &service_point).await.unwrap(), 0);
        let file = MeterFileRecord {
            id: "file-1".into(),
            service_point: service_point.clone(),
            taken_at: 0,
            readings: 1,
            total: Number::from_units(1),
            kept: ReadingsKept { added: 1, repeated: 0, conflicting: 0 },
        };
        add_file(&mut record, &file).await.unwrap();
        assert_eq!(count_of(&mut record, &service_point).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    assert!(Store::open("mysql://localhost/adad").await.is_err());
}

/// A bill that was answered for survives a power cut, and no row points at nothing.
#[tokio::test]
async fn sqlite_writes_through() {
    let store = stores().await.remove(0);
    let mut record = store.begin().await.unwrap();
    for (sql, value) in
        [("pragma synchronous", 2), ("pragma foreign_keys", 1), ("pragma busy_timeout", 10_000)]
    {
        let (set,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *record).await.unwrap();
        assert_eq!(set, value, "{sql}");
    }
    let (mode,): (String,) = sqlx::query_as("pragma journal_mode").fetch_one(&mut *record).await.unwrap();
    assert_eq!(mode, "wal");
    let orphan = AccountId("9009".into());
    assert!(sessions::save_code(&mut record, &orphan, "hash", 0).await.is_err());
}

/// SQLite's readings, intervals, sums and sessions move into one tree each, with all that refers to them.
#[tokio::test]
async fn an_older_record_keeps_its_rows_where_they_lie_by_their_key() {
    let mut db = bare_databases().await.remove(0);
    sqlx::raw_sql("pragma foreign_keys = on").execute(&mut db).await.unwrap();
    let rest = [include_str!("../../migrations/0007_payments.sql"), OLD];
    for sql in BEFORE_LEDGER.into_iter().chain(rest) {
        sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
    }
    let tables = ["interval", "reading", "own_reading", "ledger_balance", "session"];
    let rows = async |db: &mut sqlx::AnyConnection| {
        let mut found = Vec::new();
        for table in tables {
            let columns = format!(
                "select group_concat('ifnull(' || name || ', ''-'')', ' || ''|'' || ') from pragma_table_info('{table}')"
            );
            let (columns,): (String,) =
                sqlx::query_as(AssertSqlSafe(columns)).fetch_one(&mut *db).await.unwrap();
            let sql = format!("select {columns} from {table} order by 1");
            let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut *db).await.unwrap();
            found.push(rows);
        }
        found
    };
    let known = rows(&mut db).await;
    assert!(known.iter().all(|rows| rows.len() == 2), "{known:?}");
    let mut transaction = db.begin().await.unwrap();
    let sql = include_str!("../../migrations/0016_by_key.sql");
    sqlx::raw_sql(sql).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(rows(&mut db).await, known);
    let strange = "insert into own_reading (service_point, request_id, meter, at, usage, unlikely) values ('p', 'r', 'm', 9, 1, 0)";
    assert!(sqlx::query(strange).execute(&mut db).await.is_err(), "a reading that is not there");
}

const OLD: &str = "
insert into holder (id, name_ar, name_en) values ('h', 'a', 'b');
insert into account (id, holder, place, country, currency) values ('7', 'h', 0, 'kw', 'KWD');
insert into facility (id, account, name_ar, name_en, utc_offset_s) values ('7', '7', 'a', 'b', 10800);
insert into service_point (id, facility, commodity, unit, tariff) values ('p', '7', 'electricity', 'kWh', 't');
insert into meter (number, service_point, kind, multiplier, fitted_at) values ('m', 'p', 'digital', 1000000, 0);
insert into interval (service_point, start, seconds, usage, quality, sequence)
values ('p', 3600, 3600, 5, 'actual', 2), ('p', 0, 3600, 4, 'estimated', 0);
insert into reading (meter, at, register, quality) values ('m', 2, 8, 'customer'), ('m', 1, 7, 'customer');
insert into photo (id, account, taken_at, width, height, picture) values ('photo', '7', 1, 1, 1, 'x');
insert into own_reading (service_point, request_id, meter, at, photo, usage, unlikely)
values ('p', 'two', 'm', 2, null, 1, 0), ('p', 'one', 'm', 1, 'photo', 0, 1);
insert into ledger_balance (account, book, item, amount) values ('7', 'receivable', 'b', 5), ('7', 'bank', '', -5);
insert into session (token_hash, holder, account, ends_at) values ('b', 'h', '7', 9), ('a', 'h', '7', 8);
";
