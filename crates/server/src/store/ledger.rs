//! The ledger: double entry in whole minor units. Entries are added, never changed; the legs of each add up to zero.
//!
//! Above zero stands money in the bank or a claim on the customer; below zero what is the customer's, or was earned.

pub mod check;

use std::collections::BTreeMap;

use api::accounts::AccountId;
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::text::{placeholders, value, word};
use super::{Result, StoreError};

/// Where an amount stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Book {
    /// A bill's root or a charge: what the customer has to pay of it.
    Receivable,
    /// What was earned: by bills, fines, fees.
    Revenue,
    /// Money that arrived or left.
    Bank,
    /// What was paid ahead.
    Credit,
    /// A refund: what the customer gets back (BIL-13).
    Refund,
    /// A service point: credit that was bought for it. What was used of it is priced from its readings.
    Prepaid,
    /// Securities to be given back.
    Deposit,
    /// A service: what saving earned (HAF-3).
    Incentive,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// A bill was issued.
    Bill,
    /// A bill was issued in another's place.
    Correction,
    /// PAY-5: a deposit, fine or fee.
    Charge,
    /// Money arrived.
    Payment,
    /// Credit was bought.
    TopUp,
    /// What was paid ahead pays what is due now.
    CreditUsed,
    /// What was paid too much is the customer's.
    RefundOwed,
    /// A later correction of the same bill takes it back.
    RefundWithdrawn,
    /// It was paid out.
    RefundPaid,
    /// It is kept as credit.
    RefundKept,
    /// A year of Hafez is over.
    Incentive,
    /// A broken standard is made good (COM-2).
    Compensation,
    /// A claim after a correction becomes parts with days of their own, or is taken out of them again (BIL-8).
    ClaimInParts,
}

/// A part of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Where.
    pub book: Book,
    /// Of what; empty where a book has no items.
    pub item: String,
    /// Minor units.
    pub amount: i64,
}

impl Leg {
    /// A part.
    #[must_use]
    pub fn new(book: Book, item: impl Into<String>, amount: i64) -> Self {
        Self { book, item: item.into(), amount }
    }
}

/// Something to be posted once under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Whose.
    pub account: AccountId,
    /// When.
    pub at: i64,
    /// What.
    pub kind: EntryKind,
    /// The bill, payment, charge or refund.
    pub about: String,
    /// They add up to zero.
    pub legs: Vec<Leg>,
}

/// Waits until nobody else posts to this account, until the end of the transaction. Whoever decides by a balance takes
/// this first.
///
/// # Errors
/// What the database reports.
pub async fn lock(db: &mut AnyConnection, account: &AccountId) -> Result<()> {
    sqlx::query("update account set place = place where id = $1").bind(account.0.clone()).execute(db).await?;
    Ok(())
}

/// Posts an entry; false if one of that id is known: then nothing is added.
///
/// # Errors
/// [`StoreError::Unbalanced`]; what the database reports.
pub async fn post(db: &mut AnyConnection, entry: &Entry) -> Result<bool> {
    let sum: i128 = entry.legs.iter().map(|leg| i128::from(leg.amount)).sum();
    if sum != 0 {
        return Err(StoreError::Unbalanced);
    }
    let sql = "insert into ledger_entry (id, account, at, kind, about) values ($1, $2, $3, $4, $5) on conflict do nothing";
    let added = sqlx::query(sql)
        .bind(entry.id.clone())
        .bind(entry.account.0.clone())
        .bind(entry.at)
        .bind(word(&entry.kind))
        .bind(entry.about.clone())
        .execute(&mut *db)
        .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    let legs: Vec<&Leg> = entry.legs.iter().filter(|leg| leg.amount != 0).collect();
    if !legs.is_empty() {
        add_legs(db, entry, &legs).await?;
        add_to_balances(db, entry, &legs).await?;
    }
    Ok(true)
}

async fn add_legs(db: &mut AnyConnection, entry: &Entry, legs: &[&Leg]) -> Result<()> {
    let sql = format!(
        "insert into ledger_leg (entry, place, account, book, item, amount) values {}",
        placeholders(legs.len(), 6)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (place, leg) in (0_i64..).zip(legs) {
        query = query.bind(entry.id.clone()).bind(place).bind(entry.account.0.clone());
        query = query.bind(word(&leg.book)).bind(leg.item.clone()).bind(leg.amount);
    }
    query.execute(db).await?;
    Ok(())
}

async fn add_to_balances(db: &mut AnyConnection, entry: &Entry, legs: &[&Leg]) -> Result<()> {
    // One statement may change a row once.
    let mut sums: BTreeMap<(Book, &str), i64> = BTreeMap::new();
    for leg in legs {
        *sums.entry((leg.book, leg.item.as_str())).or_default() += leg.amount;
    }
    let sql = format!(
        "insert into ledger_balance (account, book, item, amount) values {} on conflict (account, book, item) \
         do update set amount = ledger_balance.amount + excluded.amount",
        placeholders(sums.len(), 4)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for ((book, item), amount) in sums {
        query = query.bind(entry.account.0.clone()).bind(word(&book)).bind(item.to_owned()).bind(amount);
    }
    query.execute(db).await?;
    Ok(())
}

/// What stands in a book, over all its items.
///
/// # Errors
/// What the database reports.
pub async fn balance(db: &mut AnyConnection, account: &AccountId, book: Book) -> Result<i64> {
    let sql = "select cast(coalesce(sum(amount), 0) as bigint) from ledger_balance where account = $1 and book = $2";
    let (sum,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).bind(word(&book)).fetch_one(db).await?;
    Ok(sum)
}

/// What stands in a book for one item.
///
/// # Errors
/// What the database reports.
pub async fn balance_of(db: &mut AnyConnection, account: &AccountId, book: Book, item: &str) -> Result<i64> {
    let sql = "select amount from ledger_balance where account = $1 and book = $2 and item = $3";
    let row: Option<(i64,)> = sqlx::query_as(sql)
        .bind(account.0.clone())
        .bind(word(&book))
        .bind(item.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map_or(0, |(amount,)| amount))
}

/// The parts of an entry, in their order.
///
/// # Errors
/// What the database reports.
pub async fn legs_of(db: &mut AnyConnection, entry: &str) -> Result<Vec<Leg>> {
    let sql = "select book, item, amount from ledger_leg where entry = $1 order by place";
    let rows: Vec<(String, String, i64)> = sqlx::query_as(sql).bind(entry.to_owned()).fetch_all(db).await?;
    rows.into_iter()
        .map(|(book, item, amount)| Ok(Leg { book: value(book, "book of the ledger")?, item, amount }))
        .collect()
}
