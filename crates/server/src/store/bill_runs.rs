//! How far the monthly run of a period is.

use api::accounts::AccountId;
use billing::period::{Period, date_text};
use sqlx::AnyConnection;

use super::Result;

/// The progress of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BillRun {
    /// Accounts up to this one are done.
    pub done_to: String,
    /// Bills that were issued.
    pub issued: i64,
    /// Accounts whose bill was there already.
    pub known: i64,
    /// Bills that are held.
    pub held: i64,
    /// When all accounts were done.
    pub finished_at: Option<i64>,
}

/// The run of a period, if it ever began.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, period: Period) -> Result<Option<BillRun>> {
    let sql = "select done_to, issued, known, held, finished_at from bill_run where period_from = $1";
    let row: Option<(String, i64, i64, i64, Option<i64>)> =
        sqlx::query_as(sql).bind(date_text(period.first())).fetch_optional(db).await?;
    Ok(row.map(|(done_to, issued, known, held, finished_at)| BillRun {
        done_to,
        issued,
        known,
        held,
        finished_at,
    }))
}

/// Keeps the progress of a run.
///
/// # Errors
/// What the database reports.
pub async fn save(db: &mut AnyConnection, period: Period, run: &BillRun) -> Result<()> {
    let sql = "insert into bill_run (period_from, done_to, issued, known, held, finished_at) \
               values ($1, $2, $3, $4, $5, $6) on conflict (period_from) do update set done_to = excluded.done_to, \
               issued = excluded.issued, known = excluded.known, held = excluded.held, finished_at = excluded.finished_at";
    sqlx::query(sql)
        .bind(date_text(period.first()))
        .bind(run.done_to.clone())
        .bind(run.issued)
        .bind(run.known)
        .bind(run.held)
        .bind(run.finished_at)
        .execute(db)
        .await?;
    Ok(())
}

/// The first `most` accounts after number `after` that were supplied before the instant `before`, in order.
///
/// # Errors
/// What the database reports.
pub async fn accounts_after(
    db: &mut AnyConnection,
    after: &str,
    before: i64,
    most: i64,
) -> Result<Vec<AccountId>> {
    let sql = "select a.id from account a where a.id > $1 and exists (select 1 from facility f \
               join service_point s on s.facility = f.id join meter m on m.service_point = s.id \
               where f.account = a.id and m.fitted_at < $2) order by a.id limit $3";
    let rows: Vec<(String,)> =
        sqlx::query_as(sql).bind(after.to_owned()).bind(before).bind(most).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
}
