//! Service points and the meters that serve them.

use std::collections::BTreeMap;

use api::accounts::{AccountId, Commodity, Meter, ServicePointId};
use billing::number::Number;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::store::text::{ROWS_AT_ONCE, placeholders, value, word};
use crate::store::{Result, StoreError};

/// A service point with the meter that serves it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointRecord {
    /// Its id.
    pub id: ServicePointId,
    /// Of which account.
    pub account: AccountId,
    /// What is delivered.
    pub commodity: Commodity,
    /// In which unit.
    pub unit: String,
    /// The schedule that prices it.
    pub tariff: String,
    /// The breaker's rating.
    pub breaker_amps: Option<u32>,
    /// Its meter.
    pub meter: Meter,
    /// Digits before the register's point, where they are known.
    pub digits: Option<u32>,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset_s: i64,
}

impl PointRecord {
    /// The same service point as another meter of its own serves it.
    #[must_use]
    pub fn served_by(&self, meter: &MeterRecord) -> Self {
        Self { meter: meter.meter.clone(), digits: meter.digits, ..self.clone() }
    }
}

/// A meter and how far it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterRecord {
    /// The meter.
    pub meter: Meter,
    /// Digits before the register's point, where they are known.
    pub digits: Option<u32>,
}

/// The statement that gives a [`PointRow`] for each meter of the service points that `which` names.
macro_rules! select_points {
    ($which:literal) => {
        concat!(
            "select s.id, f.account, s.commodity, s.unit, s.tariff, s.breaker_amps, ",
            "m.number, m.kind, m.multiplier, m.digits, f.utc_offset_s ",
            "from service_point s join facility f on s.facility = f.id join meter m on m.service_point = s.id ",
            $which
        )
    };
}

/// Adds a service point to an account's facility, with its meter.
///
/// # Errors
/// What the database reports; a service point of that id or a meter of that number exists.
pub async fn add_point(db: &mut AnyConnection, point: &PointRecord, fitted_at: i64) -> Result<()> {
    let sql = "insert into service_point (id, facility, commodity, unit, tariff, breaker_amps) \
               select $1, f.id, $3, $4, $5, $6 from facility f where f.account = $2";
    sqlx::query(sql)
        .bind(point.id.0.clone())
        .bind(point.account.0.clone())
        .bind(word(&point.commodity))
        .bind(point.unit.clone())
        .bind(point.tariff.clone())
        .bind(point.breaker_amps.map(i64::from))
        .execute(&mut *db)
        .await?;
    let meter = MeterRecord { meter: point.meter.clone(), digits: point.digits };
    add_meter(db, &point.id, &meter, fitted_at).await
}

/// Adds a meter that serves a service point from `fitted_at` on.
///
/// # Errors
/// What the database reports; a meter of that number exists.
pub async fn add_meter(
    db: &mut AnyConnection,
    point: &ServicePointId,
    fitted: &MeterRecord,
    fitted_at: i64,
) -> Result<()> {
    let Meter { number, kind, multiplier } = &fitted.meter;
    let sql = "insert into meter (number, service_point, kind, multiplier, fitted_at, digits) values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(number.clone())
        .bind(point.0.clone())
        .bind(word(kind))
        .bind(multiplier.millionths())
        .bind(fitted_at)
        .bind(fitted.digits.map(i64::from))
        .execute(db)
        .await?;
    Ok(())
}

/// The service points of an account, electricity first.
///
/// # Errors
/// What the database reports.
pub async fn points(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<PointRecord>> {
    let sql = select_points!("where f.account = $1 order by s.commodity, s.id, m.fitted_at desc");
    let rows: Vec<PointRow> = sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    let mut points = rows.into_iter().map(read_point).collect::<Result<Vec<_>>>()?;
    points.dedup_by(|older, newest| older.id == newest.id);
    Ok(points)
}

/// One service point.
///
/// # Errors
/// What the database reports.
pub async fn find_point(db: &mut AnyConnection, id: &ServicePointId) -> Result<Option<PointRecord>> {
    let sql = select_points!("where s.id = $1 order by m.fitted_at desc limit 1");
    let row: Option<PointRow> = sqlx::query_as(sql).bind(id.0.clone()).fetch_optional(db).await?;
    row.map(read_point).transpose()
}

/// Those of the service points that exist, by id.
///
/// # Errors
/// What the database reports.
pub async fn find_points(
    db: &mut AnyConnection,
    ids: &[ServicePointId],
) -> Result<BTreeMap<ServicePointId, PointRecord>> {
    let mut points = BTreeMap::new();
    for ids in ids.chunks(ROWS_AT_ONCE) {
        let of_ids = placeholders(1, ids.len());
        let sql = format!(select_points!("where s.id in {} order by m.fitted_at"), of_ids);
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0.clone());
        }
        let rows: Vec<PointRow> = query.fetch_all(&mut *db).await?;
        for row in rows {
            // In order of fitting: the last one stays.
            let point = read_point(row)?;
            points.insert(point.id.clone(), point);
        }
    }
    Ok(points)
}

/// The meter of that number, whether it still serves or not.
///
/// # Errors
/// What the database reports.
pub async fn find_meter(db: &mut AnyConnection, number: &str) -> Result<Option<MeterRecord>> {
    let sql = "select number, kind, multiplier, digits from meter where number = $1";
    let row: Option<MeterRow> = sqlx::query_as(sql).bind(number.to_owned()).fetch_optional(db).await?;
    row.map(read_meter).transpose()
}

/// When a meter was fitted.
///
/// # Errors
/// What the database reports; no meter has that number.
pub async fn fitted_at(db: &mut AnyConnection, meter: &str) -> Result<i64> {
    let (at,): (i64,) = sqlx::query_as("select fitted_at from meter where number = $1")
        .bind(meter.to_owned())
        .fetch_one(db)
        .await?;
    Ok(at)
}

/// The multiplier that a meter is known by from now on; bills keep the one they were made with.
///
/// # Errors
/// What the database reports.
pub async fn set_multiplier(db: &mut AnyConnection, meter: &str, multiplier: Number) -> Result<()> {
    sqlx::query("update meter set multiplier = $1 where number = $2")
        .bind(multiplier.millionths())
        .bind(meter.to_owned())
        .execute(db)
        .await?;
    Ok(())
}

/// All service points with a digital meter, in order of their ids.
///
/// # Errors
/// What the database reports.
pub async fn digital_points(db: &mut AnyConnection) -> Result<Vec<PointRecord>> {
    let sql = select_points!("where m.kind = 'digital' order by s.id, m.fitted_at desc");
    let rows: Vec<PointRow> = sqlx::query_as(sql).fetch_all(db).await?;
    let mut points = rows.into_iter().map(read_point).collect::<Result<Vec<_>>>()?;
    points.dedup_by(|older, newest| older.id == newest.id);
    Ok(points)
}

type PointRow = (String, String, String, String, String, Option<i64>, String, String, i64, Option<i64>, i64);

fn read_point(row: PointRow) -> Result<PointRecord> {
    let (id, account, commodity, unit, tariff, breaker, number, kind, multiplier, digits, utc_offset_s) = row;
    let MeterRecord { meter, digits } = read_meter((number, kind, multiplier, digits))?;
    Ok(PointRecord {
        id: ServicePointId(id),
        account: AccountId(account),
        commodity: value(commodity, "commodity")?,
        unit,
        tariff,
        breaker_amps: small(breaker, "breaker")?,
        meter,
        digits,
        utc_offset_s,
    })
}

type MeterRow = (String, String, i64, Option<i64>);

pub(in crate::store) fn read_meter((number, kind, multiplier, digits): MeterRow) -> Result<MeterRecord> {
    let multiplier = Number::from_millionths(multiplier);
    let meter = Meter { number, kind: value(kind, "meter kind")?, multiplier };
    Ok(MeterRecord { meter, digits: small(digits, "register's digits")? })
}

fn small(value: Option<i64>, what: &'static str) -> Result<Option<u32>> {
    value.map(u32::try_from).transpose().map_err(|_| StoreError::Damaged(what))
}
