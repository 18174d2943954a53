//! Head-ends, their keys, and the meters that report to them.

use std::collections::BTreeMap;

use api::accounts::ServicePointId;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Result;
use super::text::{ROWS_AT_ONCE, placeholders};

/// What else is known of the meter that serves a service point now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// When it was fitted.
    pub fitted_at: i64,
    /// The head-end that it reports to; none where it takes the word of any.
    pub head_end: Option<String>,
}

/// Adds a head-end.
///
/// # Errors
/// What the database reports; a head-end of that name or key exists.
pub async fn add(db: &mut AnyConnection, name: &str, key_hash: &str, now: i64) -> Result<()> {
    sqlx::query("insert into head_end (name, key_hash, added_at) values ($1, $2, $3)")
        .bind(name.to_owned())
        .bind(key_hash.to_owned())
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends a head-end's key; false where none of that name has one.
///
/// # Errors
/// What the database reports.
pub async fn revoke(db: &mut AnyConnection, name: &str, now: i64) -> Result<bool> {
    let sql = "update head_end set revoked_at = $1 where name = $2 and revoked_at is null";
    let done = sqlx::query(sql).bind(now).bind(name.to_owned()).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// Whether a head-end of that name may speak.
///
/// # Errors
/// What the database reports.
pub async fn may_speak(db: &mut AnyConnection, name: &str) -> Result<bool> {
    let sql = "select name from head_end where name = $1 and revoked_at is null";
    let row: Option<(String,)> = sqlx::query_as(sql).bind(name.to_owned()).fetch_optional(db).await?;
    Ok(row.is_some())
}

/// The head-end of a key that was not revoked.
///
/// # Errors
/// What the database reports.
pub async fn of_key(db: &mut AnyConnection, key_hash: &str) -> Result<Option<String>> {
    let sql = "select name from head_end where key_hash = $1 and revoked_at is null";
    let row: Option<(String,)> = sqlx::query_as(sql).bind(key_hash.to_owned()).fetch_optional(db).await?;
    Ok(row.map(|(name,)| name))
}

/// From now on the meter reports to that head-end alone.
///
/// # Errors
/// What the database reports; there is no such meter or head-end.
pub async fn assign(db: &mut AnyConnection, meter: &str, head_end: &str) -> Result<()> {
    let sql = "insert into meter_head_end (meter, head_end) values ($1, $2) \
               on conflict (meter) do update set head_end = excluded.head_end";
    sqlx::query(sql).bind(meter.to_owned()).bind(head_end.to_owned()).execute(db).await?;
    Ok(())
}

/// What is known of the present meters of these service points.
///
/// # Errors
/// What the database reports.
pub async fn reporting(
    db: &mut AnyConnection,
    points: &[ServicePointId],
) -> Result<BTreeMap<ServicePointId, Reporting>> {
    let mut known = BTreeMap::new();
    for points in points.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "select m.service_point, m.fitted_at, h.head_end from meter m \
             left join meter_head_end h on h.meter = m.number \
             where m.service_point in {} order by m.fitted_at",
            placeholders(1, points.len())
        );
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for point in points {
            query = query.bind(point.0.clone());
        }
        let rows: Vec<(String, i64, Option<String>)> = query.fetch_all(&mut *db).await?;
        // In order of fitting: the last one stays.
        known.extend(
            rows.into_iter().map(|(point, fitted_at, head_end)| {
                (ServicePointId(point), Reporting { fitted_at, head_end })
            }),
        );
    }
    Ok(known)
}

/// Where the meter of that number was fitted.
///
/// # Errors
/// What the database reports.
pub async fn point_of_meter(db: &mut AnyConnection, meter: &str) -> Result<Option<ServicePointId>> {
    let row: Option<(String,)> = sqlx::query_as("select service_point from meter where number = $1")
        .bind(meter.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|(point,)| ServicePointId(point)))
}
