//! Hafez: what an account's months earned; joining and leaving.

use api::hafez::{Hafez, PostHafez};
use axum::extract::State;

use crate::actions::hafez::{hafez_of, take_step};
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;

/// The account's Hafez.
pub async fn get_hafez(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<Hafez>> {
    let mut db = app.store.read().await?;
    Ok(axum::Json(hafez_of(&mut db, &account, app.clock.now()).await?))
}

/// Joins or leaves.
pub async fn post_hafez(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostHafez>,
) -> Result<axum::Json<Hafez>> {
    Ok(axum::Json(take_step(&app.store, app.clock.now(), &account, post.step).await?))
}
