//! A customer's own readings.

use api::accounts::{Quality, ServicePointId};
use api::own_readings::{OwnReading, OwnReadings, PostOwnReading};
use api::problem::ApiError;
use axum::extract::State;
use sqlx::AnyConnection;

use super::path::PathParts;
use crate::actions::take_own_reading::{take_own_reading, today, window};
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;
use crate::store::accounts::{self, AccountRecord, PointRecord};
use crate::store::{own_readings, readings};

const NEWEST: i64 = 50;

/// Takes a reading.
pub async fn post_own_reading(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    Json(post): Json<PostOwnReading>,
) -> Result<axum::Json<OwnReading>> {
    let point = own_point(&mut *app.store.read().await?, &account, &path).await?;
    Ok(axum::Json(take_own_reading(&app.store, app.clock.now(), &point, &post).await?))
}

/// All readings by the customer, and whether one is taken now.
pub async fn get_own_readings(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<axum::Json<OwnReadings>> {
    let mut db = app.store.read().await?;
    let point = own_point(&mut db, &account, &path).await?;
    let today = today(app.clock.now(), &point)?;
    let window = window(today)?;
    Ok(axum::Json(OwnReadings {
        opens_on: window.from,
        closes_on: window.to,
        open: (window.first()..=window.last()).contains(&today),
        last_actual: readings::newest_of(&mut db, &point.meter.number, Some(Quality::Actual), 1).await?.pop(),
        readings: own_readings::newest(&mut db, &point.id, NEWEST).await?,
    }))
}

/// The service point of the path, if it is the account's.
pub async fn own_point(
    db: &mut AnyConnection,
    account: &AccountRecord,
    path: &PathParts,
) -> Result<PointRecord> {
    let id = ServicePointId(path.get("service_point"));
    let point = accounts::find_point(db, &id).await?;
    let own = point.filter(|point| point.account == account.summary.id);
    Ok(own.ok_or(ApiError::NotFound)?)
}
