//! What an account has to pay, by what it is for.

use std::collections::BTreeMap;

use api::accounts::{AccountId, BillId};
use api::payments::{ChargeKind, DebtKind};
use billing::period::{Day, date_text};
use sqlx::AnyConnection;
use time::{Date, Duration};

use super::Result;
use super::text::{day, value, word};
use crate::calendar::first_of_month;

/// A debt as the record keeps it, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtRecord {
    /// The bill's root or the charge: the item of the ledger.
    pub item: String,
    /// What it is for.
    pub of: DebtKind,
    /// The last day to pay.
    pub due_on: Day,
    /// What it came to.
    pub total: i64,
    /// What is left of it.
    pub left: i64,
}

/// What is left to pay, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn open(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<DebtRecord>> {
    let sql = "select l.item, l.amount, b.id, b.due_on, b.period_to, b.total - b.not_claimed \
               from ledger_balance l join bill b on b.root = l.item \
               where l.account = $1 and l.book = 'receivable' and l.amount > 0 \
               and not exists (select 1 from bill c where c.corrects = b.id)";
    let rows: Vec<(String, i64, String, String, String, i64)> =
        sqlx::query_as(sql).bind(account.0.clone()).fetch_all(&mut *db).await?;
    let mut debts = Vec::with_capacity(rows.len());
    for (item, left, bill, due_on, to, total) in rows {
        let of = DebtKind::Bill { bill: BillId(bill), month: month(&to)? };
        debts.push(DebtRecord { item, of, due_on: day(&due_on)?, total, left });
    }
    let sql = "select c.id, l.amount, c.kind, c.due_on, c.entered_on, c.amount \
               from ledger_balance l join charge c on c.id = l.item \
               where l.account = $1 and l.book = 'receivable' and l.amount > 0";
    let rows: Vec<(String, i64, String, String, String, i64)> =
        sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    for (item, left, kind, due_on, on, total) in rows {
        let charged = value(kind, "kind of a charge")?;
        let of = DebtKind::Charge { charge: item.clone(), charged, on: day(&on)? };
        debts.push(DebtRecord { item, of, due_on: day(&due_on)?, total, left });
    }
    debts.sort_by(|a, b| (a.due_on, &a.item).cmp(&(b.due_on, &b.item)));
    Ok(debts)
}

/// What items of the ledger are for: a bill's root is the bill that stands in its place.
///
/// # Errors
/// What the database reports.
pub async fn kinds(
    db: &mut AnyConnection,
    account: &AccountId,
    items: &[String],
) -> Result<BTreeMap<String, DebtKind>> {
    let mut kinds = BTreeMap::new();
    for item in items {
        let sql = "select b.id, b.period_to from bill b where b.account = $1 and b.root = $2 \
                   and not exists (select 1 from bill c where c.corrects = b.id)";
        let bill: Option<(String, String)> =
            sqlx::query_as(sql).bind(account.0.clone()).bind(item.clone()).fetch_optional(&mut *db).await?;
        let kind = match bill {
            Some((bill, to)) => DebtKind::Bill { bill: BillId(bill), month: month(&to)? },
            None => charged(db, item).await?,
        };
        kinds.insert(item.clone(), kind);
    }
    Ok(kinds)
}

async fn charged(db: &mut AnyConnection, id: &str) -> Result<DebtKind> {
    let sql = "select kind, entered_on from charge where id = $1";
    let (kind, on): (String, String) = sqlx::query_as(sql).bind(id.to_owned()).fetch_one(db).await?;
    Ok(DebtKind::Charge { charge: id.to_owned(), charged: value(kind, "kind of a charge")?, on: day(&on)? })
}

/// The month that a bill is named for: that of its issue.
fn month(period_to: &str) -> Result<Day> {
    Ok(Day(first_of_month(day(period_to)?.0 + Duration::days(1))))
}

/// The roots of those of the bills that the account has.
///
/// # Errors
/// What the database reports.
pub async fn roots(db: &mut AnyConnection, account: &AccountId, bills: &[BillId]) -> Result<Vec<String>> {
    let mut roots = Vec::new();
    for bill in bills {
        let row: Option<(String,)> = sqlx::query_as("select root from bill where account = $1 and id = $2")
            .bind(account.0.clone())
            .bind(bill.0.clone())
            .fetch_optional(&mut *db)
            .await?;
        roots.extend(row.map(|(root,)| root));
    }
    Ok(roots)
}

/// A deposit, fine or fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeRecord {
    /// Its id.
    pub id: String,
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub kind: ChargeKind,
    /// Minor units.
    pub amount: i64,
    /// The last day to pay.
    pub due_on: Date,
    /// The day it was entered.
    pub entered_on: Date,
    /// When.
    pub entered_at: i64,
}

/// Adds a charge, once; false if one of that id is known. Whoever calls posts it.
///
/// # Errors
/// What the database reports.
pub async fn add_charge(db: &mut AnyConnection, charge: &ChargeRecord) -> Result<bool> {
    let sql = "insert into charge (id, account, kind, amount, due_on, entered_on, entered_at) \
               values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
    let done = sqlx::query(sql)
        .bind(charge.id.clone())
        .bind(charge.account.0.clone())
        .bind(word(&charge.kind))
        .bind(charge.amount)
        .bind(date_text(charge.due_on))
        .bind(date_text(charge.entered_on))
        .bind(charge.entered_at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}
