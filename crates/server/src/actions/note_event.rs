//! Keeps what a customer says to an event of the meter: a dispute of tampering, or what they know of a theft (MET-3).

use api::meter_events::{EventNote, PostEventNote};
use api::problem::ApiError;

use super::report_fault::{A_DAY, DAY_S, check_request, check_words};
use crate::error::Result;
use crate::store::accounts::PointRecord;
use crate::store::{Store, meter_events, own_readings};

/// Keeps a note. The same request again gives the same reply.
///
/// # Errors
/// [`ApiError::ValueInvalid`], at `/event` if the service point has no such event or it cannot be disputed;
/// [`ApiError::RepeatConflict`], [`ApiError::TooManyRequests`] after twenty in a day; what the record reports.
pub async fn note_event(
    store: &Store,
    now: i64,
    point: &PointRecord,
    post: &PostEventNote,
) -> Result<EventNote> {
    let invalid = |field: &str| ApiError::ValueInvalid { field: field.to_owned() };
    check_request(&post.request_id)?;
    let text = check_words(&post.text)?;
    if text.is_empty() {
        return Err(invalid("/text").into());
    }
    let mut record = store.begin().await?;
    own_readings::lock(&mut record, &point.meter.number).await?;
    if let Some((event, note)) = meter_events::find_note(&mut record, &point.id, &post.request_id).await? {
        let same = event == post.event && note.text == text;
        return if same { Ok(note) } else { Err(ApiError::RepeatConflict.into()) };
    }
    let event = meter_events::find(&mut record, &point.id, &post.event).await?;
    if !event.is_some_and(|event| event.what.is_disputable()) {
        return Err(invalid("/event").into());
    }
    if meter_events::count_notes_since(&mut record, &point.id, now - i64::from(DAY_S)).await? >= A_DAY {
        return Err(ApiError::TooManyRequests { wait_seconds: DAY_S }.into());
    }
    let note = EventNote { at: now, text: text.to_owned() };
    meter_events::add_note(&mut record, &point.id, &post.request_id, &post.event, &note).await?;
    record.commit().await?;
    Ok(note)
}
