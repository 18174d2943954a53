//! Claims after a correction, and the parts in which they are paid (BIL-8).

use api::accounts::{AccountId, BillId};
use api::bills::BillInParts;
use billing::money::Money;
use billing::period::Day;
use sqlx::AnyConnection;

use super::Result;
use super::text::{day, value};

/// What a correction claims, as far as it is neither paid nor in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRecord {
    /// The first of its bills: the item of the ledger.
    pub root: String,
    /// The one that stands.
    pub bill: BillId,
    /// The last day of its period.
    pub to: Day,
    /// The last day to pay it.
    pub due_on: Day,
    /// Minor units.
    pub left: i64,
}

/// A part as the record keeps it, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRecord {
    /// The charge: the item of the ledger.
    pub charge: String,
    /// From 1.
    pub number: u32,
    /// The last day to pay it.
    pub due_on: Day,
    /// What it came to.
    pub amount: i64,
    /// What is left of it.
    pub left: i64,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimPlanRecord {
    /// Its id.
    pub id: String,
    /// What that request was called.
    pub request_id: String,
    /// Minor units.
    pub amount: i64,
    /// How many parts.
    pub months: u32,
    /// When.
    pub agreed_at: i64,
}

/// Of a bill and those in its place: what the corrections of an error added, less what is in parts. An estimate that a
/// reading settled is no error.
const CLAIMED: &str = "coalesce((select cast(sum(g.amount) as bigint) from ledger_entry e join ledger_leg g on g.entry = e.id \
     and g.book = 'receivable' and g.item = b.root where e.account = b.account and (e.kind = 'claim-in-parts' \
     or (e.kind = 'correction' and exists (select 1 from bill c where c.id = e.about and c.reason <> 'settlement')))), 0)";

/// What is claimed of an account, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn open(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<ClaimRecord>> {
    let sql = format!(
        "select b.root, b.id, b.period_to, b.due_on, l.amount, {CLAIMED} from bill b join ledger_balance l \
         on l.account = b.account and l.book = 'receivable' and l.item = b.root and l.amount > 0 \
         where b.account = $1 and b.corrects is not null \
         and not exists (select 1 from bill c where c.corrects = b.id) order by b.period_to, b.id"
    );
    let rows: Vec<(String, String, String, String, i64, i64)> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(account.0.clone()).fetch_all(db).await?;
    let mut claims = Vec::new();
    for (root, bill, to, due_on, owed, claimed) in rows {
        // What was paid of the bill went to its own sum first: of the claim all is left that is left of the bill.
        let left = owed.min(claimed);
        if left > 0 {
            let (to, due_on) = (day(&to)?, day(&due_on)?);
            claims.push(ClaimRecord { root, bill: BillId(bill), to, due_on, left });
        }
    }
    Ok(claims)
}

type Part = (String, i64, String, i64, i64);

const PART: &str = "select p.charge, p.number, c.due_on, c.amount, coalesce(l.amount, 0) from claim_plan a \
     join claim_part p on p.plan = a.id join charge c on c.id = p.charge \
     left join ledger_balance l on l.account = a.account and l.book = 'receivable' and l.item = c.id \
     where a.account = $1";

/// The parts of all claims of an account, by their days.
///
/// # Errors
/// What the database reports.
pub async fn parts(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<PartRecord>> {
    let sql = format!("{PART} order by c.due_on, a.agreed_at, p.number");
    let rows: Vec<Part> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(account.0.clone()).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// What of a bill's claim is in parts; `root` is the first of its bills.
///
/// # Errors
/// What the database reports.
pub async fn moved(db: &mut AnyConnection, root: &str) -> Result<i64> {
    let sql = "select cast(coalesce(sum(-l.amount), 0) as bigint) from bill r \
               join ledger_leg l on l.account = r.account and l.book = 'receivable' and l.item = r.id \
               join ledger_entry e on e.id = l.entry where r.id = $1 and e.kind = 'claim-in-parts'";
    let (sum,): (i64,) = sqlx::query_as(sql).bind(root.to_owned()).fetch_one(db).await?;
    Ok(sum)
}

/// What of a bill's claim is in parts, and of these what is not paid, the last first.
///
/// # Errors
/// What the database reports.
pub async fn in_parts(
    db: &mut AnyConnection,
    account: &AccountId,
    root: &str,
) -> Result<(i64, Vec<PartRecord>)> {
    let sum = moved(db, root).await?;
    let sql = format!(
        "{PART} and l.amount > 0 and a.id in (select e.about from ledger_entry e join ledger_leg g on g.entry = e.id \
         and g.book = 'receivable' where e.account = $1 and e.kind = 'claim-in-parts' and g.item = $2) \
         order by c.due_on desc, p.number desc"
    );
    let rows: Vec<Part> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(account.0.clone())
        .bind(root.to_owned())
        .fetch_all(db)
        .await?;
    Ok((sum, rows.into_iter().map(read).collect::<Result<_>>()?))
}

/// A plan, a bill of it with its currency, the plan's parts, and what is left of them.
type BillOfPlan = (String, String, String, i64, i64);

/// The bills that stand, of which parts are still to be paid, newest first.
///
/// # Errors
/// What the database reports.
pub async fn bills_in_parts(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<BillInParts>> {
    let sql = "select a.id, b.id, b.currency, count(*), cast(sum(coalesce(l.amount, 0)) as bigint) from claim_plan a \
               join claim_part p on p.plan = a.id \
               join bill b on b.account = a.account and not exists (select 1 from bill c where c.corrects = b.id) \
               left join ledger_balance l on l.account = a.account and l.book = 'receivable' and l.item = p.charge \
               where a.account = $1 and exists (select 1 from ledger_entry e join ledger_leg g on g.entry = e.id \
               and g.book = 'receivable' where e.account = a.account and e.kind = 'claim-in-parts' \
               and e.about = a.id and g.item = b.root) group by a.id, b.id, b.currency \
               having sum(coalesce(l.amount, 0)) > 0 order by b.id desc";
    let rows: Vec<BillOfPlan> = sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    let mut bills = Vec::new();
    for plans in rows.chunk_by(|(_, bill, ..), (_, other, ..)| bill == other) {
        let Some((_, bill, currency, ..)) = plans.first() else { continue };
        let (parts, left) = plans.iter().fold((0, 0), |(parts, left), plan| (parts + plan.3, left + plan.4));
        let parts = u32::try_from(parts).map_err(|_| super::StoreError::Damaged("parts of a claim"))?;
        let is_shared =
            |(plan, ..): &BillOfPlan| rows.iter().any(|(other, of, ..)| other == plan && of != bill);
        bills.push(BillInParts {
            bill: BillId(bill.clone()),
            parts,
            left: Money::from_minor(i128::from(left), value(currency.clone(), "currency")?).to_string(),
            with_others: plans.iter().any(is_shared),
        });
    }
    Ok(bills)
}

fn read((charge, number, due_on, amount, left): Part) -> Result<PartRecord> {
    let number = u32::try_from(number).map_err(|_| super::StoreError::Damaged("number of a part"))?;
    Ok(PartRecord { charge, number, due_on: day(&due_on)?, amount, left })
}

/// The plan that was chosen by a request.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
) -> Result<Option<ClaimPlanRecord>> {
    let sql = "select id, amount, months, agreed_at from claim_plan where account = $1 and request_id = $2";
    let row: Option<(String, i64, i64, i64)> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    row.map(|(id, amount, months, agreed_at)| {
        let months = u32::try_from(months).map_err(|_| super::StoreError::Damaged("months of a claim"))?;
        Ok(ClaimPlanRecord { id, request_id: request_id.to_owned(), amount, months, agreed_at })
    })
    .transpose()
}

/// Adds a plan. Whoever calls adds its parts.
///
/// # Errors
/// What the database reports; the account has a plan of that request.
pub async fn add(db: &mut AnyConnection, account: &AccountId, plan: &ClaimPlanRecord) -> Result<()> {
    let sql = "insert into claim_plan (id, account, request_id, amount, months, agreed_at) \
               values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(plan.id.clone())
        .bind(account.0.clone())
        .bind(plan.request_id.clone())
        .bind(plan.amount)
        .bind(i64::from(plan.months))
        .bind(plan.agreed_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Adds a part: a charge that is on record.
///
/// # Errors
/// What the database reports.
pub async fn add_part(db: &mut AnyConnection, plan: &str, number: u32, charge: &str) -> Result<()> {
    sqlx::query("insert into claim_part (plan, number, charge) values ($1, $2, $3)")
        .bind(plan.to_owned())
        .bind(i64::from(number))
        .bind(charge.to_owned())
        .execute(db)
        .await?;
    Ok(())
}
