//! The registers of a service point, one after the other where meters were exchanged (BIL-3).

use api::accounts::{Quality, Reading};
use api::bills::BilledReadings;
use billing::number::Number;
use billing::period::Period;
use sqlx::AnyConnection;

use super::measure::{consistent, used};
use crate::calendar::{DAY_S, civil_day, midnight};
use crate::error::{Error, Result};
use crate::store::accounts::{self, PointRecord};
use crate::store::{meter_exchanges, readings};

/// The time within a period in which one meter served.
#[derive(Clone, Debug)]
pub(super) struct Leg {
    /// The service point with that meter.
    pub(super) point: PointRecord,
    /// What it showed when it was fitted within the period.
    pub(super) began: Option<Reading>,
    /// What it showed when it was taken away within the period.
    pub(super) ended: Option<Reading>,
}

impl Leg {
    /// Its days; the day of an exchange is one of both meters.
    pub(super) fn days(&self, period: Period) -> Result<Period> {
        let day = |reading: &Reading| civil_day(reading.at, self.point.utc_offset_s);
        let first = self.began.as_ref().map_or(Ok(period.first()), day)?;
        Ok(Period::new(first, self.ended.as_ref().map_or(Ok(period.last()), day)?))
    }
}

/// The meters that served a service point in a period, in order; at least one.
pub(super) async fn legs(
    record: &mut AnyConnection,
    point: &PointRecord,
    period: Period,
) -> Result<Vec<Leg>> {
    let begins = midnight(period.first(), point.utc_offset_s);
    let ends = midnight(period.last(), point.utc_offset_s) + DAY_S;
    let (mut legs, mut began) = (Vec::new(), None);
    for exchange in meter_exchanges::of_point(record, &point.id).await? {
        let point = point.served_by(&exchange.taken);
        if exchange.at >= ends {
            legs.push(Leg { point, began, ended: None });
            return Ok(legs);
        }
        if exchange.at >= begins {
            let shown = |register| Some(Reading { at: exchange.at, register, quality: Quality::Actual });
            legs.push(Leg { point, began, ended: shown(exchange.last) });
            began = shown(exchange.first);
        }
    }
    legs.push(Leg { point: point.clone(), began, ended: None });
    Ok(legs)
}

/// Units of all registers of `readings`, which are of a meter of `point`, present or former.
pub(super) async fn used_in(
    record: &mut AnyConnection,
    point: &PointRecord,
    readings: &BilledReadings,
) -> Result<Number> {
    let point = as_billed(record, point, &readings.meter, readings.multiplier).await?;
    Ok(readings.with_exchanged(used(&point, readings.previous, readings.current)?)?)
}

/// The same readings where their first register showed `previous` when the period began; none where it is another
/// meter's, or showed something else than `billed`.
pub(super) async fn begun_with(
    record: &mut AnyConnection,
    point: &PointRecord,
    mut readings: BilledReadings,
    (meter, billed): (&str, Number),
    previous: Number,
) -> Result<Option<BilledReadings>> {
    let Some(first) = readings.exchanged.first_mut() else {
        let is_next = readings.meter == meter && readings.previous == billed;
        return Ok(is_next.then_some(BilledReadings { previous, ..readings }));
    };
    if first.meter != meter || first.previous != billed {
        return Ok(None);
    }
    let point = as_billed(record, point, meter, first.multiplier).await?;
    first.previous = previous;
    first.usage = used(&point, previous, first.current)?;
    Ok(Some(readings))
}

/// A service point as that meter of its own served it, with the multiplier that was billed.
async fn as_billed(
    record: &mut AnyConnection,
    point: &PointRecord,
    meter: &str,
    multiplier: Number,
) -> Result<PointRecord> {
    let meter = accounts::find_meter(record, meter).await?.ok_or(Error::Bug("a billed meter is missing"))?;
    let mut point = point.served_by(&meter);
    point.meter.multiplier = multiplier;
    Ok(point)
}

/// Use from one reading of a meter to the next.
#[derive(Clone, Debug)]
pub struct ReadSpan {
    /// The service point with that meter.
    pub point: PointRecord,
    /// The reading at its start.
    pub from: Reading,
    /// The reading at its end.
    pub to: Reading,
    /// Units.
    pub usage: Number,
}

/// Use from reading to reading, meter after meter: both ends are real, so nothing is spread over days.
///
/// # Errors
/// What the record reports; the engine's `reading-fell`.
pub async fn read_spans(
    record: &mut AnyConnection,
    point: &PointRecord,
    (from, to): (i64, i64),
) -> Result<Vec<ReadSpan>> {
    let exchanges = meter_exchanges::of_point(record, &point.id).await?;
    let before = exchanges.into_iter().map(|exchange| (point.served_by(&exchange.taken), exchange.at));
    let mut spans = Vec::new();
    for (point, taken_at) in before.chain([(point.clone(), i64::MAX)]).collect::<Vec<_>>() {
        let mut shown = readings::within(record, &point.meter.number, from, to).await?;
        // What was read of the next meter before anybody noted the exchange.
        shown.retain(|reading| reading.at <= taken_at);
        for pair in consistent(&point, shown).windows(2) {
            let usage = used(&point, pair[0].register, pair[1].register)?;
            let [from, to] = [pair[0].clone(), pair[1].clone()];
            spans.push(ReadSpan { point: point.clone(), from, to, usage });
        }
    }
    Ok(spans)
}
