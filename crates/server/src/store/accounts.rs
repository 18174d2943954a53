//! Accounts, their facility, service points and meters.

mod points;

use std::collections::BTreeSet;

use api::accounts::{AccountId, AccountSummary};
use billing::finding::Message;
use billing::period::date_text;
use sqlx::{AnyConnection, AssertSqlSafe};
use time::Date;

pub(super) use points::read_meter;
pub use points::{
    MeterRecord, PointRecord, add_meter, add_point, digital_points, find_meter, find_point, find_points,
    fitted_at, points, set_multiplier,
};

use super::Result;
use super::packed::{self, Packed};
use super::text::{value, word};

/// An account as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRecord {
    /// Whose.
    pub holder: String,
    /// As lists show it.
    pub summary: AccountSummary,
    /// Seconds that the facility's time is ahead of UTC.
    pub utc_offset_s: i64,
}

/// Adds an account with its facility, but not yet any service point; `place` orders a holder's accounts.
///
/// # Errors
/// What the database reports; an account of that number exists.
pub async fn add(db: &mut AnyConnection, account: &AccountRecord, place: i64) -> Result<()> {
    let summary = &account.summary;
    sqlx::query("insert into account (id, holder, place, country, currency) values ($1, $2, $3, $4, $5)")
        .bind(summary.id.0.clone())
        .bind(account.holder.clone())
        .bind(place)
        .bind(word(&summary.country))
        .bind(word(&summary.currency))
        .execute(&mut *db)
        .await?;
    sqlx::query(
        "insert into facility (id, account, name_ar, name_en, utc_offset_s) values ($1, $1, $2, $3, $4)",
    )
    .bind(summary.id.0.clone())
    .bind(summary.property.ar.clone())
    .bind(summary.property.en.clone())
    .bind(account.utc_offset_s)
    .execute(db)
    .await?;
    Ok(())
}

/// One account, whoever holds it.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &AccountId) -> Result<Option<AccountRecord>> {
    let account = packed::row(ACCOUNT);
    let sql = format!("select {account} from account a join facility f on f.account = a.id where a.id = $1");
    let row: Option<(String,)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(id.0.clone()).fetch_optional(db).await?;
    row.map(|(row,)| read_account(&row)).transpose()
}

/// A holder's accounts, in their order.
///
/// # Errors
/// What the database reports.
pub async fn of_holder(db: &mut AnyConnection, holder: &str) -> Result<Vec<AccountRecord>> {
    let sql = format!(
        "select {} from account a join facility f on f.account = a.id where a.holder = $1 order by a.place, a.id",
        packed::row(ACCOUNT)
    );
    let rows: Vec<(String,)> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(holder.to_owned()).fetch_all(db).await?;
    rows.iter().map(|(row,)| read_account(row)).collect()
}

/// Who asks for which account: nothing of it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Under which a session would be kept.
    pub token_hash: String,
    /// When.
    pub now: i64,
    /// For which account.
    pub account: AccountId,
}

/// What a session that has not ended finds: nothing of an account that its holder does not hold.
pub type InSession<T> = Option<Option<T>>;

/// The account that is asked for, if that holder has it whose session it is: both in one look.
///
/// # Errors
/// What the database reports.
pub async fn find_in_session(db: &mut AnyConnection, asked: &Asked) -> Result<InSession<AccountRecord>> {
    let sql = format!("select {} {IN_SESSION}", packed::row(ACCOUNT));
    let row: Option<(String,)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(asked.token_hash.clone())
        .bind(asked.now)
        .bind(asked.account.0.clone())
        .fetch_optional(db)
        .await?;
    row.map(|(row,)| read_if_held(&row)).transpose()
}

/// From a session `t` its holder's account `a` and facility `f`, both null where the holder does not have the account.
pub(super) const IN_SESSION: &str = "from session t left join account a on a.id = $3 and a.holder = t.holder \
     left join facility f on f.account = a.id where t.token_hash = $1 and t.ends_at > $2";

/// The first `most` accounts after number `after` that there can be something to tell of: with a digital meter, or a
/// bill that was issued since a day; in order.
///
/// # Errors
/// What the database reports.
pub async fn to_watch_after(
    db: &mut AnyConnection,
    after: &str,
    since: Date,
    most: i64,
) -> Result<Vec<AccountId>> {
    let sql = "select a.id from account a where a.id > $1 and (exists (select 1 from facility f \
               join service_point s on s.facility = f.id join meter m on m.service_point = s.id \
               where f.account = a.id and m.kind = 'digital') \
               or exists (select 1 from bill b where b.account = a.id and b.issued_on >= $2)) \
               order by a.id limit $3";
    let rows: Vec<(String,)> =
        sqlx::query_as(sql).bind(after.to_owned()).bind(date_text(since)).bind(most).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
}

/// What is read of `account a` and its `facility f`.
pub(super) const ACCOUNT: &[&str] = &[
    "a.id",
    "a.holder",
    "a.country",
    "a.currency",
    "f.name_ar",
    "f.name_en",
    "f.utc_offset_s",
    "(select string_agg(s.commodity, ' ') from service_point s where s.facility = f.id)",
];

/// The columns of [`ACCOUNT`]; none where they are null.
pub(super) fn read_if_held(row: &str) -> Result<Option<AccountRecord>> {
    let held = Packed::new(row, "account").text_if_any()?.is_some();
    held.then(|| read_account(row)).transpose()
}

fn read_account(row: &str) -> Result<AccountRecord> {
    let mut row = Packed::new(row, "account");
    let (id, holder) = (AccountId(row.text()?.to_owned()), row.text()?.to_owned());
    let (country, currency) = (row.word()?, row.word()?);
    let property = Message { ar: row.text()?.to_owned(), en: row.text()?.to_owned() };
    let utc_offset_s = row.number()?;
    let words: BTreeSet<&str> = row.text()?.split(' ').filter(|word| !word.is_empty()).collect();
    let commodities =
        words.into_iter().map(|word| value(word.to_owned(), "commodity")).collect::<Result<_>>()?;
    let summary = AccountSummary { commodities, id, property, country, currency };
    Ok(AccountRecord { holder, summary, utc_offset_s })
}
