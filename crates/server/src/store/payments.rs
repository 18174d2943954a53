//! Payments: attempts at a gateway and money that came another way. Rows are added, never changed.

pub mod asking;

use api::accounts::{AccountId, BillId, ServicePointId};
use api::payment_links::PaymentLinkId;
use api::payment_results::{BankReference, PaymentChannel, PaymentId, PaymentState};
use api::payments::PageLanguage;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, FromRow, Row as _};

use super::text::{document, document_text, value, word};
use super::{Result, StoreError};

/// A payment as it was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRecord {
    /// Its id.
    pub id: PaymentId,
    /// Whose debts, or credit.
    pub account: AccountId,
    /// What the caller calls it.
    pub request_id: String,
    /// What the gateway calls it.
    pub track_id: String,
    /// By which way it comes.
    pub channel: PaymentChannel,
    /// Minor units.
    pub amount: i64,
    /// What is above all that is due stays as credit.
    pub ahead: bool,
    /// Bills to be paid before others.
    pub bills: Vec<BillId>,
    /// The service point whose credit it is.
    pub top_up: Option<ServicePointId>,
    /// The link that it is paid by.
    pub link: Option<PaymentLinkId>,
    /// Who pays.
    pub payer: String,
    /// Of the gateway's page.
    pub language: PageLanguage,
    /// When.
    pub started_at: i64,
}

/// A payment and what is known of its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentFate {
    /// As it was started.
    pub payment: PaymentRecord,
    /// Where it stands.
    pub state: PaymentState,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// What the bank calls it.
    pub bank: Option<BankReference>,
    /// Since when nobody knew how it ended.
    pub doubt_since: Option<i64>,
}

/// Adds a payment.
///
/// # Errors
/// What the database reports; the account has a payment of that request, or the track id is known.
pub async fn add(db: &mut AnyConnection, payment: &PaymentRecord) -> Result<()> {
    let sql = "insert into payment (id, account, request_id, track_id, channel, amount, ahead, bills, top_up, link, \
               payer, language, started_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    sqlx::query(sql)
        .bind(payment.id.0.clone())
        .bind(payment.account.0.clone())
        .bind(payment.request_id.clone())
        .bind(payment.track_id.clone())
        .bind(word(&payment.channel))
        .bind(payment.amount)
        .bind(i64::from(payment.ahead))
        .bind(document_text(&payment.bills))
        .bind(payment.top_up.as_ref().map(|point| point.0.clone()))
        .bind(payment.link.as_ref().map(|link| link.0.clone()))
        .bind(payment.payer.clone())
        .bind(word(&payment.language))
        .bind(payment.started_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose rows are asked for.
const FATE: &str = "select p.id, p.account, p.request_id, p.track_id, p.channel, p.amount, p.ahead, p.bills, p.top_up, \
     p.link, p.payer, p.language, p.started_at, coalesce(c.outcome, o.outcome), coalesce(c.at, o.at), \
     coalesce(c.bank, o.bank), d.since from payment p \
     left join payment_end c on c.payment = p.id and c.outcome = 'captured' \
     left join payment_end o on o.payment = p.id and o.outcome <> 'captured' \
     left join payment_doubt d on d.payment = p.id";

/// One payment.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &PaymentId) -> Result<Option<PaymentFate>> {
    let sql = format!("{FATE} where p.id = $1");
    let row: Option<Row> = sqlx::query_as(AssertSqlSafe(sql)).bind(id.0.clone()).fetch_optional(db).await?;
    Ok(row.map(|Row(fate)| fate))
}

/// The payment that the gateway calls so.
///
/// # Errors
/// What the database reports.
pub async fn find_track(db: &mut AnyConnection, track_id: &str) -> Result<Option<PaymentFate>> {
    let sql = format!("{FATE} where p.track_id = $1");
    let row: Option<Row> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(track_id.to_owned()).fetch_optional(db).await?;
    Ok(row.map(|Row(fate)| fate))
}

/// The payment of a request.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
) -> Result<Option<PaymentFate>> {
    let sql = format!("{FATE} where p.account = $1 and p.request_id = $2");
    let row: Option<Row> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(account.0.clone())
        .bind(request_id.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|Row(fate)| fate))
}

/// The newest payments of an account, newest first.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, account: &AccountId, most: i64) -> Result<Vec<PaymentFate>> {
    let sql = format!("{FATE} where p.account = $1 order by p.started_at desc, p.id desc limit $2");
    let rows: Vec<Row> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(account.0.clone()).bind(most).fetch_all(db).await?;
    Ok(rows.into_iter().map(|Row(fate)| fate).collect())
}

/// The payments by a link that have not failed, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_link(db: &mut AnyConnection, link: &PaymentLinkId) -> Result<Vec<PaymentFate>> {
    let sql = format!(
        "{FATE} where p.link = $1 and (o.outcome is null or c.outcome is not null) \
         order by p.started_at desc, p.id desc"
    );
    let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(sql)).bind(link.0.clone()).fetch_all(db).await?;
    Ok(rows.into_iter().map(|Row(fate)| fate).collect())
}

/// The payments of an account that have not ended, of this amount and for the same, newest first.
///
/// # Errors
/// What the database reports.
pub async fn open_alike(
    db: &mut AnyConnection,
    account: &AccountId,
    amount: i64,
    top_up: Option<&ServicePointId>,
) -> Result<Vec<PaymentFate>> {
    let sql = format!(
        "{FATE} where p.account = $1 and p.amount = $2 and coalesce(p.top_up, '') = $3 \
         and c.outcome is null and o.outcome is null order by p.started_at desc"
    );
    let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(account.0.clone())
        .bind(amount)
        .bind(top_up.map(|point| point.0.clone()).unwrap_or_default())
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|Row(fate)| fate).collect())
}

/// Adds how a payment ended: once, but for money that arrives after it was given up. False if nothing is added. The
/// caller has locked the account.
///
/// # Errors
/// What the database reports.
pub async fn add_end(
    db: &mut AnyConnection,
    id: &PaymentId,
    outcome: PaymentState,
    at: i64,
    bank: &BankReference,
) -> Result<bool> {
    let sql = "insert into payment_end (payment, outcome, at, bank) select p.id, $2, $3, $4 from payment p \
               where p.id = $1 and not exists (select 1 from payment_end e where e.payment = p.id \
               and (e.outcome = 'captured' or $5 = 0))";
    let done = sqlx::query(sql)
        .bind(id.0.clone())
        .bind(word(&outcome))
        .bind(at)
        .bind(document_text(bank))
        .bind(i64::from(outcome == PaymentState::Captured))
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// A row of [`FATE`].
struct Row(PaymentFate);

impl<'r> FromRow<'r, AnyRow> for Row {
    fn from_row(row: &'r AnyRow) -> Result<Self, sqlx::Error> {
        read(row).map(Self).map_err(|error| match error {
            StoreError::Database(error) => error,
            damaged => sqlx::Error::Decode(Box::new(damaged)),
        })
    }
}

fn read(row: &AnyRow) -> Result<PaymentFate> {
    let payment = PaymentRecord {
        id: PaymentId(row.try_get(0)?),
        account: AccountId(row.try_get(1)?),
        request_id: row.try_get(2)?,
        track_id: row.try_get(3)?,
        channel: value(row.try_get(4)?, "channel of a payment")?,
        amount: row.try_get(5)?,
        ahead: row.try_get::<i64, _>(6)? != 0,
        bills: document(row.try_get(7)?, "bills of a payment")?,
        top_up: row.try_get::<Option<String>, _>(8)?.map(ServicePointId),
        link: row.try_get::<Option<String>, _>(9)?.map(PaymentLinkId),
        payer: row.try_get(10)?,
        language: value(row.try_get(11)?, "language of a payment")?,
        started_at: row.try_get(12)?,
    };
    let doubt_since: Option<i64> = row.try_get(16)?;
    let state = match row.try_get::<Option<String>, _>(13)? {
        Some(outcome) => value(outcome, "outcome of a payment")?,
        None if doubt_since.is_some() => PaymentState::Unknown,
        None => PaymentState::Pending,
    };
    let bank: Option<String> = row.try_get(15)?;
    let bank = bank.map(|bank| document(&bank, "bank's reference")).transpose()?;
    Ok(PaymentFate { payment, state, ended_at: row.try_get(14)?, bank, doubt_since })
}
