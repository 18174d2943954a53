//! All that the Overview shows, in one reply.

use api::accounts::{Overview, ServicePoint};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use billing::money::Money;
use billing::period::Day;
use time::Date;

use super::live::newest_reading;
use crate::actions::daily_use::DailyUse;
use crate::actions::take_readings::reports_by_itself;
use crate::auth;
use crate::calendar::{date_of, day_number};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts::{AccountRecord, Asked};
use crate::store::overview::{self, Known, PointNow};

/// Room for an Overview with a year of days of two service points.
const BYTES: usize = 16 << 10;

/// Answers with the account's Overview. Who asks is found in the same look at the record.
pub async fn get_overview(State(app): State<AppState>, asked: Asked) -> Result<impl IntoResponse> {
    let found = overview::find_in_session(&mut *app.store.read().await?, &asked, DailyUse::MOST_DAYS).await?;
    let Known { account: AccountRecord { summary, utc_offset_s, .. }, due, unseen, waiting, bills, points } =
        auth::own(found)?;
    let points = points.into_iter().map(|point| service_point(point, asked.now));
    let overview = Overview {
        now: asked.now,
        utc_offset_seconds: i32::try_from(utc_offset_s).map_err(|_| Error::Bug("an offset beyond a day"))?,
        due: Money::from_minor(i128::from(due), summary.currency).to_string(),
        bills,
        service_points: points.collect::<Result<_>>()?,
        unseen,
        waiting,
        account: summary,
    };
    // A short text that grows by itself is copied seven times on its way to a year of days.
    let mut body = Vec::with_capacity(BYTES);
    serde_json::to_writer(&mut body, &overview).map_err(|_| Error::Bug("an Overview that is no JSON"))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body))
}

/// The civil day of `now`.
pub fn today(now: i64, utc_offset_s: i64) -> Result<Date> {
    date_of(day_number(now, utc_offset_s)).ok_or(Error::Bug("the clock is beyond the calendar"))
}

fn service_point(known: PointNow, now: i64) -> Result<ServicePoint> {
    let PointNow { point, reading, interval, days } = known;
    let use_ = DailyUse::of(&days, &point, now)?;
    let interval = interval.filter(|_| reports_by_itself(&point));
    let live = interval.map(|interval| newest_reading(&point, &interval, &days)).transpose()?;
    Ok(ServicePoint {
        id: point.id,
        commodity: point.commodity,
        unit: point.unit,
        tariff: point.tariff,
        breaker_amps: point.breaker_amps,
        meter: point.meter,
        period: use_.period,
        last_reading: reading,
        live,
        daily_from: Day(use_.from),
        daily: use_.daily,
    })
}
