//! Instalment plans with the acknowledgements that carry them.

use api::accounts::AccountId;
use billing::finding::Message;
use billing::period::date_text;
use sqlx::AnyConnection;
use time::Date;

use super::Result;
use super::text::day;

/// A plan as the record keeps it, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRecord {
    /// Its id.
    pub id: String,
    /// All that it carries.
    pub amount: i64,
    /// When it was agreed.
    pub agreed_on: Date,
    /// What was signed.
    pub text: Message,
    /// The SHA-256 of both texts.
    pub sha256: String,
    /// Who signed.
    pub signed_by: String,
    /// When.
    pub signed_at: i64,
    /// Day and amount of each instalment, in order.
    pub instalments: Vec<(Date, i64)>,
    /// The debts that it carries: items of the ledger.
    pub items: Vec<String>,
}

type Row = (String, i64, String, String, String, String, String, i64);

const COLUMNS: &str = "id, amount, agreed_on, text_ar, text_en, text_sha256, signed_by, signed_at";

/// The account's newest plan.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, account: &AccountId) -> Result<Option<PlanRecord>> {
    let sql =
        format!("select {COLUMNS} from plan where account = $1 order by signed_at desc, id desc limit 1");
    let row: Option<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(account.0.clone()).fetch_optional(&mut *db).await?;
    read(db, row).await
}

/// The plan that was agreed by a request.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
) -> Result<Option<PlanRecord>> {
    let sql = format!("select {COLUMNS} from plan where account = $1 and request_id = $2");
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(account.0.clone())
        .bind(request_id.to_owned())
        .fetch_optional(&mut *db)
        .await?;
    read(db, row).await
}

async fn read(db: &mut AnyConnection, row: Option<Row>) -> Result<Option<PlanRecord>> {
    let Some((id, amount, agreed_on, ar, en, sha256, signed_by, signed_at)) = row else { return Ok(None) };
    let sql = "select due_on, amount from plan_instalment where plan = $1 order by number";
    let parts: Vec<(String, i64)> = sqlx::query_as(sql).bind(id.clone()).fetch_all(&mut *db).await?;
    let instalments = parts.into_iter().map(|(due, amount)| Ok((day(&due)?.0, amount)));
    let items: Vec<(String,)> = sqlx::query_as("select item from plan_item where plan = $1 order by item")
        .bind(id.clone())
        .fetch_all(db)
        .await?;
    Ok(Some(PlanRecord {
        amount,
        agreed_on: day(&agreed_on)?.0,
        text: Message { ar, en },
        sha256,
        signed_by,
        signed_at,
        instalments: instalments.collect::<Result<_>>()?,
        items: items.into_iter().map(|(item,)| item).collect(),
        id,
    }))
}

/// Adds a plan.
///
/// # Errors
/// What the database reports; the account has a plan of that request.
pub async fn add(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
    plan: &PlanRecord,
) -> Result<()> {
    let sql = "insert into plan (id, account, request_id, amount, agreed_on, text_ar, text_en, text_sha256, signed_by, \
               signed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    sqlx::query(sql)
        .bind(plan.id.clone())
        .bind(account.0.clone())
        .bind(request_id.to_owned())
        .bind(plan.amount)
        .bind(date_text(plan.agreed_on))
        .bind(plan.text.ar.clone())
        .bind(plan.text.en.clone())
        .bind(plan.sha256.clone())
        .bind(plan.signed_by.clone())
        .bind(plan.signed_at)
        .execute(&mut *db)
        .await?;
    for (number, (due, amount)) in (1_i64..).zip(&plan.instalments) {
        sqlx::query("insert into plan_instalment (plan, number, due_on, amount) values ($1, $2, $3, $4)")
            .bind(plan.id.clone())
            .bind(number)
            .bind(date_text(*due))
            .bind(*amount)
            .execute(&mut *db)
            .await?;
    }
    for item in &plan.items {
        sqlx::query("insert into plan_item (plan, item) values ($1, $2)")
            .bind(plan.id.clone())
            .bind(item.clone())
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// What came off the debts of a plan since it was signed, oldest first: when, and how much.
///
/// # Errors
/// What the database reports.
pub async fn paid(db: &mut AnyConnection, account: &AccountId, plan: &PlanRecord) -> Result<Vec<(i64, i64)>> {
    let sql = "select e.at, -l.amount from plan_item i \
               join ledger_leg l on l.account = $1 and l.book = 'receivable' and l.item = i.item \
               join ledger_entry e on e.id = l.entry \
               where i.plan = $2 and l.amount < 0 and e.at >= $3 order by e.at, e.id";
    let rows = sqlx::query_as(sql).bind(account.0.clone()).bind(plan.id.clone()).bind(plan.signed_at);
    Ok(rows.fetch_all(db).await?)
}
