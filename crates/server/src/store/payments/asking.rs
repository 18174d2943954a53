//! What the gateway said of payments, and when it is asked next.

use api::payment_results::PaymentId;
use sqlx::AnyConnection;

use crate::store::Result;

/// What came in the gateway's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// Made by us.
    pub id: &'a str,
    /// The payment that it is about, if there is one.
    pub payment: Option<&'a PaymentId>,
    /// When.
    pub at: i64,
    /// By which way.
    pub kind: &'a str,
    /// As it came.
    pub as_sent: &'a str,
    /// In clear; empty if it could not be read.
    pub in_clear: &'a str,
    /// What we made of it.
    pub verdict: &'a str,
}

/// Keeps a message.
///
/// # Errors
/// What the database reports.
pub async fn add_message(db: &mut AnyConnection, message: &Message<'_>) -> Result<()> {
    let sql = "insert into payment_message (id, payment, at, kind, as_sent, in_clear, verdict) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(sql)
        .bind(message.id.to_owned())
        .bind(message.payment.map(|id| id.0.clone()))
        .bind(message.at)
        .bind(message.kind.to_owned())
        .bind(message.as_sent.to_owned())
        .bind(message.in_clear.to_owned())
        .bind(message.verdict.to_owned())
        .execute(db)
        .await?;
    Ok(())
}

/// Notes that nobody knows how a payment ended; the first time counts.
///
/// # Errors
/// What the database reports.
pub async fn add_doubt(db: &mut AnyConnection, id: &PaymentId, since: i64, why: &str) -> Result<()> {
    let sql = "insert into payment_doubt (payment, since, why) values ($1, $2, $3) on conflict do nothing";
    sqlx::query(sql).bind(id.0.clone()).bind(since).bind(why.to_owned()).execute(db).await?;
    Ok(())
}

/// Plans the next question about a payment, in place of any before it.
///
/// # Errors
/// What the database reports.
pub async fn plan(db: &mut AnyConnection, id: &PaymentId, next_at: i64, tries: i64) -> Result<()> {
    let sql = "insert into payment_inquiry (payment, next_at, tries) values ($1, $2, $3) \
               on conflict (payment) do update set next_at = excluded.next_at, tries = excluded.tries";
    sqlx::query(sql).bind(id.0.clone()).bind(next_at).bind(tries).execute(db).await?;
    Ok(())
}

/// Nothing is to be asked any more.
///
/// # Errors
/// What the database reports.
pub async fn end_plan(db: &mut AnyConnection, id: &PaymentId) -> Result<()> {
    sqlx::query("delete from payment_inquiry where payment = $1").bind(id.0.clone()).execute(db).await?;
    Ok(())
}

/// After a stop nobody knows what was missed: every question that waits is asked now.
///
/// # Errors
/// What the database reports.
pub async fn plan_all_now(db: &mut AnyConnection, now: i64) -> Result<()> {
    sqlx::query("update payment_inquiry set next_at = $1 where next_at > $1").bind(now).execute(db).await?;
    Ok(())
}

/// The payments to be asked about now, the longest waiting first, with how often they were.
///
/// # Errors
/// What the database reports.
pub async fn to_ask(db: &mut AnyConnection, now: i64, most: i64) -> Result<Vec<(PaymentId, i64)>> {
    let sql = "select payment, tries from payment_inquiry where next_at <= $1 order by next_at limit $2";
    let rows: Vec<(String, i64)> = sqlx::query_as(sql).bind(now).bind(most).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(id, tries)| (PaymentId(id), tries)).collect())
}
