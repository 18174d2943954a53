//! Takes interval readings from a head-end.

use std::collections::BTreeMap;

use api::accounts::{Commodity, MeterKind, Quality, ServicePointId};
use api::problem::ApiError;
use api::readings::{IntervalReading, ReadingsKept};
use billing::number::Number;

use crate::error::Result;
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::intervals::{self, Interval, Origin};

/// Readings of one request.
const MOST_READINGS: usize = 1_000;

/// Takes readings, all or none. Taking the same again changes nothing.
///
/// # Errors
/// [`ApiError::ValueInvalid`] at the first reading of no digital electricity meter (MET-6), of no length, or below zero.
pub async fn take_readings(app: &AppState, readings: &[IntervalReading]) -> Result<ReadingsKept> {
    if readings.len() > MOST_READINGS {
        return Err(wrong("/readings".into()).into());
    }
    let mut by_point: BTreeMap<ServicePointId, Vec<Interval>> = BTreeMap::new();
    let mut first_of: BTreeMap<ServicePointId, usize> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate() {
        first_of.entry(reading.service_point.clone()).or_insert(at);
        by_point.entry(reading.service_point.clone()).or_default().push(check(at, reading)?);
    }
    let mut record = app.store.begin().await?;
    let mut kept = ReadingsKept::default();
    let mut accounts_told = Vec::new();
    for (id, intervals) in &by_point {
        let point = accounts::find_point(&mut record, id).await?.filter(reports_by_itself);
        let unknown = || wrong(format!("/readings/{}/service_point", first_of.get(id).unwrap_or(&0)));
        let point = point.ok_or_else(unknown)?;
        let part = intervals::add(&mut record, id, point.utc_offset_s, intervals, Origin::HeadEnd).await?;
        kept = sum(kept, part);
        accounts_told.push(point.account);
    }
    record.commit().await?;
    accounts_told.iter().for_each(|account| app.hub.tell(account));
    Ok(kept)
}

/// MET-6: only a digital electricity meter speaks by itself.
#[must_use]
pub fn reports_by_itself(point: &PointRecord) -> bool {
    point.meter.kind == MeterKind::Digital && point.commodity == Commodity::Electricity
}

fn check(at: usize, reading: &IntervalReading) -> Result<Interval, ApiError> {
    let field = |name: &str| wrong(format!("/readings/{at}/{name}"));
    if reading.seconds == 0 {
        return Err(field("seconds"));
    }
    if reading.usage < Number::ZERO {
        return Err(field("usage"));
    }
    if !(0..=LAST_INSTANT).contains(&reading.start) {
        return Err(field("start"));
    }
    let usage = reading.usage.millionths();
    Ok(Interval { start: reading.start, seconds: reading.seconds, usage, quality: Quality::Actual })
}

/// 9999-12-31T00:00:00Z: beyond it the calendar ends.
const LAST_INSTANT: i64 = 253_402_214_400;

fn wrong(field: String) -> ApiError {
    ApiError::ValueInvalid { field }
}

fn sum(a: ReadingsKept, b: ReadingsKept) -> ReadingsKept {
    ReadingsKept {
        added: a.added + b.added,
        repeated: a.repeated + b.repeated,
        conflicting: a.conflicting + b.conflicting,
    }
}
