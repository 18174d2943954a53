//! Takes a customer's report of a fault (MET-5), once.

use api::faults::{FaultReport, PostFault};
use api::meter_events::MOST_NOTE;
use api::problem::ApiError;

use crate::error::Result;
use crate::store::accounts::PointRecord;
use crate::store::{Store, faults, own_readings};

/// Reports and notes that a service point may have in a day.
pub const A_DAY: i64 = 20;
/// A day.
pub const DAY_S: u32 = 86_400;
const LONGEST_REQUEST_ID: usize = 64;

/// Takes a report. The same request again gives the same reply.
///
/// # Errors
/// [`ApiError::ValueInvalid`], [`ApiError::RepeatConflict`], [`ApiError::TooManyRequests`] after twenty in a day; what
/// the record reports.
pub async fn report_fault(
    store: &Store,
    now: i64,
    point: &PointRecord,
    post: &PostFault,
) -> Result<FaultReport> {
    check_request(&post.request_id)?;
    let text = check_words(&post.text)?;
    let mut record = store.begin().await?;
    own_readings::lock(&mut record, &point.meter.number).await?;
    if let Some(known) = faults::find(&mut record, &point.id, &post.request_id).await? {
        let same = known.kind == post.kind && known.text == text;
        return if same { Ok(known) } else { Err(ApiError::RepeatConflict.into()) };
    }
    if faults::count_since(&mut record, &point.id, now - i64::from(DAY_S)).await? >= A_DAY {
        return Err(ApiError::TooManyRequests { wait_seconds: DAY_S }.into());
    }
    let number = faults::take_number(&mut record).await?;
    let report = FaultReport { number: number.to_string(), at: now, kind: post.kind, text: text.to_owned() };
    faults::add(&mut record, &point.id, &post.request_id, number, &report).await?;
    record.commit().await?;
    Ok(report)
}

/// A request's name has 1 to 64 characters.
///
/// # Errors
/// [`ApiError::ValueInvalid`].
pub fn check_request(request_id: &str) -> Result<(), ApiError> {
    if (1..=LONGEST_REQUEST_ID).contains(&request_id.len()) && !request_id.contains('\0') {
        return Ok(());
    }
    Err(ApiError::ValueInvalid { field: "/request_id".into() })
}

/// A customer's words, without the space around them; at most [`MOST_NOTE`] characters.
///
/// # Errors
/// [`ApiError::ValueInvalid`]; also for a zero byte, which PostgreSQL keeps in no text.
pub fn check_words(text: &str) -> Result<&str, ApiError> {
    let text = text.trim();
    if text.chars().count() > MOST_NOTE || text.contains('\0') {
        return Err(ApiError::ValueInvalid { field: "/text".into() });
    }
    Ok(text)
}
