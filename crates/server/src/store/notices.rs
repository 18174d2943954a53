//! Notices and warnings that were served, and the debts that they name.

use api::accounts::AccountId;
use billing::disconnection::LadderStep;
use billing::period::{Day, date_text};
use sqlx::AnyConnection;
use time::Date;

use super::Result;
use super::text::{day, value, word};

/// A notice as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Its id.
    pub id: String,
    /// Which step.
    pub step: LadderStep,
    /// When it was served.
    pub served_on: Date,
    /// Minor units that it names.
    pub debt: i64,
    /// What is left of the debts that it names.
    pub left: i64,
}

/// An account's notices, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_account(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<NoticeRecord>> {
    let sql = "select n.id, n.step, n.served_on, n.debt, \
               (select cast(coalesce(sum(l.amount), 0) as bigint) from notice_item i \
               join ledger_balance l on l.account = n.account and l.book = 'receivable' and l.item = i.item \
               where i.notice = n.id and l.amount > 0) \
               from notice n where n.account = $1 order by n.served_on desc, n.id desc";
    let rows: Vec<(String, String, String, i64, i64)> =
        sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    let read = |(id, step, served_on, debt, left): (String, String, String, i64, i64)| {
        let (step, Day(served_on)) = (value(step, "step of a ladder")?, day(&served_on)?);
        Ok(NoticeRecord { id, step, served_on, debt, left })
    };
    rows.into_iter().map(read).collect()
}

/// Adds a notice with the debts that it names, once; false if one of that id is known.
///
/// # Errors
/// What the database reports.
pub async fn add(
    db: &mut AnyConnection,
    account: &AccountId,
    notice: &NoticeRecord,
    items: &[String],
    entered_at: i64,
) -> Result<bool> {
    let sql = "insert into notice (id, account, step, served_on, debt, entered_at) values ($1, $2, $3, $4, $5, $6) \
               on conflict do nothing";
    let added = sqlx::query(sql)
        .bind(notice.id.clone())
        .bind(account.0.clone())
        .bind(word(&notice.step))
        .bind(date_text(notice.served_on))
        .bind(notice.debt)
        .bind(entered_at)
        .execute(&mut *db)
        .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    for item in items {
        sqlx::query("insert into notice_item (notice, item) values ($1, $2)")
            .bind(notice.id.clone())
            .bind(item.clone())
            .execute(&mut *db)
            .await?;
    }
    Ok(true)
}
