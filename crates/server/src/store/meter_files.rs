//! Meter files that were handed over.

use api::accounts::ServicePointId;
use api::readings::ReadingsKept;
use billing::number::Number;
use sqlx::AnyConnection;

use super::Result;

/// What one file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterFileRecord {
    /// Made by us.
    pub id: String,
    /// Where its readings belong.
    pub service_point: ServicePointId,
    /// When it was handed over.
    pub taken_at: i64,
    /// Readings in it.
    pub readings: u64,
    /// Their sum.
    pub total: Number,
    /// What became of them.
    pub kept: ReadingsKept,
}

/// Adds the record of a file.
///
/// # Errors
/// What the database reports.
pub async fn add(db: &mut AnyConnection, file: &MeterFileRecord) -> Result<()> {
    let sql = "insert into meter_file (id, service_point, taken_at, readings, total, added, repeated, conflicting) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(file.id.clone())
        .bind(file.service_point.0.clone())
        .bind(file.taken_at)
        .bind(count(file.readings))
        .bind(file.total.millionths())
        .bind(count(file.kept.added))
        .bind(count(file.kept.repeated))
        .bind(count(file.kept.conflicting))
        .execute(db)
        .await?;
    Ok(())
}

/// How many files were handed over for a service point.
///
/// # Errors
/// What the database reports.
pub async fn count_of(db: &mut AnyConnection, service_point: &ServicePointId) -> Result<i64> {
    let (files,): (i64,) = sqlx::query_as("select count(*) from meter_file where service_point = $1")
        .bind(service_point.0.clone())
        .fetch_one(db)
        .await?;
    Ok(files)
}

fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
