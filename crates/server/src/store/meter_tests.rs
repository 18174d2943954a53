//! Tests of meters (BIL-12). Added, never changed.

use api::meters::MeterTest;
use billing::number::Number;
use billing::period::date_text;
use sqlx::AnyConnection;

use super::Result;
use super::text::{day, value, word};

/// Adds a test of the meter of that number.
///
/// # Errors
/// What the database reports; the meter was tested on that day.
pub async fn add(db: &mut AnyConnection, meter: &str, test: &MeterTest) -> Result<()> {
    let sql = "insert into meter_test (meter, tested_on, result, error_percent) values ($1, $2, $3, $4)";
    sqlx::query(sql)
        .bind(meter.to_owned())
        .bind(date_text(test.on.0))
        .bind(word(&test.result))
        .bind(test.error_percent.millionths())
        .execute(db)
        .await?;
    Ok(())
}

/// All tests of a meter, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_meter(db: &mut AnyConnection, meter: &str) -> Result<Vec<MeterTest>> {
    let sql =
        "select tested_on, result, error_percent from meter_test where meter = $1 order by tested_on desc";
    let rows: Vec<(String, String, i64)> = sqlx::query_as(sql).bind(meter.to_owned()).fetch_all(db).await?;
    rows.into_iter()
        .map(|(on, result, error)| {
            let error_percent = Number::from_millionths(error);
            Ok(MeterTest { on: day(&on)?, result: value(result, "test's result")?, error_percent })
        })
        .collect()
}
