//! Sums that are the customer's (BIL-13), and the way that the customer chose.

use api::accounts::{AccountId, BillId};
use api::refunds::{Refund, RefundState, RefundWay};
use billing::money::{Currency, Money};
use sqlx::AnyConnection;

use super::Result;
use super::bills::named_month;
use super::ledger::EntryKind;
use super::text::{day, value, word};

/// The refunds of a bill and its corrections that are not ended, with what is owed, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn owed_of_root(
    db: &mut AnyConnection,
    account: &AccountId,
    root: &str,
) -> Result<Vec<(String, i64)>> {
    let sql = "select l.item, -l.amount from ledger_balance l join bill b on b.id = l.item \
               where l.account = $1 and l.book = 'refund' and l.amount < 0 and b.root = $2 order by b.id";
    Ok(sqlx::query_as(sql).bind(account.0.clone()).bind(root.to_owned()).fetch_all(db).await?)
}

/// The refunds of an account, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_account(
    db: &mut AnyConnection,
    account: &AccountId,
    currency: Currency,
) -> Result<Vec<Refund>> {
    let sql = "select e.about, p.period_to, e.at, -l.amount, coalesce(b.amount, 0), \
               (select d.kind from ledger_entry d where d.id = 'refund-ended ' || e.about), \
               (select d.at from ledger_entry d where d.id = 'refund-ended ' || e.about), \
               w.way, w.iban \
               from ledger_entry e join ledger_leg l on l.entry = e.id and l.book = 'refund' \
               join bill p on p.id = e.about \
               left join ledger_balance b on b.account = e.account and b.book = 'refund' and b.item = e.about \
               left join refund_way w on w.refund = e.about \
               and w.place = (select max(n.place) from refund_way n where n.refund = e.about) \
               where e.account = $1 and e.kind = 'refund-owed' order by e.at desc, e.id desc";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    rows.into_iter().map(|row| read(row, currency)).collect()
}

/// The bill, its last day, since when, how much, what is left, how it ended and when, the way, its IBAN.
type Row = (String, String, i64, i64, i64, Option<String>, Option<i64>, Option<String>, Option<String>);

fn read(row: Row, currency: Currency) -> Result<Refund> {
    let (bill, last_day, since, amount, left, ended, ended_at, way, iban) = row;
    let ended: Option<EntryKind> = ended.map(|kind| value(kind, "end of a refund")).transpose()?;
    let state = match ended {
        Some(EntryKind::RefundKept) => RefundState::Kept,
        Some(_) => RefundState::PaidOut,
        None if left < 0 => RefundState::Owed,
        None => RefundState::Withdrawn,
    };
    // A later correction may have taken a part of it back.
    let amount = if state == RefundState::Owed { -left } else { amount };
    Ok(Refund {
        id: bill.clone(),
        bill: BillId(bill),
        month: named_month(day(&last_day)?),
        since,
        amount: Money::from_minor(i128::from(amount), currency).to_string(),
        state,
        way: way.map(|way| value(way, "way to a refund")).transpose()?,
        iban_end: iban.and_then(|iban| Some(iban.get(iban.len().checked_sub(4)?..)?.to_owned())),
        ended_at,
    })
}

/// The account of a refund.
///
/// # Errors
/// What the database reports.
pub async fn account_of(db: &mut AnyConnection, refund: &str) -> Result<Option<AccountId>> {
    let sql = "select account from ledger_entry where id = 'refund ' || $1";
    let row: Option<(String,)> = sqlx::query_as(sql).bind(refund.to_owned()).fetch_optional(db).await?;
    Ok(row.map(|(account,)| AccountId(account)))
}

/// What was chosen under the name of a request.
///
/// # Errors
/// What the database reports.
pub async fn find_way(
    db: &mut AnyConnection,
    refund: &str,
    request_id: &str,
) -> Result<Option<(RefundWay, String)>> {
    let row: Option<(String, String)> =
        sqlx::query_as("select way, iban from refund_way where refund = $1 and request_id = $2")
            .bind(refund.to_owned())
            .bind(request_id.to_owned())
            .fetch_optional(db)
            .await?;
    row.map(|(way, iban)| Ok((value(way, "way to a refund")?, iban))).transpose()
}

/// Notes the way that the customer chose, after those before it.
///
/// # Errors
/// What the database reports.
pub async fn add_way(
    db: &mut AnyConnection,
    refund: &str,
    request_id: &str,
    way: RefundWay,
    iban: &str,
    at: i64,
) -> Result<()> {
    let sql = "insert into refund_way (refund, place, request_id, way, iban, at) \
               select $1, coalesce(max(place), 0) + 1, $2, $3, $4, $5 from refund_way where refund = $1";
    sqlx::query(sql)
        .bind(refund.to_owned())
        .bind(request_id.to_owned())
        .bind(word(&way))
        .bind(iban.to_owned())
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

/// A refund that is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedRefund {
    /// Which.
    pub refund: String,
    /// Whose.
    pub account: AccountId,
    /// Minor units.
    pub amount: i64,
    /// The way that was chosen, and its IBAN.
    pub way: Option<(RefundWay, String)>,
}

/// The refund, the account, how much, the way, its IBAN.
type OwedRow = (String, String, i64, Option<String>, Option<String>);

/// Every refund that is owed, by account.
///
/// # Errors
/// What the database reports.
pub async fn all_owed(db: &mut AnyConnection) -> Result<Vec<OwedRefund>> {
    let sql = "select l.item, l.account, -l.amount, w.way, w.iban from ledger_balance l \
               left join refund_way w on w.refund = l.item \
               and w.place = (select max(n.place) from refund_way n where n.refund = l.item) \
               where l.book = 'refund' and l.amount < 0 order by l.account, l.item";
    let rows: Vec<OwedRow> = sqlx::query_as(sql).fetch_all(db).await?;
    rows.into_iter()
        .map(|(refund, account, amount, way, iban)| {
            let way = way.map(|way| value(way, "way to a refund")).transpose()?;
            Ok(OwedRefund {
                refund,
                account: AccountId(account),
                amount,
                way: way.map(|way| (way, iban.unwrap_or_default())),
            })
        })
        .collect()
}
