//! Who does what must be done once. Both databases understand it: one row a work, taken where its time is over.

use sqlx::AnyConnection;

use super::Result;

/// Takes the work called `name` for `holder` until `ends_at`, or keeps it longer; false where another has it.
///
/// # Errors
/// What the database reports.
pub async fn take(db: &mut AnyConnection, name: &str, holder: &str, now: i64, ends_at: i64) -> Result<bool> {
    let sql = "insert into lease (name, holder, ends_at) values ($1, $2, $4) on conflict (name) do update \
               set holder = excluded.holder, ends_at = excluded.ends_at \
               where lease.holder = $2 or lease.ends_at <= $3 returning holder";
    let row: Option<(String,)> = sqlx::query_as(sql)
        .bind(name.to_owned())
        .bind(holder.to_owned())
        .bind(now)
        .bind(ends_at)
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}

/// Gives the work back, if `holder` has it.
///
/// # Errors
/// What the database reports.
pub async fn give_back(db: &mut AnyConnection, name: &str, holder: &str) -> Result<()> {
    sqlx::query("update lease set ends_at = 0 where name = $1 and holder = $2")
        .bind(name.to_owned())
        .bind(holder.to_owned())
        .execute(db)
        .await?;
    Ok(())
}
