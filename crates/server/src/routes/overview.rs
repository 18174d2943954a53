//! All that the Overview shows, in one reply.

use api::accounts::{Overview, ServicePoint};
use axum::Json;
use axum::extract::State;
use billing::money::Money;
use billing::period::Day;
use time::Date;

use super::live::newest_reading;
use crate::actions::daily_use::DailyUse;
use crate::actions::take_readings::reports_by_itself;
use crate::auth::HolderAccount;
use crate::calendar::{date_of, day_number};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::bills;
use crate::store::overview::{self, PointNow};

const NEWEST_BILLS: i64 = 6;

/// Answers with the account's Overview.
pub async fn get_overview(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<Json<Overview>> {
    let now = app.clock.now();
    let last = day_number(now, account.utc_offset_s);
    let today = today(now, account.utc_offset_s)?;
    let mut db = app.store.read().await?;
    let summary = account.summary.clone();
    let points = overview::points(&mut db, &account, DailyUse::first_day(last)).await?;
    let sums = overview::sums(&mut db, &account).await?;
    let bills = bills::newest(&mut db, &summary.id, today, NEWEST_BILLS).await?;
    Ok(Json(Overview {
        now,
        utc_offset_seconds: i32::try_from(account.utc_offset_s)
            .map_err(|_| Error::Bug("an offset beyond a day"))?,
        due: Money::from_minor(i128::from(sums.due), summary.currency).to_string(),
        bills,
        service_points: points.into_iter().map(|point| service_point(point, now)).collect::<Result<_>>()?,
        unseen: sums.unseen,
        waiting: sums.waiting,
        account: summary,
    }))
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
