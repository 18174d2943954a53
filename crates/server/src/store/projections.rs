//! What was expected of open periods. What came of it is in their bills.

use api::accounts::{BillId, ServicePointId};
use api::projections::{Outcome, StoredProjection};
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::{Period, date_text};
use sqlx::AnyConnection;
use time::Date;

use super::billed::Total;
use super::bills::minor;
use super::text::{day, document, word};
use super::{Result, StoreError};

/// Whether the projection of a day is on record.
///
/// # Errors
/// What the database reports.
pub async fn is_known(db: &mut AnyConnection, point: &ServicePointId, on: Date) -> Result<bool> {
    let sql = "select day from projection where service_point = $1 and day = $2";
    let row: Option<(String,)> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(date_text(on)).fetch_optional(db).await?;
    Ok(row.is_some())
}

/// Adds the projection of a day, once.
///
/// # Errors
/// What the database reports.
pub async fn add(
    db: &mut AnyConnection,
    point: &ServicePointId,
    currency: Currency,
    projection: &StoredProjection,
) -> Result<()> {
    let cost = |text: &str| {
        let money = Money::parse(text, currency).map_err(|_| StoreError::Damaged("cost of a projection"))?;
        minor(money)
    };
    let sql = "insert into projection (service_point, day, period_from, period_to, expected, low, high, \
               margin_is_own, currency, expected_cost, low_cost, high_cost) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing";
    sqlx::query(sql)
        .bind(point.0.clone())
        .bind(date_text(projection.day.0))
        .bind(date_text(projection.period.first()))
        .bind(date_text(projection.period.last()))
        .bind(projection.expected.millionths())
        .bind(projection.low.millionths())
        .bind(projection.high.millionths())
        .bind(i64::from(projection.margin_is_own))
        .bind(word(&currency))
        .bind(cost(&projection.expected_cost)?)
        .bind(cost(&projection.low_cost)?)
        .bind(cost(&projection.high_cost)?)
        .execute(db)
        .await?;
    Ok(())
}

/// The projections of a service point from the day `from` on with what came of them, newest first.
///
/// # Errors
/// What the database reports.
pub async fn since(
    db: &mut AnyConnection,
    point: &ServicePointId,
    from: Date,
    currency: Currency,
) -> Result<Vec<StoredProjection>> {
    let sql = "select j.day, j.period_from, j.period_to, j.expected, j.low, j.high, j.margin_is_own, \
               j.expected_cost, j.low_cost, j.high_cost, o.id, o.usage, o.answer from projection j \
               left join (select b.id, b.period_from, p.service_point, p.usage, p.answer from bill_part p \
               join bill b on b.id = p.bill where p.service_point = $1 \
               and not exists (select 1 from bill c where c.corrects = b.id)) o on o.period_from = j.period_from \
               where j.service_point = $1 and j.day >= $2 order by j.day desc";
    let rows: Vec<Row> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(date_text(from)).fetch_all(db).await?;
    rows.into_iter().map(|row| read(row, currency)).collect()
}

/// Day, period, units, whether the margin is its own, costs; and of its bill the id, units and lines.
type Row =
    (String, String, String, i64, i64, i64, i64, i64, i64, i64, Option<String>, Option<i64>, Option<String>);

fn read(row: Row, currency: Currency) -> Result<StoredProjection> {
    let (on, from, to, expected, low, high, own, expected_cost, low_cost, high_cost, bill, usage, answer) =
        row;
    let cost = |minor: i64| Money::from_minor(i128::from(minor), currency).to_string();
    let outcome = match (bill, usage, answer) {
        (Some(bill), Some(usage), Some(answer)) => {
            let Total { total } = document(&answer, "bill's lines")?;
            Some(Outcome { bill: BillId(bill), usage: Number::from_millionths(usage), cost: total })
        }
        _ => None,
    };
    Ok(StoredProjection {
        day: day(&on)?,
        period: Period { from: day(&from)?, to: day(&to)? },
        expected: Number::from_millionths(expected),
        low: Number::from_millionths(low),
        high: Number::from_millionths(high),
        expected_cost: cost(expected_cost),
        low_cost: cost(low_cost),
        high_cost: cost(high_cost),
        margin_is_own: own > 0,
        outcome,
    })
}
