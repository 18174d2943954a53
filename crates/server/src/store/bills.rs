//! Issued bills with their facts and working.

use api::accounts::{AccountId, AccountSummary, BillId, Commodity, ServicePointId};
use api::bills::{Bill, BillPart, BillState, BillSummary, BilledUsage};
use billing::money::Money;
use billing::number::Number;
use billing::period::{Day, Period, date_text};
use sqlx::AnyConnection;
use time::Date;

use super::Result;
use super::text::{day, document, value, word};
use crate::calendar::first_of_month;

/// Saves a bill with its parts.
///
/// # Errors
/// What the database reports; the account has a bill that begins on the same day.
pub async fn add(db: &mut AnyConnection, bill: &Bill, total: Money) -> Result<()> {
    let summary = &bill.summary;
    let total = i64::try_from(total.minor()).map_err(|_| super::StoreError::Damaged("total"))?;
    let sql = "insert into bill (id, account, period_from, period_to, issued_on, due_on, currency, total, taxes) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(sql)
        .bind(summary.id.0.clone())
        .bind(bill.account.id.0.clone())
        .bind(date_text(summary.period.first()))
        .bind(date_text(summary.period.last()))
        .bind(date_text(summary.issued_on.0))
        .bind(date_text(summary.due_on.0))
        .bind(word(&summary.currency))
        .bind(total)
        .bind(json(&bill.taxes)?)
        .execute(&mut *db)
        .await?;
    for (place, part) in (0_i64..).zip(&bill.parts) {
        add_part(db, &summary.id, place, part).await?;
    }
    Ok(())
}

/// The bill of an account that begins on `from`.
///
/// # Errors
/// What the database reports.
pub async fn find_of_period(
    db: &mut AnyConnection,
    account: &AccountId,
    from: Date,
) -> Result<Option<BillId>> {
    let row: Option<(String,)> =
        sqlx::query_as("select id from bill where account = $1 and period_from = $2")
            .bind(account.0.clone())
            .bind(date_text(from))
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(id,)| BillId(id)))
}

/// The newest `most` bills of an account, newest first.
///
/// # Errors
/// What the database reports.
pub async fn newest(
    db: &mut AnyConnection,
    account: &AccountId,
    today: Date,
    most: i64,
) -> Result<Vec<BillSummary>> {
    let sql = "select b.id, b.period_from, b.period_to, b.issued_on, b.due_on, b.currency, b.total, \
               cast(coalesce((select sum(r.amount) from receipt r where r.bill = b.id), 0) as bigint) \
               from bill b where b.account = $1 order by b.issued_on desc, b.id desc limit $2";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(account.0.clone()).bind(most).fetch_all(&mut *db).await?;
    let mut usages = usages_of_newest(db, account, most).await?;
    rows.into_iter()
        .map(|row| {
            let ours = usages.extract_if(.., |(bill, _)| *bill == row.0).map(|(_, usage)| usage).collect();
            read(row, today, ours)
        })
        .collect()
}

/// One bill of an account, whole.
///
/// # Errors
/// What the database reports.
pub async fn find(
    db: &mut AnyConnection,
    account: &AccountSummary,
    id: &BillId,
    today: Date,
) -> Result<Option<Bill>> {
    let sql = "select b.id, b.period_from, b.period_to, b.issued_on, b.due_on, b.currency, b.total, \
               cast(coalesce((select sum(r.amount) from receipt r where r.bill = b.id), 0) as bigint) \
               from bill b where b.account = $1 and b.id = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(account.id.0.clone()).bind(id.0.clone()).fetch_optional(&mut *db).await?;
    let Some(row) = row else { return Ok(None) };
    let (taxes,): (String,) =
        sqlx::query_as("select taxes from bill where id = $1").bind(id.0.clone()).fetch_one(&mut *db).await?;
    let parts = parts(db, id).await?;
    let usages = parts.iter().map(|(part, unit)| used(part, unit)).collect();
    Ok(Some(Bill {
        summary: read(row, today, usages)?,
        account: account.clone(),
        parts: parts.into_iter().map(|(part, _)| part).collect(),
        taxes: document(&taxes, "bill's taxes")?,
    }))
}

async fn add_part(db: &mut AnyConnection, bill: &BillId, place: i64, part: &BillPart) -> Result<()> {
    let sql = "insert into bill_part (bill, place, service_point, usage, readings, facts, answer) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(sql)
        .bind(bill.0.clone())
        .bind(place)
        .bind(part.service_point.0.clone())
        .bind(part.facts.usage.millionths())
        .bind(json(&part.readings)?)
        .bind(json(&part.facts)?)
        .bind(json(&part.bill)?)
        .execute(db)
        .await?;
    Ok(())
}

async fn usages_of_newest(
    db: &mut AnyConnection,
    account: &AccountId,
    most: i64,
) -> Result<Vec<(String, BilledUsage)>> {
    let sql = "select p.bill, s.commodity, p.usage, s.unit from bill_part p join service_point s on s.id = p.service_point \
               where p.bill in (select id from bill where account = $1 order by issued_on desc, id desc limit $2) \
               order by p.bill, p.place";
    let rows: Vec<(String, String, i64, String)> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(most).fetch_all(db).await?;
    rows.into_iter()
        .map(|(bill, commodity, usage, unit)| {
            let commodity = value(commodity, "commodity")?;
            Ok((bill, BilledUsage { commodity, usage: Number::from_millionths(usage), unit }))
        })
        .collect()
}

async fn parts(db: &mut AnyConnection, bill: &BillId) -> Result<Vec<(BillPart, String)>> {
    let sql = "select p.service_point, s.commodity, p.readings, p.facts, p.answer, s.unit \
               from bill_part p join service_point s on s.id = p.service_point where p.bill = $1 order by p.place";
    let rows: Vec<(String, String, String, String, String, String)> =
        sqlx::query_as(sql).bind(bill.0.clone()).fetch_all(db).await?;
    rows.into_iter()
        .map(|(point, commodity, readings, facts, answer, unit)| {
            let commodity: Commodity = value(commodity, "commodity")?;
            let part = BillPart {
                service_point: ServicePointId(point),
                commodity,
                readings: document(&readings, "bill's readings")?,
                facts: document(&facts, "bill's facts")?,
                bill: document(&answer, "bill's lines")?,
            };
            Ok((part, unit))
        })
        .collect()
}

fn used(part: &BillPart, unit: &str) -> BilledUsage {
    BilledUsage { commodity: part.commodity, usage: part.facts.usage, unit: unit.to_owned() }
}

type Row = (String, String, String, String, String, String, i64, i64);

fn read(row: Row, today: Date, usages: Vec<BilledUsage>) -> Result<BillSummary> {
    let (id, from, to, issued_on, due_on, currency, total, paid) = row;
    let (issued_on, due_on) = (day(&issued_on)?, day(&due_on)?);
    let currency = value(currency, "currency")?;
    Ok(BillSummary {
        id: BillId(id),
        month: Day(first_of_month(issued_on.0)),
        period: Period { from: day(&from)?, to: day(&to)? },
        issued_on,
        due_on,
        currency,
        total: Money::from_minor(i128::from(total), currency).to_string(),
        state: state(total - paid, due_on.0, today),
        usages,
    })
}

/// A bill is overdue from the day after its last day to pay.
fn state(left: i64, due_on: Date, today: Date) -> BillState {
    match left {
        ..=0 => BillState::Paid,
        _ if today > due_on => BillState::Overdue,
        _ => BillState::Due,
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| super::StoreError::Damaged("bill"))
}
