//! Issued bills.

use api::accounts::BillId;
use api::bills::{Bill, BillSummary};
use api::problem::ApiError;
use axum::Json;
use axum::extract::State;

use super::path::PathParts;
use crate::auth::HolderAccount;
use crate::error::Result;
use crate::routes::overview::today;
use crate::state::AppState;
use crate::store::bills;

/// More than a century of bills.
const ALL: i64 = 1_300;

/// All bills of an account, newest first.
pub async fn get_bills(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<Json<Vec<BillSummary>>> {
    let today = today(app.clock.now(), account.utc_offset_s)?;
    Ok(Json(bills::newest(&mut *app.store.read().await?, &account.summary.id, today, ALL).await?))
}

/// One bill with its lines and working.
pub async fn get_bill(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Json<Bill>> {
    let today = today(app.clock.now(), account.utc_offset_s)?;
    let id = BillId(path.get("bill"));
    let bill = bills::find(&mut *app.store.read().await?, &account.summary, &id, today).await?;
    Ok(Json(bill.ok_or(ApiError::NotFound)?))
}
