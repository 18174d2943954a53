//! Bills that the check before issue holds back. Added, never changed; a release is a record of its own.

use api::accounts::{AccountId, BillId};
use billing::finding::FindingAnswer;
use billing::period::{Period, date_text};
use sqlx::AnyConnection;

use super::Result;
use super::text::{day, document};

/// A bill that is not issued yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBill {
    /// Its id, by which it is released.
    pub id: String,
    /// Whose.
    pub account: AccountId,
    /// Its days.
    pub period: Period,
    /// When it was first held.
    pub held_at: i64,
    /// Why.
    pub reasons: Vec<FindingAnswer>,
}

/// Holds a bill. One that is held already stays as it is.
///
/// # Errors
/// What the database reports.
pub async fn add(db: &mut AnyConnection, held: &HeldBill) -> Result<()> {
    let reasons =
        serde_json::to_string(&held.reasons).map_err(|_| super::StoreError::Damaged("bill's reasons"))?;
    let sql = "insert into held_bill (id, account, period_from, period_to, held_at, reasons) \
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    sqlx::query(sql)
        .bind(held.id.clone())
        .bind(held.account.0.clone())
        .bind(date_text(held.period.first()))
        .bind(date_text(held.period.last()))
        .bind(held.held_at)
        .bind(reasons)
        .execute(db)
        .await?;
    Ok(())
}

/// All bills of a period that are held and not issued since, in order of their accounts.
///
/// # Errors
/// What the database reports.
pub async fn of_period(db: &mut AnyConnection, period: Period) -> Result<Vec<HeldBill>> {
    let sql = "select h.id, h.account, h.period_from, h.period_to, h.held_at, h.reasons from held_bill h \
               where h.period_from = $1 and not exists \
               (select 1 from bill b where b.account = h.account and b.period_from = h.period_from) \
               order by h.account";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(date_text(period.first())).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// One held bill, released or not.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<HeldBill>> {
    let sql = "select id, account, period_from, period_to, held_at, reasons from held_bill where id = $1";
    let row: Option<Row> = sqlx::query_as(sql).bind(id.to_owned()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// Records that a held bill was issued after a review.
///
/// # Errors
/// What the database reports.
pub async fn release(db: &mut AnyConnection, id: &str, bill: &BillId, at: i64) -> Result<()> {
    let sql = "insert into held_bill_release (held_bill, bill, released_at) values ($1, $2, $3) on conflict do nothing";
    sqlx::query(sql).bind(id.to_owned()).bind(bill.0.clone()).bind(at).execute(db).await?;
    Ok(())
}

type Row = (String, String, String, String, i64, String);

fn read((id, account, from, to, held_at, reasons): Row) -> Result<HeldBill> {
    Ok(HeldBill {
        id,
        account: AccountId(account),
        period: Period { from: day(&from)?, to: day(&to)? },
        held_at,
        reasons: document(&reasons, "bill's reasons")?,
    })
}
