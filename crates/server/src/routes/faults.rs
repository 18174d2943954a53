//! What a customer says of a meter: a fault, or something to an event of it.

use api::faults::{FaultReport, PostFault};
use api::meter_events::{EventNote, PostEventNote};
use axum::extract::State;

use super::own_readings::own_point;
use super::path::PathParts;
use crate::actions::note_event::note_event;
use crate::actions::report_fault::report_fault;
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;

/// Takes a report of a fault.
pub async fn post_fault(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    post: Result<Json<PostFault>>,
) -> Result<axum::Json<FaultReport>> {
    let point = own_point(&mut *app.store.read().await?, &account, &path).await?;
    // A foreign service point is told before a wrong body.
    let Json(post) = post?;
    Ok(axum::Json(report_fault(&app.store, app.clock.now(), &point, &post).await?))
}

/// Takes what the customer says to an event.
pub async fn post_event_note(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    post: Result<Json<PostEventNote>>,
) -> Result<axum::Json<EventNote>> {
    let point = own_point(&mut *app.store.read().await?, &account, &path).await?;
    // A foreign service point is told before a wrong body.
    let Json(post) = post?;
    Ok(axum::Json(note_event(&app.store, app.clock.now(), &point, &post).await?))
}
