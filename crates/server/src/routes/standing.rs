//! Debts: how an account stands, plans, certificates.

use std::net::SocketAddr;

use api::certificates::{Certificate, CheckedCertificate, PostCertificate};
use api::claims::PostClaimPlan;
use api::plans::{Plan, PlanOffer, PostPlan};
use api::problem::ApiError;
use api::standing::Standing;
use axum::extract::{ConnectInfo, State};

use super::false_codes::counted;
use super::path::{PathParts, QueryParts};
use super::qr::{Picture, check_picture};
use crate::actions::certificates::{check, issue};
use crate::actions::claims::pay_in_parts;
use crate::actions::plans::{agree, offer};
use crate::actions::standing::standing_of;
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;

/// How the account and its holder stand.
pub async fn get_standing(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<Standing>> {
    let mut db = app.store.read().await?;
    Ok(axum::Json(standing_of(&mut db, &account, app.clock.now()).await?))
}

/// A plan over some months, to be read before it is agreed.
pub async fn get_plan_offer(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    query: QueryParts,
) -> Result<axum::Json<PlanOffer>> {
    let months = query.get("months")?.parse();
    let months = months.map_err(|_| ApiError::ValueInvalid { field: "months".to_owned() })?;
    let mut db = app.store.read().await?;
    Ok(axum::Json(offer(&mut db, &account, app.clock.now(), months).await?))
}

/// Agrees on a plan.
pub async fn post_plan(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostPlan>,
) -> Result<axum::Json<Plan>> {
    Ok(axum::Json(agree(&app.store, app.clock.now(), &account, &post).await?))
}

/// Chooses to pay a claim in parts.
pub async fn post_claim_plan(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostClaimPlan>,
) -> Result<axum::Json<Standing>> {
    let now = app.clock.now();
    pay_in_parts(&app.store, now, &account, &post).await?;
    Ok(axum::Json(standing_of(&mut *app.store.read().await?, &account, now).await?))
}

/// Issues a certificate.
pub async fn post_certificate(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostCertificate>,
) -> Result<axum::Json<Certificate>> {
    Ok(axum::Json(issue(&app.store, app.clock.now(), &account, &post).await?))
}

/// What a certificate says, for anybody who has its code.
pub async fn get_certificate(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    path: PathParts,
) -> Result<axum::Json<CheckedCertificate>> {
    let checked = check(&mut *app.store.read().await?, &path.get("code")).await;
    Ok(axum::Json(counted(&app, caller, checked)?))
}

/// The address of a certificate's check, for its paper.
pub async fn get_certificate_qr(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    path: PathParts,
) -> Result<Picture> {
    let code = path.get("code");
    let checked = check(&mut *app.store.read().await?, &code).await;
    check_picture(&app, caller, &code, checked)
}
