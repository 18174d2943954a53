//! The staff's own routes: each asks for the key and what it allows.

use api::accounts::ComplaintId;
use api::complaints::Complaint;
use api::problem::ApiError;
use api::staff::{OpenComplaints, PostNeedReview, PostStaffStep, StaffNeed};
use axum::Json as Reply;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::path::PathParts;
use crate::actions::dire_need::{review, waiting_needs};
use crate::actions::handle_complaint::{handle_complaint, open_complaints, staff_complaint};
use crate::auth::Staff;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;
use crate::store::photos;

/// The complaints that are not ended.
pub async fn get_open_complaints(State(app): State<AppState>, _: Staff) -> Result<Reply<OpenComplaints>> {
    let mut db = app.store.read().await?;
    Ok(Reply(open_complaints(&mut db, app.clock.now()).await?))
}

/// One complaint.
pub async fn get_complaint(
    State(app): State<AppState>,
    _: Staff,
    path: PathParts,
) -> Result<Reply<Complaint>> {
    let mut db = app.store.read().await?;
    Ok(Reply(staff_complaint(&mut db, &which(&path), app.clock.now()).await?))
}

/// Takes a step.
pub async fn post_step(
    State(app): State<AppState>,
    staff: Staff,
    path: PathParts,
    Json(post): Json<PostStaffStep>,
) -> Result<Reply<Complaint>> {
    let taken = (&which(&path), &post);
    Ok(Reply(handle_complaint(&app.store, app.clock.now(), &staff, taken).await?))
}

/// A photo of a complaint, or a hospital's report, as JPEG.
pub async fn get_photo(State(app): State<AppState>, staff: Staff, path: PathParts) -> Result<Response> {
    staff.needs_officer()?;
    let jpeg = photos::find_of_case(&mut *app.store.read().await?, &path.get("photo")).await?;
    let kind = HeaderValue::from_static("image/jpeg");
    Ok(([(header::CONTENT_TYPE, kind)], jpeg.ok_or(ApiError::NotFound)?).into_response())
}

/// The reports that nobody has looked at.
pub async fn get_waiting_needs(State(app): State<AppState>, staff: Staff) -> Result<Reply<Vec<StaffNeed>>> {
    staff.needs_officer()?;
    let mut db = app.store.read().await?;
    Ok(Reply(waiting_needs(&mut db, app.clock.now()).await?))
}

/// Says whether a report proves a need.
pub async fn post_review(
    State(app): State<AppState>,
    staff: Staff,
    path: PathParts,
    Json(post): Json<PostNeedReview>,
) -> Result<Reply<StaffNeed>> {
    let need = path.get("need");
    Ok(Reply(review(&app.store, app.clock.now(), &staff, (&need, &post)).await?))
}

fn which(path: &PathParts) -> ComplaintId {
    ComplaintId(path.get("complaint"))
}
