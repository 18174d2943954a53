//! Faults that customers report. Added, never changed.

use api::accounts::ServicePointId;
use api::faults::FaultReport;
use sqlx::AnyConnection;

use super::Result;
use super::text::{value, word};

/// A number that no other report has.
///
/// # Errors
/// What the database reports.
pub async fn take_number(db: &mut AnyConnection) -> Result<i64> {
    let sql = "update setting set value = value + 1 where name = 'fault_number' returning value";
    let (number,): (i64,) = sqlx::query_as(sql).fetch_one(db).await?;
    Ok(number)
}

/// Adds a report under that number.
///
/// # Errors
/// What the database reports; the service point has a report of that request.
pub async fn add(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
    number: i64,
    report: &FaultReport,
) -> Result<()> {
    let sql = "insert into fault_report (number, service_point, request_id, at, kind, words) \
               values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(number)
        .bind(point.0.clone())
        .bind(request_id.to_owned())
        .bind(report.at)
        .bind(word(&report.kind))
        .bind(report.text.clone())
        .execute(db)
        .await?;
    Ok(())
}

/// The report of a request.
///
/// # Errors
/// What the database reports.
pub async fn find(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
) -> Result<Option<FaultReport>> {
    let sql = "select number, at, kind, words from fault_report where service_point = $1 and request_id = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The newest `most` reports, newest first.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, point: &ServicePointId, most: i64) -> Result<Vec<FaultReport>> {
    let sql = "select number, at, kind, words from fault_report where service_point = $1 \
               order by at desc, number desc limit $2";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(point.0.clone()).bind(most).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// How many reports a service point has since `since`.
///
/// # Errors
/// What the database reports.
pub async fn count_since(db: &mut AnyConnection, point: &ServicePointId, since: i64) -> Result<i64> {
    let sql = "select count(*) from fault_report where service_point = $1 and at >= $2";
    let (count,): (i64,) = sqlx::query_as(sql).bind(point.0.clone()).bind(since).fetch_one(db).await?;
    Ok(count)
}

type Row = (i64, i64, String, String);

fn read((number, at, kind, text): Row) -> Result<FaultReport> {
    Ok(FaultReport { number: number.to_string(), at, kind: value(kind, "kind of a fault")?, text })
}
