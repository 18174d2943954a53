//! What a head-end asks for and hands over.

use api::commands::{Commands, PostAcknowledgement};
use api::meter_events::MeterEventsTaken;
use api::readings::{MeterProgress, Meters, ReadingsTaken};
use axum::extract::State;

use super::meters::cuts;
use crate::actions::send_command::acknowledge;
use crate::actions::take_meter_events::take_meter_events;
use crate::actions::take_readings::{reports_by_itself, take_readings};
use crate::auth::HeadEnd;
use crate::body::{Json, JsonBody, parse_batch};
use crate::error::Result;
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::{commands, head_ends, intervals};

const MOST_COMMANDS: i64 = 1_000;

/// Takes interval readings.
pub async fn post_readings(
    State(app): State<AppState>,
    head_end: HeadEnd,
    JsonBody(body): JsonBody,
) -> Result<axum::Json<ReadingsTaken>> {
    let items = parse_batch(&body, "readings")?;
    Ok(axum::Json(take_readings(&app, &head_end, &items).await?))
}

/// Takes events.
pub async fn post_meter_events(
    State(app): State<AppState>,
    head_end: HeadEnd,
    JsonBody(body): JsonBody,
) -> Result<axum::Json<MeterEventsTaken>> {
    let items = parse_batch(&body, "events")?;
    Ok(axum::Json(take_meter_events(&app, &head_end, &items).await?))
}

/// Hands out the commands that wait.
pub async fn get_commands(State(app): State<AppState>, head_end: HeadEnd) -> Result<axum::Json<Commands>> {
    let mut db = app.store.read().await?;
    let commands = commands::waiting(&mut db, &head_end.name, MOST_COMMANDS).await?;
    Ok(axum::Json(Commands { commands }))
}

/// Takes the head-end's word on a command.
pub async fn post_acknowledgement(
    State(app): State<AppState>,
    head_end: HeadEnd,
    Json(post): Json<PostAcknowledgement>,
) -> Result<axum::Json<()>> {
    Ok(axum::Json(acknowledge(&app.store, app.clock.now(), &head_end, &post).await?))
}

/// Says which meters report to this head-end, and how far they have.
pub async fn get_meters(State(app): State<AppState>, head_end: HeadEnd) -> Result<axum::Json<Meters>> {
    let mut db = app.store.read().await?;
    let mut meters = Vec::new();
    let points = accounts::digital_points(&mut db).await?;
    let ids: Vec<_> = points.iter().map(|point| point.id.clone()).collect();
    let reporting = head_ends::reporting(&mut db, &ids).await?;
    let foreign = |point: &PointRecord| {
        let own = reporting.get(&point.id).and_then(|reporting| reporting.head_end.as_ref());
        own.is_some_and(|own| *own != head_end.name)
    };
    for point in points.into_iter().filter(|point| reports_by_itself(point) && !foreign(point)) {
        let newest = intervals::newest(&mut db, &point.id).await?;
        let is_cut = !cuts(&mut db, &point).await?.is_empty();
        meters.push(MeterProgress {
            account: point.account,
            service_point: point.id,
            reported_to: newest.map(|newest| newest.interval.end()),
            is_cut,
        });
    }
    Ok(axum::Json(Meters { now: app.clock.now(), meters }))
}
