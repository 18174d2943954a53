//! What the customer was told, and wants to hear.

use api::alert_settings::{AlertSettingsNow, PostAlertSettings};
use api::alerts::{Alerts, AlertsSeen, MOST_ALERTS, PostAlertsSeen};
use axum::extract::State;

use crate::actions::choose_alerts::{choose_alerts, see_alerts, settings_now};
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;
use crate::store::alerts;

/// The newest alerts.
pub async fn get_alerts(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<Alerts>> {
    let mut db = app.store.read().await?;
    let most = i64::try_from(MOST_ALERTS).unwrap_or(i64::MAX);
    Ok(axum::Json(Alerts {
        now: app.clock.now(),
        unseen: alerts::count_unseen(&mut db, &account.summary.id).await?,
        alerts: alerts::newest(&mut db, &account.summary.id, most).await?,
    }))
}

/// Marks alerts as seen.
pub async fn post_alerts_seen(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostAlertsSeen>,
) -> Result<axum::Json<AlertsSeen>> {
    let seen = see_alerts(&app.store, app.clock.now(), &account.summary.id, &post.alerts).await?;
    Ok(axum::Json(seen))
}

/// What the customer wants to hear.
pub async fn get_alert_settings(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<AlertSettingsNow>> {
    Ok(axum::Json(settings_now(&mut *app.store.read().await?, &account).await?))
}

/// Keeps what the customer chooses.
pub async fn post_alert_settings(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostAlertSettings>,
) -> Result<axum::Json<AlertSettingsNow>> {
    Ok(axum::Json(choose_alerts(&app.store, app.clock.now(), &account, &post.settings).await?))
}
