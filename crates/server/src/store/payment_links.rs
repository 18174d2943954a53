//! Payment links. Rows are added, never changed.

use api::accounts::AccountId;
use api::payment_links::PaymentLinkId;
use billing::period::{Day, date_text};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Result;
use super::text::day;

/// A link as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRecord {
    /// Its id.
    pub id: PaymentLinkId,
    /// Whose debts.
    pub account: AccountId,
    /// What the caller calls it.
    pub request_id: String,
    /// Minor units.
    pub amount: i64,
    /// Whoever pays chooses how much of it.
    pub open: bool,
    /// What the holder calls it.
    pub note: String,
    /// When it was made.
    pub made_at: i64,
    /// The last day on which it works.
    pub last_day: Day,
    /// The first instant at which it does not.
    pub ends_at: i64,
    /// When its holder ended it.
    pub revoked_at: Option<i64>,
}

const LINK: &str = "select l.id, l.account, l.request_id, l.amount, l.open_amount, l.note, l.made_at, l.last_day, \
     l.ends_at, e.revoked_at from payment_link l left join payment_link_end e on e.payment_link = l.id";

/// Adds a link.
///
/// # Errors
/// What the database reports; the account has a link of that request.
pub async fn add(db: &mut AnyConnection, link: &LinkRecord) -> Result<()> {
    let sql = "insert into payment_link (id, account, request_id, amount, open_amount, note, made_at, last_day, ends_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(sql)
        .bind(link.id.0.clone())
        .bind(link.account.0.clone())
        .bind(link.request_id.clone())
        .bind(link.amount)
        .bind(i64::from(link.open))
        .bind(link.note.clone())
        .bind(link.made_at)
        .bind(date_text(link.last_day.0))
        .bind(link.ends_at)
        .execute(db)
        .await?;
    Ok(())
}

/// One link.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &PaymentLinkId) -> Result<Option<LinkRecord>> {
    let sql = format!("{LINK} where l.id = $1");
    let row: Option<Row> = sqlx::query_as(AssertSqlSafe(sql)).bind(id.0.clone()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The link of a request.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
) -> Result<Option<LinkRecord>> {
    let sql = format!("{LINK} where l.account = $1 and l.request_id = $2");
    let row: Option<Row> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(account.0.clone())
        .bind(request_id.to_owned())
        .fetch_optional(db)
        .await?;
    row.map(read).transpose()
}

/// The links of an account that ended at `since` or later, or have not ended, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_account(db: &mut AnyConnection, account: &AccountId, since: i64) -> Result<Vec<LinkRecord>> {
    let sql = format!("{LINK} where l.account = $1 and l.ends_at >= $2 order by l.made_at desc, l.id desc");
    let rows: Vec<Row> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(account.0.clone()).bind(since).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// Ends a link; the first time counts.
///
/// # Errors
/// What the database reports.
pub async fn revoke(db: &mut AnyConnection, id: &PaymentLinkId, at: i64) -> Result<()> {
    let sql =
        "insert into payment_link_end (payment_link, revoked_at) values ($1, $2) on conflict do nothing";
    sqlx::query(sql).bind(id.0.clone()).bind(at).execute(db).await?;
    Ok(())
}

type Row = (String, String, String, i64, i64, String, i64, String, i64, Option<i64>);

fn read(row: Row) -> Result<LinkRecord> {
    let (id, account, request_id, amount, open, note, made_at, last_day, ends_at, revoked_at) = row;
    Ok(LinkRecord {
        id: PaymentLinkId(id),
        account: AccountId(account),
        request_id,
        amount,
        open: open != 0,
        note,
        made_at,
        last_day: day(&last_day)?,
        ends_at,
        revoked_at,
    })
}
