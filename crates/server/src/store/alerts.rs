//! What customers were told, and what they want to hear.

use api::accounts::AccountId;
use api::alert_settings::AlertSettings;
use api::alerts::{Alert, AlertFact};
use api::attention::WaitingAlert;
use billing::finding::Message;
use sqlx::AnyConnection;

use super::text::document;
use super::{Result, StoreError, intervals};

/// Adds an alert that is `once` of its kind and of what it is about; gives it, or none if it was raised before.
///
/// # Errors
/// What the database reports; the caller rolls back.
pub async fn add(
    db: &mut AnyConnection,
    account: &AccountId,
    at: i64,
    once: &str,
    fact: &AlertFact,
) -> Result<Option<Alert>> {
    if is_known(db, account, once, fact).await? {
        return Ok(None);
    }
    // Taking a number locks that row until the end of the transaction: nobody adds the same meanwhile.
    let sequence = intervals::take_numbers(db, 1).await?;
    if is_known(db, account, once, fact).await? {
        return Ok(None);
    }
    let sql = "insert into alert (id, account, kind, about, once, at, sequence, fact) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(sequence.to_string())
        .bind(account.0.clone())
        .bind(fact.kind())
        .bind(fact.about().to_owned())
        .bind(once.to_owned())
        .bind(at)
        .bind(sequence)
        .bind(json(fact)?)
        .execute(db)
        .await?;
    Ok(Some(Alert { id: sequence.to_string(), at, seen: false, fact: fact.clone() }))
}

/// The newest `most` alerts of an account, newest first.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, account: &AccountId, most: i64) -> Result<Vec<Alert>> {
    let sql = "select a.sequence, a.id, a.at, a.fact, (select count(*) from alert_seen s where s.alert = a.id) \
               from alert a where a.account = $1 order by a.sequence desc limit $2";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(account.0.clone()).bind(most).fetch_all(db).await?;
    rows.into_iter().map(|row| read(row).map(|(_, alert)| alert)).collect()
}

/// The first `most` alerts of an account after number `sequence`, with their numbers, in order.
///
/// # Errors
/// What the database reports.
pub async fn after(
    db: &mut AnyConnection,
    account: &AccountId,
    sequence: i64,
    most: i64,
) -> Result<Vec<(i64, Alert)>> {
    let sql = "select a.sequence, a.id, a.at, a.fact, (select count(*) from alert_seen s where s.alert = a.id) \
               from alert a where a.account = $1 and a.sequence > $2 order by a.sequence limit $3";
    let rows: Vec<Row> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(sequence).bind(most).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The number of the newest alert of an account; 0 if it has none.
///
/// # Errors
/// What the database reports.
pub async fn newest_sequence(db: &mut AnyConnection, account: &AccountId) -> Result<i64> {
    let sql = "select coalesce(max(sequence), 0) from alert where account = $1";
    let (sequence,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).fetch_one(db).await?;
    Ok(sequence)
}

/// Accounts whose meters have reported something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Which.
    pub accounts: Vec<AccountId>,
    /// The number of the newest interval.
    pub newest: i64,
}

/// The accounts whose meters have reported something after number `sequence`.
///
/// # Errors
/// What the database reports.
pub async fn accounts_with_news(db: &mut AnyConnection, sequence: i64) -> Result<News> {
    let sql = "select f.account, max(i.sequence) from interval i join service_point s on s.id = i.service_point \
               join facility f on f.id = s.facility where i.sequence > 0 and i.sequence > $1 group by f.account";
    let rows: Vec<(String, i64)> = sqlx::query_as(sql).bind(sequence).fetch_all(db).await?;
    let newest = rows.iter().map(|(_, newest)| *newest).max().unwrap_or(sequence);
    Ok(News { accounts: rows.into_iter().map(|(account, _)| AccountId(account)).collect(), newest })
}

/// How many alerts of an account were not seen.
///
/// # Errors
/// What the database reports.
pub async fn count_unseen(db: &mut AnyConnection, account: &AccountId) -> Result<u32> {
    let sql = "select count(*) from alert a where a.account = $1 \
               and not exists (select 1 from alert_seen s where s.alert = a.id)";
    let (count,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).fetch_one(db).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The newest `most` alerts of a holder's accounts that were not seen, newest first.
///
/// # Errors
/// What the database reports.
pub async fn unseen_of_holder(db: &mut AnyConnection, holder: &str, most: i64) -> Result<Vec<WaitingAlert>> {
    let sql = "select a.sequence, a.id, a.at, a.fact, c.id, f.name_ar, f.name_en \
               from account c join facility f on f.account = c.id join alert a on a.account = c.id \
               where c.holder = $1 and not exists (select 1 from alert_seen s where s.alert = a.id) \
               order by a.sequence desc limit $2";
    let rows: Vec<(i64, String, i64, String, String, String, String)> =
        sqlx::query_as(sql).bind(holder.to_owned()).bind(most).fetch_all(db).await?;
    let waiting = |(sequence, id, at, fact, account, ar, en)| {
        let (_, alert) = read((sequence, id, at, fact, 0))?;
        Ok(WaitingAlert { account: AccountId(account), property: Message { ar, en }, alert })
    };
    rows.into_iter().map(waiting).collect()
}

/// Marks an alert of the account as seen; false if the account has none of that id.
///
/// # Errors
/// What the database reports.
pub async fn add_seen(db: &mut AnyConnection, account: &AccountId, id: &str, at: i64) -> Result<bool> {
    let row: Option<(String,)> = sqlx::query_as("select id from alert where account = $1 and id = $2")
        .bind(account.0.clone())
        .bind(id.to_owned())
        .fetch_optional(&mut *db)
        .await?;
    if row.is_none() {
        return Ok(false);
    }
    sqlx::query("insert into alert_seen (alert, seen_at) values ($1, $2) on conflict do nothing")
        .bind(id.to_owned())
        .bind(at)
        .execute(db)
        .await?;
    Ok(true)
}

/// What the customer chose last, and when.
///
/// # Errors
/// What the database reports.
pub async fn settings(db: &mut AnyConnection, account: &AccountId) -> Result<Option<(i64, AlertSettings)>> {
    let sql = "select at, chosen from alert_setting where account = $1 order by place desc limit 1";
    let row: Option<(i64, String)> = sqlx::query_as(sql).bind(account.0.clone()).fetch_optional(db).await?;
    row.map(|(at, chosen)| Ok((at, document(&chosen, "alert setting")?))).transpose()
}

/// Adds a choice after those before it.
///
/// # Errors
/// What the database reports.
pub async fn add_settings(
    db: &mut AnyConnection,
    account: &AccountId,
    at: i64,
    settings: &AlertSettings,
) -> Result<()> {
    let sql = "insert into alert_setting (account, place, at, chosen) \
               select $1, coalesce(max(place), 0) + 1, $2, $3 from alert_setting where account = $1";
    sqlx::query(sql).bind(account.0.clone()).bind(at).bind(json(settings)?).execute(db).await?;
    Ok(())
}

/// Whether an alert was raised before.
///
/// # Errors
/// What the database reports.
pub async fn is_known(
    db: &mut AnyConnection,
    account: &AccountId,
    once: &str,
    fact: &AlertFact,
) -> Result<bool> {
    let sql = "select id from alert where account = $1 and kind = $2 and about = $3 and once = $4";
    let row: Option<(String,)> = sqlx::query_as(sql)
        .bind(account.0.clone())
        .bind(fact.kind())
        .bind(fact.about().to_owned())
        .bind(once.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Damaged("alert"))
}

/// The sequence, id, time, fact, and whether it was seen.
type Row = (i64, String, i64, String, i64);

fn read((sequence, id, at, fact, seen): Row) -> Result<(i64, Alert)> {
    Ok((sequence, Alert { id, at, seen: seen > 0, fact: document(&fact, "alert")? }))
}
