//! The staff who handle cases, and their keys.

use api::staff::StaffRole;
use sqlx::AnyConnection;

use super::Result;
use super::text::{value, word};

/// Adds somebody of the staff.
///
/// # Errors
/// What the database reports; somebody of that name or key is known.
pub async fn add(
    db: &mut AnyConnection,
    name: &str,
    role: StaffRole,
    key_hash: &str,
    now: i64,
) -> Result<()> {
    sqlx::query("insert into staff (name, role, key_hash, added_at) values ($1, $2, $3, $4)")
        .bind(name.to_owned())
        .bind(word(&role))
        .bind(key_hash.to_owned())
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends somebody's key; false where nobody of that name has one.
///
/// # Errors
/// What the database reports.
pub async fn revoke(db: &mut AnyConnection, name: &str, now: i64) -> Result<bool> {
    let sql = "update staff set revoked_at = $1 where name = $2 and revoked_at is null";
    let done = sqlx::query(sql).bind(now).bind(name.to_owned()).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// Name and role of whoever has a key that was not revoked.
///
/// # Errors
/// What the database reports.
pub async fn of_key(db: &mut AnyConnection, key_hash: &str) -> Result<Option<(String, StaffRole)>> {
    let sql = "select name, role from staff where key_hash = $1 and revoked_at is null";
    let row: Option<(String, String)> =
        sqlx::query_as(sql).bind(key_hash.to_owned()).fetch_optional(db).await?;
    row.map(|(name, role)| Ok((name, value(role, "role of staff")?))).transpose()
}
