//! Refunds: how the customer wants them.

use api::refunds::{PostRefundWay, Refund};
use axum::extract::State;

use super::path::PathParts;
use crate::actions::choose_refund::choose_refund_way;
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;

/// Notes the way to a refund.
pub async fn post_refund_way(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    Json(post): Json<PostRefundWay>,
) -> Result<axum::Json<Refund>> {
    Ok(axum::Json(choose_refund_way(&app, &account, &path.get("refund"), &post).await?))
}
