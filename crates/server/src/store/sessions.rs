//! One-time codes and sessions. Both are kept as hashes: who reads the database cannot sign in with it.

use api::accounts::AccountId;
use sqlx::AnyConnection;

use super::Result;

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Whose.
    pub holder: String,
    /// The account that was signed in with.
    pub account: AccountId,
}

/// Keeps the code of an account, in place of any earlier one.
///
/// # Errors
/// What the database reports.
pub async fn save_code(
    db: &mut AnyConnection,
    account: &AccountId,
    code_hash: &str,
    ends_at: i64,
) -> Result<()> {
    let sql = "insert into sign_in_code (account, code_hash, ends_at, tries) values ($1, $2, $3, 0) \
               on conflict (account) do update set code_hash = excluded.code_hash, ends_at = excluded.ends_at, tries = 0";
    sqlx::query(sql).bind(account.0.clone()).bind(code_hash.to_owned()).bind(ends_at).execute(db).await?;
    Ok(())
}

/// Counts a try against the account's code and gives the code's hash, if it still holds.
///
/// # Errors
/// What the database reports.
pub async fn try_code(
    db: &mut AnyConnection,
    account: &AccountId,
    now: i64,
    most_tries: i64,
) -> Result<Option<String>> {
    let sql = "update sign_in_code set tries = tries + 1 \
               where account = $1 and ends_at > $2 and tries < $3 returning code_hash";
    let row: Option<(String,)> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(now).bind(most_tries).fetch_optional(db).await?;
    Ok(row.map(|(hash,)| hash))
}

/// Forgets the account's code: it was used.
///
/// # Errors
/// What the database reports.
pub async fn forget_code(db: &mut AnyConnection, account: &AccountId) -> Result<()> {
    sqlx::query("delete from sign_in_code where account = $1").bind(account.0.clone()).execute(db).await?;
    Ok(())
}

/// Adds a session, and forgets those that ended before `now`.
///
/// # Errors
/// What the database reports.
pub async fn add(
    db: &mut AnyConnection,
    token_hash: &str,
    session: &SessionRecord,
    ends_at: i64,
    now: i64,
) -> Result<()> {
    sqlx::query("delete from session where ends_at <= $1").bind(now).execute(&mut *db).await?;
    sqlx::query("insert into session (token_hash, holder, account, ends_at) values ($1, $2, $3, $4)")
        .bind(token_hash.to_owned())
        .bind(session.holder.clone())
        .bind(session.account.0.clone())
        .bind(ends_at)
        .execute(db)
        .await?;
    Ok(())
}

/// The session of a token, if it has not ended.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, token_hash: &str, now: i64) -> Result<Option<SessionRecord>> {
    let row: Option<(String, String)> =
        sqlx::query_as("select holder, account from session where token_hash = $1 and ends_at > $2")
            .bind(token_hash.to_owned())
            .bind(now)
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(holder, account)| SessionRecord { holder, account: AccountId(account) }))
}

/// Ends a session.
///
/// # Errors
/// What the database reports.
pub async fn end(db: &mut AnyConnection, token_hash: &str) -> Result<()> {
    sqlx::query("delete from session where token_hash = $1").bind(token_hash.to_owned()).execute(db).await?;
    Ok(())
}
