//! What was expected of periods, beside what came of them.

use api::projections::Projections;
use axum::Json;
use axum::extract::State;

use super::own_readings::own_point;
use super::path::PathParts;
use crate::actions::keep_projection::kept_projections;
use crate::actions::take_own_reading::today;
use crate::auth::HolderAccount;
use crate::error::Result;
use crate::state::AppState;

/// The projections of a service point that the record holds.
pub async fn get_projections(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Json<Projections>> {
    let mut db = app.store.read().await?;
    let point = own_point(&mut db, &account, &path).await?;
    let today = today(app.clock.now(), &point)?;
    Ok(Json(kept_projections(&mut db, &point, account.summary.currency, today).await?))
}
