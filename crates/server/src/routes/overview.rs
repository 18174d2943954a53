//! All that the Overview shows, in one reply.

use api::accounts::{Overview, ServicePoint};
use api::live::LiveReading;
use axum::Json;
use axum::extract::State;
use billing::period::Day;
use sqlx::AnyConnection;
use time::Date;

use super::live::live_reading;
use crate::actions::daily_use::DailyUse;
use crate::actions::take_readings::reports_by_itself;
use crate::auth::HolderAccount;
use crate::calendar::{date_of, day_number};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts::PointRecord;
use crate::store::{accounts, alerts, bills, intervals, readings, receipts};

const NEWEST_BILLS: i64 = 6;

/// Answers with the account's Overview.
pub async fn get_overview(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<Json<Overview>> {
    let now = app.clock.now();
    let today = today(now, account.utc_offset_s)?;
    let mut db = app.store.read().await?;
    let summary = account.summary.clone();
    let mut service_points = Vec::new();
    for point in accounts::points(&mut db, &summary.id).await? {
        service_points.push(service_point(&mut db, point, now).await?);
    }
    let (unseen, waiting) = alerts::count_waiting(&mut db, &account).await?;
    Ok(Json(Overview {
        now,
        utc_offset_seconds: i32::try_from(account.utc_offset_s)
            .map_err(|_| Error::Bug("an offset beyond a day"))?,
        due: receipts::due(&mut db, &summary.id, summary.currency).await?.to_string(),
        bills: bills::newest(&mut db, &summary.id, today, NEWEST_BILLS).await?,
        service_points,
        unseen,
        waiting,
        account: summary,
    }))
}

/// The civil day of `now`.
pub fn today(now: i64, utc_offset_s: i64) -> Result<Date> {
    date_of(day_number(now, utc_offset_s)).ok_or(Error::Bug("the clock is beyond the calendar"))
}

async fn service_point(db: &mut AnyConnection, point: PointRecord, now: i64) -> Result<ServicePoint> {
    let use_ = DailyUse::load(db, &point, now).await?;
    let last_reading = readings::newest(db, &point.meter.number).await?;
    let live = newest_live(db, &point).await?;
    Ok(ServicePoint {
        id: point.id,
        commodity: point.commodity,
        unit: point.unit,
        tariff: point.tariff,
        breaker_amps: point.breaker_amps,
        meter: point.meter,
        period: use_.period,
        last_reading,
        live,
        daily_from: Day(use_.from),
        daily: use_.daily,
    })
}

async fn newest_live(db: &mut AnyConnection, point: &PointRecord) -> Result<Option<LiveReading>> {
    if !reports_by_itself(point) {
        return Ok(None);
    }
    match intervals::newest(db, &point.id).await? {
        Some(newest) => live_reading(db, point, &newest.interval).await.map(Some),
        None => Ok(None),
    }
}
