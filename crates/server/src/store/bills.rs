//! Issued bills with their facts and working.

mod summary;

use api::accounts::{AccountId, AccountSummary, BillId, Commodity, ServicePointId};
use api::bills::{Bill, BillCorrection, BillPart, BillSummary, CorrectionReason};
use billing::money::{Currency, Money};
use billing::period::date_text;
use sqlx::{AnyConnection, AssertSqlSafe};
use time::Date;

pub(super) use summary::{named_month, newest_as_text, read};

use super::text::{document, value, word};
use super::{Result, StoreError, packed};

/// A correction as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionRecord {
    /// The bill that it stands in place of.
    pub corrects: BillId,
    /// The first of all bills that stood there.
    pub root: BillId,
    /// Why.
    pub reason: CorrectionReason,
    /// The bill whose reading settled an estimate.
    pub settled_by: Option<BillId>,
    /// Of the total what may not be claimed any more, in minor units.
    pub not_claimed: i64,
}

/// Saves a bill with its parts.
///
/// # Errors
/// What the database reports; the account has a bill that begins on the same day, or the corrected bill has a
/// correction.
pub async fn add(
    db: &mut AnyConnection,
    bill: &Bill,
    total: Money,
    correction: Option<&CorrectionRecord>,
) -> Result<()> {
    let summary = &bill.summary;
    let total = minor(total)?;
    let sql = "insert into bill (id, account, period_from, period_to, issued_on, due_on, currency, total, taxes, \
               corrects, root, reason, settled_by, not_claimed, usages) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let root = correction.map_or(&summary.id, |correction| &correction.root);
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
        .bind(correction.map(|correction| correction.corrects.0.clone()))
        .bind(root.0.clone())
        .bind(correction.map(|correction| word(&correction.reason)))
        .bind(correction.and_then(|correction| correction.settled_by.as_ref()).map(|bill| bill.0.clone()))
        .bind(correction.map_or(0, |correction| correction.not_claimed))
        .bind(summary::write_usages(bill))
        .execute(&mut *db)
        .await?;
    for (place, part) in (0_i64..).zip(&bill.parts) {
        add_part(db, &summary.id, place, part).await?;
    }
    Ok(())
}

/// An amount as the record keeps it.
///
/// # Errors
/// [`StoreError::Damaged`] if it is beyond what a column holds.
pub fn minor(amount: Money) -> Result<i64> {
    i64::try_from(amount.minor()).map_err(|_| StoreError::Damaged("total"))
}

/// The bill of an account that begins on `from`, as it was first issued.
///
/// # Errors
/// What the database reports.
pub async fn find_of_period(
    db: &mut AnyConnection,
    account: &AccountId,
    from: Date,
) -> Result<Option<BillId>> {
    let row: Option<(String,)> =
        sqlx::query_as("select id from bill where account = $1 and period_from = $2 and corrects is null")
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
    let sql = newest_as_text("$1", most);
    let rows: Vec<(String,)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(account.0.clone()).fetch_all(db).await?;
    rows.iter().map(|(row,)| read(row, today)).collect()
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
    let sql =
        format!("select {} from bill b where b.account = $1 and b.id = $2", packed::row(summary::COLUMNS));
    let row: Option<(String,)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(account.id.0.clone())
        .bind(id.0.clone())
        .fetch_optional(&mut *db)
        .await?;
    let Some((row,)) = row else { return Ok(None) };
    let summary = read(&row, today)?;
    let sql = "select taxes, root, reason, settled_by, not_claimed from bill where id = $1";
    let more: More = sqlx::query_as(sql).bind(id.0.clone()).fetch_one(&mut *db).await?;
    let parts = parts(db, id).await?;
    let correction = correction(db, summary.currency, &more).await?;
    Ok(Some(Bill {
        summary,
        account: account.clone(),
        parts,
        taxes: document(&more.0, "bill's taxes")?,
        correction,
        settles: settled_by(db, id).await?,
        // What a complaint or a claim makes of it is no matter of the bill's own record.
        dispute: None,
        in_parts: None,
    }))
}

/// Taxes, root, reason, the settling bill, and what is not claimed.
type More = (String, String, Option<String>, Option<String>, i64);

async fn correction(
    db: &mut AnyConnection,
    currency: Currency,
    more: &More,
) -> Result<Option<BillCorrection>> {
    let (_, root, reason, settled_by, not_claimed) = more;
    let Some(reason) = reason else { return Ok(None) };
    let sql = "select cast(coalesce(sum(-l.amount), 0) as bigint) from ledger_entry e \
               join ledger_leg l on l.entry = e.id and l.book = 'refund' join bill p on p.id = e.about \
               where p.root = $1 and e.kind in ('refund-owed', 'refund-withdrawn')";
    let (owed,): (i64,) = sqlx::query_as(sql).bind(root.clone()).fetch_one(&mut *db).await?;
    let in_parts = super::claims::moved(db, root).await?;
    Ok(Some(BillCorrection {
        reason: value(reason.clone(), "reason")?,
        settled_by: settled_by.clone().map(BillId),
        not_claimed: Money::from_minor(i128::from(*not_claimed), currency).to_string(),
        owed: Money::from_minor(i128::from(owed), currency).to_string(),
        in_parts: Money::from_minor(i128::from(in_parts), currency).to_string(),
    }))
}

async fn settled_by(db: &mut AnyConnection, id: &BillId) -> Result<Vec<BillId>> {
    let sql = "select corrects from bill where settled_by = $1 and corrects is not null order by period_from";
    let rows: Vec<(String,)> = sqlx::query_as(sql).bind(id.0.clone()).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(bill,)| BillId(bill)).collect())
}

async fn add_part(db: &mut AnyConnection, bill: &BillId, place: i64, part: &BillPart) -> Result<()> {
    let sql = "insert into bill_part (bill, place, service_point, usage, quality, readings, facts, answer) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(bill.0.clone())
        .bind(place)
        .bind(part.service_point.0.clone())
        .bind(part.facts.usage.millionths())
        .bind(word(&part.readings.quality))
        .bind(json(&part.readings)?)
        .bind(json(&part.facts)?)
        .bind(json(&part.bill)?)
        .execute(db)
        .await?;
    Ok(())
}

async fn parts(db: &mut AnyConnection, bill: &BillId) -> Result<Vec<BillPart>> {
    let sql = "select p.service_point, s.commodity, p.readings, p.facts, p.answer \
               from bill_part p join service_point s on s.id = p.service_point where p.bill = $1 order by p.place";
    let rows: Vec<(String, String, String, String, String)> =
        sqlx::query_as(sql).bind(bill.0.clone()).fetch_all(db).await?;
    rows.into_iter()
        .map(|(point, commodity, readings, facts, answer)| {
            let commodity: Commodity = value(commodity, "commodity")?;
            Ok(BillPart {
                service_point: ServicePointId(point),
                commodity,
                readings: document(&readings, "bill's readings")?,
                facts: document(&facts, "bill's facts")?,
                bill: document(&answer, "bill's lines")?,
            })
        })
        .collect()
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Damaged("bill"))
}
