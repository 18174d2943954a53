//! All that the Overview shows, in one reply.

use api::accounts::{Overview, ServicePoint};
use api::live::LiveReading;
use axum::Json;
use axum::extract::State;
use billing::number::Number;
use billing::period::Day;
use sqlx::AnyConnection;
use time::Date;

use super::live::live_reading;
use crate::actions::issue_bill::day_of_issue;
use crate::actions::take_readings::reports_by_itself;
use crate::auth::HolderAccount;
use crate::calendar::{date_of, day_number, period_of};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts::PointRecord;
use crate::store::{accounts, bills, intervals, readings, receipts, spans};

const NEWEST_BILLS: i64 = 6;
/// Days of `daily`: two years, and some to compare their first days with.
const MOST_DAYS: i64 = 800;

/// Answers with the account's Overview.
pub async fn get_overview(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<Json<Overview>> {
    let now = app.clock.now();
    let today = today(now, account.utc_offset_s)?;
    let mut db = app.store.read().await?;
    let summary = account.summary;
    let mut service_points = Vec::new();
    for point in accounts::points(&mut db, &summary.id).await? {
        service_points.push(service_point(&mut db, point, now).await?);
    }
    Ok(Json(Overview {
        now,
        utc_offset_seconds: i32::try_from(account.utc_offset_s)
            .map_err(|_| Error::Bug("an offset beyond a day"))?,
        due: receipts::due(&mut db, &summary.id, summary.currency).await?.to_string(),
        bills: bills::newest(&mut db, &summary.id, today, NEWEST_BILLS).await?,
        service_points,
        account: summary,
    }))
}

/// The civil day of `now`.
pub fn today(now: i64, utc_offset_s: i64) -> Result<Date> {
    date_of(day_number(now, utc_offset_s)).ok_or(Error::Bug("the clock is beyond the calendar"))
}

async fn service_point(db: &mut AnyConnection, point: PointRecord, now: i64) -> Result<ServicePoint> {
    let today = today(now, point.utc_offset_s)?;
    let (daily_from, daily) = daily(db, &point, now).await?;
    let last_reading = readings::newest(db, &point.meter.number).await?;
    let live = newest_live(db, &point).await?;
    Ok(ServicePoint {
        id: point.id,
        commodity: point.commodity,
        unit: point.unit,
        tariff: point.tariff,
        breaker_amps: point.breaker_amps,
        meter: point.meter,
        period: period_of(today, day_of_issue()?),
        last_reading,
        live,
        daily_from,
        daily,
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

/// The use of each day from the first that was measured, at most [`MOST_DAYS`], to today.
async fn daily(db: &mut AnyConnection, point: &PointRecord, now: i64) -> Result<(Day, Vec<Option<Number>>)> {
    let last = day_number(now, point.utc_offset_s);
    let measured = spans::days(db, &point.id, last - MOST_DAYS + 1, last).await?;
    let first = measured.first().map_or(last, |day| day.number);
    let mut measured = measured.into_iter().peekable();
    let daily = (first..=last)
        .map(|number| {
            measured.next_if(|day| day.number == number).map(|day| Number::from_millionths(day.usage))
        })
        .collect();
    let from = date_of(first).ok_or(Error::Bug("a day beyond the calendar"))?;
    Ok((Day(from), daily))
}
