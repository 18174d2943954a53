//! Complaints as they were filed, and their photos. Added, never changed.

use api::accounts::{AccountId, BillId, ComplaintId, ServicePointId};
use api::complaints::{ComplaintKind, DisputedSums};
use billing::number::Number;
use billing::period::date_text;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use time::Date;

use super::Result;
use super::text::{document, document_text, value, word};
use crate::secrets;

/// A complaint as it was filed.
#[derive(Clone, Debug, PartialEq)]
pub struct ComplaintRecord {
    /// Its number.
    pub id: ComplaintId,
    /// Whose.
    pub account: AccountId,
    /// What it is about.
    pub kind: ComplaintKind,
    /// The disputed bill.
    pub bill: Option<BillId>,
    /// The bill's item of the ledger.
    pub root: Option<String>,
    /// The service point that it is about.
    pub service_point: Option<ServicePointId>,
    /// The reading seen on its meter.
    pub register: Option<Number>,
    /// In the customer's own words.
    pub words: String,
    /// What is in dispute.
    pub sums: Option<DisputedSums>,
    /// Of it the disputed part, in minor units.
    pub disputed: i64,
    /// When it came.
    pub filed_at: i64,
}

/// A request by which something was written: its name, and the hash of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRecord {
    /// What the caller calls it.
    pub id: String,
    /// Two requests with the same contents have the same hash.
    pub sha256: String,
}

impl RequestRecord {
    /// The request called `id`, with its contents.
    #[must_use]
    pub fn new<T: Serialize>(id: &str, contents: &T) -> Self {
        Self { id: id.to_owned(), sha256: secrets::hash(&document_text(contents)) }
    }
}

const COLUMNS: &str =
    "id, account, kind, bill, root, service_point, register, words, sums, disputed, filed_at";

/// The place of an account's next complaint.
///
/// # Errors
/// What the database reports.
pub async fn next_place(db: &mut AnyConnection, account: &AccountId) -> Result<i64> {
    let sql = "select coalesce(max(place), 0) + 1 from complaint where account = $1";
    let (place,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).fetch_one(db).await?;
    Ok(place)
}

/// Adds a complaint.
///
/// # Errors
/// What the database reports; the account has one of that place or request.
pub async fn add(
    db: &mut AnyConnection,
    complaint: &ComplaintRecord,
    place: i64,
    request: &RequestRecord,
) -> Result<()> {
    let sql = format!(
        "insert into complaint ({COLUMNS}, place, request_id, request_sha256) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(complaint.id.0.clone())
        .bind(complaint.account.0.clone())
        .bind(word(&complaint.kind))
        .bind(complaint.bill.as_ref().map(|bill| bill.0.clone()))
        .bind(complaint.root.clone())
        .bind(complaint.service_point.as_ref().map(|point| point.0.clone()))
        .bind(complaint.register.map(Number::millionths))
        .bind(complaint.words.clone())
        .bind(complaint.sums.as_ref().map(document_text))
        .bind(complaint.disputed)
        .bind(complaint.filed_at)
        .bind(place)
        .bind(request.id.clone())
        .bind(request.sha256.clone())
        .execute(db)
        .await?;
    Ok(())
}

/// The complaint of that number, whose ever it is.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &ComplaintId) -> Result<Option<ComplaintRecord>> {
    let sql = format!("select {COLUMNS} from complaint where id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0.clone()).fetch_optional(db).await?;
    row.as_ref().map(read).transpose()
}

/// The complaint that a request filed, and the hash of the request.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
) -> Result<Option<(ComplaintId, String)>> {
    let sql = "select id, request_sha256 from complaint where account = $1 and request_id = $2";
    let row: Option<(String, String)> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    Ok(row.map(|(id, sha256)| (ComplaintId(id), sha256)))
}

/// How many complaints an account filed since `since`.
///
/// # Errors
/// What the database reports.
pub async fn count_since(db: &mut AnyConnection, account: &AccountId, since: i64) -> Result<i64> {
    let sql = "select count(*) from complaint where account = $1 and filed_at >= $2";
    let (count,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).bind(since).fetch_one(db).await?;
    Ok(count)
}

/// The complaints of an account, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_account(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<ComplaintRecord>> {
    let sql = format!("select {COLUMNS} from complaint where account = $1 order by place desc");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(account.0.clone()).fetch_all(db).await?;
    rows.iter().map(read).collect()
}

/// The first `most` complaints of all accounts that are not ended, each with whether a need of its account is proven and
/// holds on `today`: those come first (DIS-5), then the oldest.
///
/// # Errors
/// What the database reports.
pub async fn open(db: &mut AnyConnection, today: Date, most: i64) -> Result<Vec<(ComplaintRecord, bool)>> {
    let sql = format!(
        "select {COLUMNS}, cast(case when exists (select 1 from dire_need n where n.account = complaint.account \
         and n.until_on >= $1 and (select r.proven from dire_need_review r where r.need = n.id \
         order by r.place desc limit 1) = 1) then 1 else 0 end as bigint) as urgent from complaint \
         where not exists (select 1 from complaint_step s \
         where s.complaint = complaint.id and s.kind in ('withdrawn', 'closed') \
         and not exists (select 1 from complaint_step a where a.complaint = s.complaint \
         and a.kind = 'appealed' and a.number > s.number)) \
         order by urgent desc, filed_at, id limit $2"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(date_text(today)).bind(most);
    let urgent = |row: &AnyRow| row.try_get::<i64, _>("urgent");
    query.fetch_all(db).await?.iter().map(|row| Ok((read(row)?, urgent(row)? > 0))).collect()
}

/// Adds photos to a complaint, with the step by which they came.
///
/// # Errors
/// What the database reports; the complaint has one of them, or there is no such photo.
pub async fn add_photos(
    db: &mut AnyConnection,
    complaint: &ComplaintId,
    step: i64,
    photos: &[String],
) -> Result<()> {
    for (place, photo) in (0_i64..).zip(photos) {
        sqlx::query("insert into complaint_photo (complaint, photo, step, place) values ($1, $2, $3, $4)")
            .bind(complaint.0.clone())
            .bind(photo.clone())
            .bind(step)
            .bind(place)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// The photos of a complaint, each with its step, in order.
///
/// # Errors
/// What the database reports.
pub async fn photos(db: &mut AnyConnection, complaint: &ComplaintId) -> Result<Vec<(i64, String)>> {
    let sql = "select step, photo from complaint_photo where complaint = $1 order by step, place";
    Ok(sqlx::query_as(sql).bind(complaint.0.clone()).fetch_all(db).await?)
}

fn read(row: &AnyRow) -> Result<ComplaintRecord> {
    let text = |column| row.try_get::<Option<String>, _>(column);
    let register: Option<i64> = row.try_get("register")?;
    Ok(ComplaintRecord {
        id: ComplaintId(row.try_get("id")?),
        account: AccountId(row.try_get("account")?),
        kind: value(row.try_get("kind")?, "kind of a complaint")?,
        bill: text("bill")?.map(BillId),
        root: text("root")?,
        service_point: text("service_point")?.map(ServicePointId),
        register: register.map(Number::from_millionths),
        words: row.try_get("words")?,
        sums: text("sums")?.map(|sums| document(&sums, "sums of a complaint")).transpose()?,
        disputed: row.try_get("disputed")?,
        filed_at: row.try_get("filed_at")?,
    })
}
