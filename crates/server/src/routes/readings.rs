//! What a head-end asks for and hands over.

use api::readings::{MeterProgress, Meters, PostReadings, ReadingsKept};
use axum::extract::State;

use crate::actions::take_readings::{reports_by_itself, take_readings};
use crate::auth::HeadEnd;
use crate::body::Json;
use crate::error::Result;
use crate::state::AppState;
use crate::store::{accounts, intervals};

/// Takes interval readings.
pub async fn post_readings(
    State(app): State<AppState>,
    _: HeadEnd,
    Json(post): Json<PostReadings>,
) -> Result<axum::Json<ReadingsKept>> {
    Ok(axum::Json(take_readings(&app, &post.readings).await?))
}

/// Says which meters report, and how far they have.
pub async fn get_meters(State(app): State<AppState>, _: HeadEnd) -> Result<axum::Json<Meters>> {
    let mut db = app.store.read().await?;
    let mut meters = Vec::new();
    for point in accounts::digital_points(&mut db).await?.into_iter().filter(reports_by_itself) {
        let newest = intervals::newest(&mut db, &point.id).await?;
        meters.push(MeterProgress {
            account: point.account,
            service_point: point.id,
            reported_to: newest.map(|newest| newest.interval.end()),
        });
    }
    Ok(axum::Json(Meters { now: app.clock.now(), meters }))
}
