//! Issued bills.

use api::accounts::BillId;
use api::bills::{Bill, Bills};
use api::problem::ApiError;
use axum::Json;
use axum::extract::State;

use super::path::PathParts;
use crate::actions::bill_disputes::bill_disputes;
use crate::auth::HolderAccount;
use crate::error::Result;
use crate::routes::overview::today;
use crate::state::AppState;
use crate::store::{bills, claims};

/// More than a century of bills.
const ALL: i64 = 1_300;

/// All bills of an account, newest first.
pub async fn get_bills(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<Json<Bills>> {
    let today = today(app.clock.now(), account.utc_offset_s)?;
    let mut db = app.store.read().await?;
    let bills = bills::newest(&mut db, &account.summary.id, today, ALL).await?;
    let disputes = bill_disputes(&mut db, &account).await?;
    let in_parts = claims::bills_in_parts(&mut db, &account.summary.id).await?;
    Ok(Json(Bills { bills, disputes, in_parts }))
}

/// One bill with its lines and working.
pub async fn get_bill(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Json<Bill>> {
    let today = today(app.clock.now(), account.utc_offset_s)?;
    let id = BillId(path.get("bill"));
    let mut db = app.store.read().await?;
    let mut bill = bills::find(&mut db, &account.summary, &id, today).await?.ok_or(ApiError::NotFound)?;
    bill.dispute = bill_disputes(&mut db, &account).await?.into_iter().find(|dispute| dispute.bill == id);
    let in_parts = claims::bills_in_parts(&mut db, &account.summary.id).await?;
    bill.in_parts = in_parts.into_iter().find(|parts| parts.bill == id);
    Ok(Json(bill))
}
