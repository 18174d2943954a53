//! Money that arrived.

use api::accounts::{AccountId, BillId};
use billing::money::{Currency, Money};
use sqlx::AnyConnection;

use super::Result;

/// Adds a receipt for a bill.
///
/// # Errors
/// What the database reports; a receipt of that id exists.
pub async fn add(
    db: &mut AnyConnection,
    id: &str,
    bill: &BillId,
    received_at: i64,
    minor: i64,
) -> Result<()> {
    sqlx::query("insert into receipt (id, bill, received_at, amount) values ($1, $2, $3, $4)")
        .bind(id.to_owned())
        .bind(bill.0.clone())
        .bind(received_at)
        .bind(minor)
        .execute(db)
        .await?;
    Ok(())
}

/// What is owed over all bills of an account: of each bill what no receipt covers.
///
/// # Errors
/// What the database reports.
pub async fn due(db: &mut AnyConnection, account: &AccountId, currency: Currency) -> Result<Money> {
    let sql = "select cast(coalesce(sum(case when b.total > b.paid then b.total - b.paid else 0 end), 0) as bigint) from \
               (select b.total as total, coalesce((select sum(r.amount) from receipt r where r.bill = b.id), 0) as paid \
                from bill b where b.account = $1) b";
    let (minor,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).fetch_one(db).await?;
    Ok(Money::from_minor(i128::from(minor), currency))
}
