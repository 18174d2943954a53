//! What must hold of the whole ledger, asked of the database and not of this program's memory.

use sqlx::AnyConnection;

use super::super::Result;

/// Something that does not hold: what, where, and by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imbalance {
    /// Which rule is broken.
    pub rule: &'static str,
    /// The entry, account or payment.
    pub place: String,
    /// By so many minor units, where it is a sum.
    pub amount: i64,
}

/// The counts of a ledger and what does not hold of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Accounts with entries.
    pub accounts: i64,
    /// Entries.
    pub entries: i64,
    /// Legs.
    pub legs: i64,
    /// The sum of all legs: zero.
    pub sum: i64,
    /// Nothing, if all is in order; the first hundred of each rule.
    pub imbalances: Vec<Imbalance>,
}

/// A rule and a question that gives a row for each place where it is broken.
const RULES: &[(&str, &str)] = &[
    (
        "the legs of an entry add up to zero",
        "select entry, cast(sum(amount) as bigint) from ledger_leg group by entry having sum(amount) <> 0 limit 100",
    ),
    (
        "the legs of an account add up to zero",
        "select account, cast(sum(amount) as bigint) from ledger_leg group by account having sum(amount) <> 0 limit 100",
    ),
    (
        "a leg belongs to its entry's account",
        "select l.entry, l.amount from ledger_leg l join ledger_entry e on e.id = l.entry \
         where e.account <> l.account limit 100",
    ),
    (
        "a balance is the sum of its legs",
        "select a.account || ' ' || a.book || ' ' || a.item, cast(sum(a.amount) as bigint) from \
         (select account, book, item, amount from ledger_balance union all \
         select account, book, item, -amount from ledger_leg) a \
         group by a.account, a.book, a.item having sum(a.amount) <> 0 limit 100",
    ),
    (
        "a claim is not below zero, and what is the customer's not above",
        "select account || ' ' || book || ' ' || item, amount from ledger_balance \
         where (book = 'receivable' and amount < 0) \
         or (book in ('credit', 'refund', 'prepaid', 'deposit') and amount > 0) limit 100",
    ),
    (
        "a bill is posted",
        "select b.id, b.total from bill b where not exists \
         (select 1 from ledger_entry e where e.id = 'bill ' || b.id) limit 100",
    ),
    (
        "a captured payment is posted",
        "select p.id, p.amount from payment p join payment_end d on d.payment = p.id and d.outcome = 'captured' \
         where not exists (select 1 from ledger_entry e where e.id = 'payment ' || p.id) limit 100",
    ),
    (
        "what is posted as a payment was captured, and is its amount",
        "select e.id, cast(l.amount as bigint) from ledger_entry e \
         join ledger_leg l on l.entry = e.id and l.book = 'bank' \
         where e.id like 'payment %' and not exists \
         (select 1 from payment p join payment_end d on d.payment = p.id and d.outcome = 'captured' \
         where p.id = e.about and p.account = e.account and p.amount = l.amount) limit 100",
    ),
];

/// Checks the whole ledger.
///
/// # Errors
/// What the database reports.
pub async fn check(db: &mut AnyConnection) -> Result<Checked> {
    let sql = "select (select count(distinct account) from ledger_entry), (select count(*) from ledger_entry), \
               count(*), cast(coalesce(sum(amount), 0) as bigint) from ledger_leg";
    let (accounts, entries, legs, sum) = sqlx::query_as(sql).fetch_one(&mut *db).await?;
    let mut checked = Checked { accounts, entries, legs, sum, imbalances: Vec::new() };
    for (rule, sql) in RULES {
        let rows: Vec<(String, i64)> = sqlx::query_as(*sql).fetch_all(&mut *db).await?;
        checked.imbalances.extend(rows.into_iter().map(|(place, amount)| Imbalance { rule, place, amount }));
    }
    Ok(checked)
}
