//! What customers read from their meters.

use api::accounts::{Quality, Reading, ServicePointId};
use api::own_readings::OwnReading;
use billing::number::Number;
use sqlx::AnyConnection;

use super::Result;

/// Waits until nobody else adds a reading of this meter, until the end of the transaction.
///
/// # Errors
/// What the database reports.
pub async fn lock(db: &mut AnyConnection, meter: &str) -> Result<()> {
    sqlx::query("update meter set kind = kind where number = $1").bind(meter.to_owned()).execute(db).await?;
    Ok(())
}

/// Adds what is known of a customer's reading; the reading itself is in the record.
///
/// # Errors
/// What the database reports; the service point has a reading of that request.
pub async fn add(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
    meter: &str,
    own: &OwnReading,
) -> Result<()> {
    let sql = "insert into own_reading (service_point, request_id, meter, at, photo, usage, unlikely) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(sql)
        .bind(point.0.clone())
        .bind(request_id.to_owned())
        .bind(meter.to_owned())
        .bind(own.reading.at)
        .bind(own.photo.clone())
        .bind(own.usage.millionths())
        .bind(i64::from(own.unlikely))
        .execute(db)
        .await?;
    Ok(())
}

/// The reading of a request.
///
/// # Errors
/// What the database reports.
pub async fn find(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
) -> Result<Option<OwnReading>> {
    let sql = "select r.at, r.register, o.photo, o.usage, o.unlikely from own_reading o \
               join reading r on r.meter = o.meter and r.at = o.at where o.service_point = $1 and o.request_id = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    Ok(row.map(read))
}

/// The newest `most` readings of a service point, newest first.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, point: &ServicePointId, most: i64) -> Result<Vec<OwnReading>> {
    let sql = "select r.at, r.register, o.photo, o.usage, o.unlikely from own_reading o \
               join reading r on r.meter = o.meter and r.at = o.at where o.service_point = $1 \
               order by r.at desc limit $2";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(point.0.clone()).bind(most).fetch_all(db).await?;
    Ok(rows.into_iter().map(read).collect())
}

type Row = (i64, i64, Option<String>, i64, i64);

fn read((at, register, photo, usage, unlikely): Row) -> OwnReading {
    OwnReading {
        reading: Reading { at, register: Number::from_millionths(register), quality: Quality::Customer },
        photo,
        usage: Number::from_millionths(usage),
        unlikely: unlikely > 0,
    }
}
