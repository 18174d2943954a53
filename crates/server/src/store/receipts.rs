//! Money that arrived.

use api::accounts::{AccountId, BillId};
use billing::money::{Currency, Money};
use billing::period::date_text;
use sqlx::AnyConnection;
use time::Date;

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

/// What is owed over all bills of an account: of each bill that stands what no receipt covers. What was paid for a
/// corrected bill counts for the one in its place; what was paid too much for one is not set off against another.
///
/// # Errors
/// What the database reports.
pub async fn due(db: &mut AnyConnection, account: &AccountId, currency: Currency) -> Result<Money> {
    let sql = "select cast(coalesce(sum(case when b.payable > b.paid then b.payable - b.paid else 0 end), 0) as bigint) \
               from (select b.total - b.not_claimed as payable, \
               coalesce((select sum(r.amount) from receipt r join bill p on p.id = r.bill where p.root = b.root), 0) as paid \
               from bill b where b.account = $1 and not exists (select 1 from bill c where c.corrects = b.id)) b";
    let (minor,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).fetch_one(db).await?;
    Ok(Money::from_minor(i128::from(minor), currency))
}

/// Of what is owed what should have been paid before `today`.
///
/// # Errors
/// What the database reports.
pub async fn overdue(
    db: &mut AnyConnection,
    account: &AccountId,
    currency: Currency,
    today: Date,
) -> Result<Money> {
    let sql = "select cast(coalesce(sum(case when b.payable > b.paid then b.payable - b.paid else 0 end), 0) as bigint) \
               from (select b.total - b.not_claimed as payable, \
               coalesce((select sum(r.amount) from receipt r join bill p on p.id = r.bill where p.root = b.root), 0) as paid \
               from bill b where b.account = $1 and b.due_on < $2 \
               and not exists (select 1 from bill c where c.corrects = b.id)) b";
    let (minor,): (i64,) =
        sqlx::query_as(sql).bind(account.0.clone()).bind(date_text(today)).fetch_one(db).await?;
    Ok(Money::from_minor(i128::from(minor), currency))
}
