//! Prepaid supply: the credit, and the way to it and back.

use api::prepaid::{PostPrepaidSwitch, Prepaid, SwitchRequest};
use axum::extract::State;

use super::own_readings::own_point;
use super::path::PathParts;
use crate::actions::prepaid::{ask_switch, prepaid_of};
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;

/// How the account's electricity is paid for.
pub async fn get_prepaid(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<Prepaid>> {
    let mut db = app.store.read().await?;
    Ok(axum::Json(prepaid_of(&mut db, &account, app.clock.now()).await?))
}

/// Asks for the other way of paying.
pub async fn post_prepaid_switch(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    Json(post): Json<PostPrepaidSwitch>,
) -> Result<axum::Json<SwitchRequest>> {
    let point = own_point(&mut *app.store.read().await?, &account, &path).await?;
    Ok(axum::Json(ask_switch(&app.store, app.clock.now(), &account, &point, &post).await?))
}
