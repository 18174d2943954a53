//! What registers showed.

use api::accounts::{Quality, Reading};
use billing::number::Number;
use sqlx::AnyConnection;

use super::Result;
use super::text::{value, word};

/// Adds a reading of the meter of that number. The same reading again changes nothing.
///
/// # Errors
/// What the database reports.
pub async fn add(db: &mut AnyConnection, meter: &str, reading: &Reading) -> Result<()> {
    let sql =
        "insert into reading (meter, at, register, quality) values ($1, $2, $3, $4) on conflict do nothing";
    sqlx::query(sql)
        .bind(meter.to_owned())
        .bind(reading.at)
        .bind(reading.register.millionths())
        .bind(word(&reading.quality))
        .execute(db)
        .await?;
    Ok(())
}

/// The newest reading.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, meter: &str) -> Result<Option<Reading>> {
    let sql = "select at, register, quality from reading where meter = $1 order by at desc limit 1";
    let row: Option<Row> = sqlx::query_as(sql).bind(meter.to_owned()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The first reading at or after `from` and before `to`.
///
/// # Errors
/// What the database reports.
pub async fn first_within(
    db: &mut AnyConnection,
    meter: &str,
    from: i64,
    to: i64,
) -> Result<Option<Reading>> {
    let sql = "select at, register, quality from reading \
               where meter = $1 and at >= $2 and at < $3 order by at limit 1";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(meter.to_owned()).bind(from).bind(to).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The first reading that an employee or the meter itself gave, at or after `from` and before `to`.
///
/// # Errors
/// What the database reports.
pub async fn first_actual_within(
    db: &mut AnyConnection,
    meter: &str,
    from: i64,
    to: i64,
) -> Result<Option<Reading>> {
    let sql = "select at, register, quality from reading \
               where meter = $1 and at >= $2 and at < $3 and quality = 'actual' order by at limit 1";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(meter.to_owned()).bind(from).bind(to).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The newest reading that an employee or the meter itself gave before `to`.
///
/// # Errors
/// What the database reports.
pub async fn newest_actual_before(db: &mut AnyConnection, meter: &str, to: i64) -> Result<Option<Reading>> {
    let sql = "select at, register, quality from reading \
               where meter = $1 and at < $2 and quality = 'actual' order by at desc limit 1";
    let row: Option<Row> = sqlx::query_as(sql).bind(meter.to_owned()).bind(to).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The newest reading that the customer gave, at or after `from` and before `to`.
///
/// # Errors
/// What the database reports.
pub async fn newest_own_within(
    db: &mut AnyConnection,
    meter: &str,
    from: i64,
    to: i64,
) -> Result<Option<Reading>> {
    let sql = "select at, register, quality from reading \
               where meter = $1 and at >= $2 and at < $3 and quality = 'customer' order by at desc limit 1";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(meter.to_owned()).bind(from).bind(to).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The newest `most` readings, newest first; of a quality alone where one is named.
///
/// # Errors
/// What the database reports.
pub async fn newest_of(
    db: &mut AnyConnection,
    meter: &str,
    quality: Option<Quality>,
    most: i64,
) -> Result<Vec<Reading>> {
    let sql = "select at, register, quality from reading \
               where meter = $1 and ($2 = '' or quality = $2) order by at desc limit $3";
    let quality = quality.map(|quality| word(&quality)).unwrap_or_default();
    let rows: Vec<Row> =
        sqlx::query_as(sql).bind(meter.to_owned()).bind(quality).bind(most).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// All readings from `from` to before `to`, and the next one after, which ends the last span; in order.
///
/// # Errors
/// What the database reports.
pub async fn within(db: &mut AnyConnection, meter: &str, from: i64, to: i64) -> Result<Vec<Reading>> {
    let sql = "select at, register, quality from reading where meter = $1 and at >= $2 \
               and at <= coalesce((select min(at) from reading where meter = $1 and at >= $3), $3) order by at";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(meter.to_owned()).bind(from).bind(to).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

type Row = (i64, i64, String);

fn read((at, register, quality): Row) -> Result<Reading> {
    let register = Number::from_millionths(register);
    Ok(Reading { at, register, quality: value(quality, "reading quality")? })
}
