//! What is new in the record, whoever added it: readings and alerts have numbers that rise in the order of commits.

use api::accounts::AccountId;
use sqlx::AnyConnection;

use super::Result;

/// The newest number that was given.
///
/// # Errors
/// What the database reports.
pub async fn newest_number(db: &mut AnyConnection) -> Result<i64> {
    let sql = "select value from setting where name = 'interval_sequence'";
    let (number,): (i64,) = sqlx::query_as(sql).fetch_one(db).await?;
    Ok(number)
}

/// The accounts with readings or alerts after that number.
///
/// # Errors
/// What the database reports.
pub async fn accounts_after(db: &mut AnyConnection, number: i64) -> Result<Vec<AccountId>> {
    // Above zero, said again: only so the index of the numbered ones can be used.
    let sql = "select f.account from interval i join service_point s on s.id = i.service_point \
               join facility f on f.id = s.facility where i.sequence > $1 and i.sequence > 0 \
               union select a.account from alert a where a.sequence > $1";
    let rows: Vec<(String,)> = sqlx::query_as(sql).bind(number).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
}
