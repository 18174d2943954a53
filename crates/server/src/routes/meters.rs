//! What is known of a meter.

use api::accounts::Country;
use api::meter_events::{MeterEvent, MeterHappening};
use api::meters::{MeterExchange, MeterPage, MeterState};
use axum::Json;
use axum::extract::State;
use billing::metering::meter_test::{MeterKind, MeterTestAnswer, MeterTestRequest, meter_test};
use billing::period::Day;
use sqlx::AnyConnection;
use words::codes::finding_message;

use super::own_readings::own_point;
use super::path::PathParts;
use crate::actions::take_own_reading::today;
use crate::actions::take_readings::reports_by_itself;
use crate::auth::HolderAccount;
use crate::calendar::{civil_day, date_of, day_number};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::meter_exchanges::{self, ExchangeRecord};
use crate::store::{faults, intervals, meter_events, meter_tests, readings};

const NEWEST_READINGS: i64 = 24;
const NEWEST_EVENTS: i64 = 50;
const NEWEST_FAULTS: i64 = 20;
/// A meter that has not reported for longer is silent.
const SILENT_AFTER_S: i64 = 3_600;

/// Answers with all that is known.
pub async fn get_meter_page(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Json<MeterPage>> {
    let now = app.clock.now();
    let mut db = app.store.read().await?;
    let point = own_point(&mut db, &account, &path).await?;
    let fitted_at = accounts::fitted_at(&mut db, &point.meter.number).await?;
    let fitted_on =
        Day(date_of(day_number(fitted_at, point.utc_offset_s)).ok_or(Error::Bug("a meter's day"))?);
    let tests = meter_tests::of_meter(&mut db, &point.meter.number).await?;
    let last_test = tests.first().map_or(fitted_on, |test| test.on.max(fitted_on));
    let next = next_test(&point, account.summary.country, last_test, Day(today(now, &point)?))?;
    Ok(Json(MeterPage {
        now,
        state: state(&mut db, &point, now).await?,
        exchanges: exchanges(&mut db, &point).await?,
        readings: readings::newest_of(&mut db, &point.meter.number, None, NEWEST_READINGS).await?,
        tests,
        next_test: next.as_ref().and_then(|next| next.next_test),
        findings: next.map(|next| next.findings).unwrap_or_default(),
        events: meter_events::newest(&mut db, &point.id, NEWEST_EVENTS).await?,
        cuts: cuts(&mut db, &point).await?,
        faults: faults::newest(&mut db, &point.id, NEWEST_FAULTS).await?,
        meter: point.meter,
        unit: point.unit,
        digits: point.digits,
        fitted_on,
    }))
}

/// The meters that served before, newest first.
async fn exchanges(db: &mut AnyConnection, point: &PointRecord) -> Result<Vec<MeterExchange>> {
    let known = meter_exchanges::of_point(db, &point.id).await?;
    let told = |known: ExchangeRecord| {
        Ok(MeterExchange {
            on: Day(civil_day(known.at, point.utc_offset_s)?),
            old: known.taken.meter.number,
            last: known.last,
            new: known.fitted.meter.number,
            first: known.first,
        })
    };
    known.into_iter().rev().map(told).collect()
}

/// BIL-12 holds in Saudi Arabia; no Kuwaiti source names an interval, so none is promised there.
fn next_test(
    point: &PointRecord,
    country: Country,
    last_test: Day,
    on: Day,
) -> Result<Option<MeterTestAnswer>> {
    if country != Country::Sa || on < last_test {
        return Ok(None);
    }
    let kind = match point.meter.kind {
        api::accounts::MeterKind::Digital => MeterKind::Smart,
        api::accounts::MeterKind::Mechanical => MeterKind::Mechanical,
    };
    Ok(Some(meter_test(&MeterTestRequest { last_test, kind, on }, &finding_message)?))
}

async fn state(db: &mut AnyConnection, point: &PointRecord, now: i64) -> Result<MeterState> {
    if !reports_by_itself(point) {
        return Ok(MeterState::ReadByHand);
    }
    let newest = intervals::newest(db, &point.id).await?.map(|newest| newest.interval.end());
    Ok(match newest {
        Some(to) if now - to <= SILENT_AFTER_S => MeterState::Reporting { to },
        since => MeterState::Silent { since },
    })
}

/// What keeps the supply cut: its voltage and a command each end by their own events alone.
pub(super) async fn cuts(db: &mut AnyConnection, point: &PointRecord) -> Result<Vec<MeterEvent>> {
    let mut cuts = Vec::new();
    for kinds in [&MeterHappening::OF_VOLTAGE[..], &MeterHappening::REMOTE] {
        let newest = meter_events::newest_of_kinds(db, &point.id, kinds).await?;
        cuts.extend(newest.filter(|event| event.what.is_cut()));
    }
    Ok(cuts)
}
