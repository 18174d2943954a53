//! Whole numbers that the program keeps for itself.

use sqlx::AnyConnection;

use super::Result;

/// Seconds that the demo's time is ahead of the machine's.
pub const DEMO_AHEAD_S: &str = "demo_ahead_s";

/// A setting, if it was ever made.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, name: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = sqlx::query_as("select value from setting where name = $1")
        .bind(name.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|(value,)| value))
}

/// Makes or changes a setting.
///
/// # Errors
/// What the database reports.
pub async fn save(db: &mut AnyConnection, name: &str, value: i64) -> Result<()> {
    let sql = "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    sqlx::query(sql).bind(name.to_owned()).bind(value).execute(db).await?;
    Ok(())
}
