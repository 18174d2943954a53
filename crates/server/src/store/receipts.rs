//! What is owed, in one sum: the ledger's claims on the customer.

use api::accounts::AccountId;
use billing::money::{Currency, Money};
use billing::period::date_text;
use sqlx::AnyConnection;
use time::Date;

use super::Result;
use super::ledger::{self, Book};

/// What is owed over all bills and charges of an account.
///
/// # Errors
/// What the database reports.
pub async fn due(db: &mut AnyConnection, account: &AccountId, currency: Currency) -> Result<Money> {
    let minor = ledger::balance(db, account, Book::Receivable).await?;
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
    let sql = "select cast(coalesce(sum(l.amount), 0) as bigint) from ledger_balance l \
               where l.account = $1 and l.book = 'receivable' and l.amount > 0 and (exists \
               (select 1 from bill b where b.root = l.item and b.due_on < $2 \
               and not exists (select 1 from bill c where c.corrects = b.id)) \
               or exists (select 1 from charge c where c.id = l.item and c.due_on < $2))";
    let (minor,): (i64,) =
        sqlx::query_as(sql).bind(account.0.clone()).bind(date_text(today)).fetch_one(db).await?;
    Ok(Money::from_minor(i128::from(minor), currency))
}
