//! Issued bills with their facts and working.

use api::accounts::{AccountId, AccountSummary, BillId, Commodity, ServicePointId};
use api::bills::{
    Bill, BillCorrection, BillKind, BillPart, BillState, BillSummary, BilledUsage, CorrectionReason,
};
use billing::money::Money;
use billing::number::Number;
use billing::period::{Day, Period, date_text};
use sqlx::{AnyConnection, AssertSqlSafe};
use time::{Date, Duration};

use super::Result;
use super::text::{day, document, value, word};
use crate::calendar::first_of_month;

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
               corrects, root, reason, settled_by, not_claimed) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
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
/// [`super::StoreError::Damaged`] if it is beyond what a column holds.
pub fn minor(amount: Money) -> Result<i64> {
    i64::try_from(amount.minor()).map_err(|_| super::StoreError::Damaged("total"))
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
    // SQLite's planner looks at a limit: were it a parameter, the statement would be prepared anew each time.
    let sql = format!("{SUMMARY} where b.account = $1 order by b.issued_on desc, b.id desc limit {most}");
    let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(sql)).bind(account.0.clone()).fetch_all(db).await?;
    rows.into_iter().map(|row| read(row, today)).collect()
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
    let sql = format!("{SUMMARY} where b.account = $1 and b.id = $2");
    let row: Option<Row> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(account.id.0.clone())
        .bind(id.0.clone())
        .fetch_optional(&mut *db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let sql = "select taxes, root, reason, settled_by, not_claimed from bill where id = $1";
    let more: More = sqlx::query_as(sql).bind(id.0.clone()).fetch_one(&mut *db).await?;
    let parts = parts(db, id).await?;
    let correction = correction(db, &row, &more).await?;
    Ok(Some(Bill {
        summary: read(row, today)?,
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

/// Each bill of the account's list: nothing is left of one that was corrected, and what was paid for it counts for
/// the bill in its place.
const SUMMARY: &str = "select b.id, b.period_from, b.period_to, b.issued_on, b.due_on, b.currency, b.total, b.corrects, \
     (select c.id from bill c where c.corrects = b.id) as corrected_by, \
     coalesce((select l.amount from ledger_balance l where l.account = b.account and l.book = 'receivable' \
     and l.item = b.root), 0), \
     (select count(*) from bill_part p where p.bill = b.id and p.quality = 'estimated'), \
     case when b.corrects is null then 0 else cast(coalesce((select sum(-l.amount) from ledger_balance l \
     join bill p on p.id = l.item where l.account = b.account and l.book = 'refund' and p.root = b.root), 0) as bigint) end, \
     (select string_agg(s.commodity || ' ' || p.usage || ' ' || s.unit, ',' order by p.place) from bill_part p \
     join service_point s on s.id = p.service_point where p.bill = b.id) from bill b";

/// Taxes, root, reason, the settling bill, and what is not claimed.
type More = (String, String, Option<String>, Option<String>, i64);

async fn correction(db: &mut AnyConnection, row: &Row, more: &More) -> Result<Option<BillCorrection>> {
    let (_, root, reason, settled_by, not_claimed) = more;
    let Some(reason) = reason else { return Ok(None) };
    let sql = "select cast(coalesce(sum(-l.amount), 0) as bigint) from ledger_entry e \
               join ledger_leg l on l.entry = e.id and l.book = 'refund' join bill p on p.id = e.about \
               where p.root = $1 and e.kind in ('refund-owed', 'refund-withdrawn')";
    let (owed,): (i64,) = sqlx::query_as(sql).bind(root.clone()).fetch_one(&mut *db).await?;
    let in_parts = super::claims::moved(db, root).await?;
    let currency = value(row.5.clone(), "currency")?;
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

/// What a bill charged: of each part the commodity, the millionths and the unit, with commas between.
fn read_usages(text: &str) -> Result<Vec<BilledUsage>> {
    let read = |usage: &str| {
        let mut words = usage.splitn(3, ' ');
        let commodity = value(words.next()?.to_owned(), "commodity").ok()?;
        let usage = Number::from_millionths(words.next()?.parse().ok()?);
        Some(BilledUsage { commodity, usage, unit: words.next()?.to_owned() })
    };
    let usages = text.split(',').filter(|usage| !usage.is_empty());
    usages.map(|usage| read(usage).ok_or(super::StoreError::Damaged("bill's use"))).collect()
}

type Row = (
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    Option<String>,
    Option<String>,
    i64,
    i64,
    i64,
    Option<String>,
);

fn read(row: Row, today: Date) -> Result<BillSummary> {
    let (id, from, to, issued_on, due_on, currency, total, corrects, ..) = row;
    let (.., corrected_by, left, estimated, owed, usages) = row;
    let (issued_on, due_on, from) = (day(&issued_on)?, day(&due_on)?, day(&from)?);
    let period = Period { from, to: day(&to)? };
    let currency = value(currency, "currency")?;
    let kind = match (&corrects, estimated) {
        (Some(_), _) => BillKind::Corrected,
        (None, 0) => BillKind::Actual,
        (None, _) => BillKind::Estimated,
    };
    Ok(BillSummary {
        id: BillId(id),
        // A correction keeps the month of the bill that it corrects, whenever it is issued.
        month: Day(first_of_month(period.last() + Duration::days(1))),
        period,
        issued_on,
        due_on,
        currency,
        total: Money::from_minor(i128::from(total), currency).to_string(),
        state: if corrected_by.is_some() { BillState::Paid } else { state(left, due_on.0, today) },
        usages: read_usages(&usages.unwrap_or_default())?,
        kind,
        owed: (kind == BillKind::Corrected && corrected_by.is_none() && owed > 0)
            .then(|| Money::from_minor(i128::from(owed), currency).to_string()),
        corrects: corrects.map(BillId),
        corrected_by: corrected_by.map(BillId),
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
