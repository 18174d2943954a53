//! What happened to complaints. Added, never changed.

use api::accounts::ComplaintId;
use api::complaint_steps::{StepBy, StepKind};
use sqlx::AnyConnection;

use super::Result;
use super::complaints::RequestRecord;
use super::text::{document, document_text, value, word};

/// A step as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRecord {
    /// From 1.
    pub number: i64,
    /// When.
    pub at: i64,
    /// The holder, or a name of the staff.
    pub actor: String,
    /// As what.
    pub by: StepBy,
    /// What it is.
    pub what: StepKind,
    /// Words of who took it.
    pub note: String,
}

/// The steps of a complaint, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn steps(db: &mut AnyConnection, complaint: &ComplaintId) -> Result<Vec<StepRecord>> {
    let sql = "select number, at, actor, taken_by, what, note from complaint_step where complaint = $1 \
               order by number";
    let rows: Vec<(i64, i64, String, String, String, String)> =
        sqlx::query_as(sql).bind(complaint.0.clone()).fetch_all(db).await?;
    rows.into_iter()
        .map(|(number, at, actor, by, what, note)| {
            let by = value(by, "side of a step")?;
            Ok(StepRecord { number, at, actor, by, what: document(&what, "step of a complaint")?, note })
        })
        .collect()
}

/// Adds a step; false if there is one of that number.
///
/// # Errors
/// What the database reports.
pub async fn add_step(
    db: &mut AnyConnection,
    complaint: &ComplaintId,
    request: &RequestRecord,
    step: &StepRecord,
) -> Result<bool> {
    let sql = "insert into complaint_step \
               (complaint, number, at, actor, taken_by, request_id, request_sha256, kind, what, note) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
    let done = sqlx::query(sql)
        .bind(complaint.0.clone())
        .bind(step.number)
        .bind(step.at)
        .bind(step.actor.clone())
        .bind(word(&step.by))
        .bind(request.id.clone())
        .bind(request.sha256.clone())
        .bind(step.what.kind())
        .bind(document_text(&step.what))
        .bind(step.note.clone())
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The hash of the request of that name by which `actor` took a step.
///
/// # Errors
/// What the database reports.
pub async fn find_step_request(
    db: &mut AnyConnection,
    complaint: &ComplaintId,
    actor: &str,
    request_id: &str,
) -> Result<Option<String>> {
    let sql = "select request_sha256 from complaint_step \
               where complaint = $1 and request_id = $2 and actor = $3 order by number limit 1";
    let row: Option<(String,)> = sqlx::query_as(sql)
        .bind(complaint.0.clone())
        .bind(request_id.to_owned())
        .bind(actor.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|(sha256,)| sha256))
}
