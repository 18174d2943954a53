//! What a link leads to, and the secret that links are signed with.

use api::accounts::{AccountId, ServicePointId};
use api::exports::ExportKind;
use billing::period::{Day, date_text};
use sqlx::AnyConnection;

use super::Result;
use super::text::{day, value, word};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRecord {
    /// Made by us, and not to be guessed.
    pub id: String,
    /// Whose.
    pub account: AccountId,
    /// What.
    pub kind: ExportKind,
    /// Of one service point alone.
    pub service_point: Option<ServicePointId>,
    /// From this day on.
    pub from: Option<Day>,
    /// To this day, included.
    pub to: Option<Day>,
    /// Until when.
    pub ends_at: i64,
}

/// Keeps what a link leads to, and forgets those of the account that ended.
///
/// # Errors
/// What the database reports.
pub async fn add(db: &mut AnyConnection, export: &ExportRecord, now: i64) -> Result<()> {
    sqlx::query("delete from export where account = $1 and ends_at <= $2")
        .bind(export.account.0.clone())
        .bind(now)
        .execute(&mut *db)
        .await?;
    let sql = "insert into export (id, account, kind, service_point, day_from, day_to, ends_at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let text = |day: Option<Day>| day.map(|day| date_text(day.0));
    sqlx::query(sql)
        .bind(export.id.clone())
        .bind(export.account.0.clone())
        .bind(word(&export.kind))
        .bind(export.service_point.as_ref().map(|point| point.0.clone()))
        .bind(text(export.from))
        .bind(text(export.to))
        .bind(export.ends_at)
        .execute(db)
        .await?;
    Ok(())
}

/// What the link of that id leads to.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<ExportRecord>> {
    let sql = "select id, account, kind, service_point, day_from, day_to, ends_at from export where id = $1";
    let row: Option<Row> = sqlx::query_as(sql).bind(id.to_owned()).fetch_optional(db).await?;
    row.map(|(id, account, kind, point, from, to, ends_at)| {
        let civil = |text: Option<String>| text.map(|text| day(&text)).transpose();
        Ok(ExportRecord {
            id,
            account: AccountId(account),
            kind: value(kind, "export's kind")?,
            service_point: point.map(ServicePointId),
            from: civil(from)?,
            to: civil(to)?,
            ends_at,
        })
    })
    .transpose()
}

/// The secret called `name`; `new` becomes it where there is none yet. All servers of the record have the same.
///
/// # Errors
/// What the database reports.
pub async fn secret(db: &mut AnyConnection, name: &str, new: &str) -> Result<String> {
    sqlx::query("insert into secret (name, value) values ($1, $2) on conflict do nothing")
        .bind(name.to_owned())
        .bind(new.to_owned())
        .execute(&mut *db)
        .await?;
    let (value,): (String,) = sqlx::query_as("select value from secret where name = $1")
        .bind(name.to_owned())
        .fetch_one(db)
        .await?;
    Ok(value)
}

/// The secret called `name`, if it was made.
///
/// # Errors
/// What the database reports.
pub async fn find_secret(db: &mut AnyConnection, name: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = sqlx::query_as("select value from secret where name = $1")
        .bind(name.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|(value,)| value))
}

type Row = (String, String, String, Option<String>, Option<String>, Option<String>, i64);
