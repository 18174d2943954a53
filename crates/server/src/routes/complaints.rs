//! A holder's complaints, and dire need.

use api::accounts::{BillId, ComplaintId, ServicePointId};
use api::complaint_requests::{
    ComplaintPreview, Complaints, PostAppeal, PostComplaint, PostEvidence, PostWithdrawal,
};
use api::complaints::Complaint;
use api::dire_need::{DireNeedPage, PostDireNeed};
use api::problem::ApiError;
use axum::extract::State;
use billing::number::Number;

use super::path::{PathParts, QueryParts};
use crate::actions::dire_need::{needs_of, register};
use crate::actions::file_complaint::{add_evidence, appeal, file_complaint, own_case, withdraw};
use crate::actions::show_complaint::{complaint_of, complaints_of, preview};
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;

/// All complaints of the account.
pub async fn get_complaints(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<Complaints>> {
    let mut db = app.store.read().await?;
    Ok(axum::Json(complaints_of(&mut db, &account, app.clock.now()).await?))
}

/// One complaint.
pub async fn get_complaint(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<axum::Json<Complaint>> {
    let mut db = app.store.read().await?;
    let case = own_case(&mut db, &account, &which(&path)).await?;
    Ok(axum::Json(complaint_of(&mut db, &account, &case, app.clock.now()).await?))
}

/// What would be in dispute if a bill were disputed now.
pub async fn get_complaint_preview(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    query: QueryParts,
) -> Result<axum::Json<ComplaintPreview>> {
    let bill = BillId(query.get("bill")?.to_owned());
    let seen = match (query.get("service_point"), query.get("register")) {
        (Ok(point), Ok(register)) => {
            let wrong = |_| ApiError::ValueInvalid { field: "register".to_owned() };
            Some((ServicePointId(point.to_owned()), Number::parse(register).map_err(wrong)?))
        }
        (Err(_), Err(_)) => None,
        // One without the other says nothing.
        (Err(missing), _) | (_, Err(missing)) => return Err(missing.into()),
    };
    let seen = seen.as_ref().map(|(point, register)| (point, *register));
    let mut db = app.store.read().await?;
    Ok(axum::Json(preview(&mut db, &account, &bill, seen, app.clock.now()).await?))
}

/// Files a complaint.
pub async fn post_complaint(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostComplaint>,
) -> Result<axum::Json<Complaint>> {
    Ok(axum::Json(file_complaint(&app.store, app.clock.now(), &account, &post).await?))
}

/// Adds a text or photos.
pub async fn post_evidence(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    Json(post): Json<PostEvidence>,
) -> Result<axum::Json<Complaint>> {
    let taken = (&which(&path), &post);
    Ok(axum::Json(add_evidence(&app.store, app.clock.now(), &account, taken).await?))
}

/// Goes on to the regulator or the ministry.
pub async fn post_appeal(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    Json(post): Json<PostAppeal>,
) -> Result<axum::Json<Complaint>> {
    let taken = (&which(&path), &post);
    Ok(axum::Json(appeal(&app.store, app.clock.now(), &account, taken).await?))
}

/// Takes a complaint back.
pub async fn post_withdrawal(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    Json(post): Json<PostWithdrawal>,
) -> Result<axum::Json<Complaint>> {
    let taken = (&which(&path), &post);
    Ok(axum::Json(withdraw(&app.store, app.clock.now(), &account, taken).await?))
}

/// The needs that the account has registered.
pub async fn get_dire_need(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<DireNeedPage>> {
    let mut db = app.store.read().await?;
    Ok(axum::Json(needs_of(&mut db, &account, app.clock.now()).await?))
}

/// Registers a need.
pub async fn post_dire_need(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostDireNeed>,
) -> Result<axum::Json<DireNeedPage>> {
    Ok(axum::Json(register(&app.store, app.clock.now(), &account, &post).await?))
}

fn which(path: &PathParts) -> ComplaintId {
    ComplaintId(path.get("complaint"))
}
