//! Registered dire need, and what the staff say of its reports. Added, never changed.

use api::accounts::AccountId;
use billing::disconnection::NeedKind;
use billing::period::date_text;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use time::Date;

use super::Result;
use super::complaints::RequestRecord;
use super::text::{day, value, word};

/// A need as it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedRecord {
    /// Its id.
    pub id: String,
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub kind: NeedKind,
    /// The day of the customer's word.
    pub told_on: Date,
    /// In the customer's own words.
    pub words: String,
    /// The photo of the hospital's report.
    pub proof: Option<String>,
    /// The last day on which the report holds.
    pub until: Option<Date>,
    /// Minor units that were overdue.
    pub dues_at_entry: i64,
    /// Whether another account of the holder had one registered.
    pub other_meter: bool,
    /// What the staff said of the report last.
    pub proven: Option<bool>,
}

const NEEDS: &str = "select n.id, n.account, n.kind, n.told_on, n.words, n.proof, n.until_on, n.dues_at_entry, \
     n.other_meter, (select r.proven from dire_need_review r where r.need = n.id \
     order by r.place desc limit 1) as proven from dire_need n";

/// The needs of an account, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_account(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<NeedRecord>> {
    let sql = format!("{NEEDS} where n.account = $1 order by n.place desc");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(account.0.clone()).fetch_all(db).await?;
    rows.iter().map(read).collect()
}

/// The need of an id, whose ever it is.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<NeedRecord>> {
    let sql = format!("{NEEDS} where n.id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.to_owned()).fetch_optional(db).await?;
    row.as_ref().map(read).transpose()
}

/// The first `most` reports that nobody has looked at, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn waiting(db: &mut AnyConnection, most: i64) -> Result<Vec<NeedRecord>> {
    let sql = format!(
        "{NEEDS} where n.proof is not null \
         and not exists (select 1 from dire_need_review r where r.need = n.id) \
         order by n.entered_at, n.id limit $1"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(most).fetch_all(db).await?;
    rows.iter().map(read).collect()
}

/// The hash of the request by which an account registered a need.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
) -> Result<Option<String>> {
    let sql = "select request_sha256 from dire_need where account = $1 and request_id = $2";
    let row: Option<(String,)> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    Ok(row.map(|(sha256,)| sha256))
}

/// Adds a need after those before it.
///
/// # Errors
/// What the database reports; the account has one of that request.
pub async fn add(
    db: &mut AnyConnection,
    need: &NeedRecord,
    request: &RequestRecord,
    entered_at: i64,
) -> Result<()> {
    let sql = "insert into dire_need (id, account, place, request_id, request_sha256, kind, told_on, words, proof, \
               until_on, dues_at_entry, other_meter, entered_at) \
               select $1, $2, coalesce(max(place), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 \
               from dire_need where account = $2";
    sqlx::query(sql)
        .bind(need.id.clone())
        .bind(need.account.0.clone())
        .bind(request.id.clone())
        .bind(request.sha256.clone())
        .bind(word(&need.kind))
        .bind(date_text(need.told_on))
        .bind(need.words.clone())
        .bind(need.proof.clone())
        .bind(need.until.map(date_text))
        .bind(need.dues_at_entry)
        .bind(i64::from(need.other_meter))
        .bind(entered_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Adds what somebody of the staff says of a report, after what was said before.
///
/// # Errors
/// What the database reports; there is no such need.
pub async fn add_review(
    db: &mut AnyConnection,
    need: &str,
    proven: bool,
    staff: &str,
    note: &str,
    at: i64,
) -> Result<()> {
    let sql = "insert into dire_need_review (need, place, proven, staff, note, at) \
               select $1, coalesce(max(place), 0) + 1, $2, $3, $4, $5 from dire_need_review where need = $1";
    sqlx::query(sql)
        .bind(need.to_owned())
        .bind(i64::from(proven))
        .bind(staff.to_owned())
        .bind(note.to_owned())
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<NeedRecord> {
    let (told_on, until): (String, Option<String>) = (row.try_get("told_on")?, row.try_get("until_on")?);
    let (other_meter, proven): (i64, Option<i64>) = (row.try_get("other_meter")?, row.try_get("proven")?);
    Ok(NeedRecord {
        id: row.try_get("id")?,
        account: AccountId(row.try_get("account")?),
        kind: value(row.try_get("kind")?, "kind of a need")?,
        told_on: day(&told_on)?.0,
        words: row.try_get("words")?,
        proof: row.try_get("proof")?,
        until: until.map(|until| day(&until)).transpose()?.map(|day| day.0),
        dues_at_entry: row.try_get("dues_at_entry")?,
        other_meter: other_meter > 0,
        proven: proven.map(|proven| proven > 0),
    })
}
