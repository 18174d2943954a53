//! Estimates that were billed (BIL-4), and what a real reading makes of them.

use api::bills::BilledReadings;
use billing::fraction::Fraction;
use billing::metering::estimate::{EstimateRequest, MissingCause, MissingDays, estimate};
use billing::metering::past::PastPeriod;
use billing::number::Number;
use billing::period::Period;
use sqlx::AnyConnection;
use time::{Date, Duration};
use words::codes::finding_message;

use super::measure::{advanced, used};
use crate::error::{Error, Result};
use crate::store::accounts::PointRecord;
use crate::store::billed::{self, BilledPart};

/// An estimate that a real reading settles.
pub(super) struct Estimate<'a> {
    pub(super) part: &'a BilledPart,
    pub(super) readings: BilledReadings,
    /// The days that it estimated: all of its period, or those after an exchange, which was a real reading.
    pub(super) days: Period,
}

/// The estimates without a gap before `next` that are of one meter, oldest first.
pub(super) async fn estimated_run<'a>(
    record: &mut AnyConnection,
    ours: &[&'a BilledPart],
    mut next: Date,
) -> Result<Vec<Estimate<'a>>> {
    let mut run = Vec::new();
    for part in ours.iter().rev() {
        if !part.is_estimated() || part.period.last().next_day() != Some(next) {
            break;
        }
        let readings = readings_of(record, part).await?;
        let fitted = readings.exchanged.last().map(|taken| taken.until);
        let days = Period { from: fitted.unwrap_or(part.period.from), to: part.period.to };
        run.push(Estimate { part, readings, days });
        if fitted.is_some() {
            break;
        }
        next = part.period.first();
    }
    run.reverse();
    Ok(run)
}

/// What a real reading is counted from that comes after the bills of `ours`: the end of the last one, or where the
/// estimates before it began; none where the last one is another meter's.
///
/// # Errors
/// What the record reports.
pub async fn counts_from(
    record: &mut AnyConnection,
    point: &PointRecord,
    ours: &[&BilledPart],
) -> Result<Option<Number>> {
    let Some(last) = ours.last() else { return Ok(None) };
    let next = last.period.last() + Duration::days(1);
    let billed = readings_of(record, last).await?;
    let run = estimated_run(record, ours, next).await?;
    let register = run.first().map_or(billed.current, |first| first.readings.previous);
    Ok((billed.meter == point.meter.number).then_some(register))
}

pub(super) fn estimated(period: Period, history: Vec<PastPeriod>) -> Result<Number> {
    let missing = MissingDays { period, history, cause: MissingCause::NoReading };
    let request = EstimateRequest { missing: Some(missing), settle: None };
    let answer = estimate(&request, &finding_message)?;
    let estimated = answer.estimate.ok_or(Error::Bug("an estimate without its days"))?;
    Ok(Number::parse(&estimated.usage)?)
}

/// Each period with the registers at its ends: what ran between `base` and `end` is shared by days, so that each
/// period has its part of the tiers of the whole time.
pub(super) fn share_by_days(
    point: &PointRecord,
    base: Number,
    end: Number,
    periods: &[Period],
) -> Result<Vec<(Period, (Number, Number))>> {
    let whole = used(point, base, end)?;
    let all: i64 = periods.iter().map(|period| period.days()).sum();
    let (mut days, mut previous) = (0, base);
    let mut shares = Vec::with_capacity(periods.len());
    for period in periods {
        days += period.days();
        let current = if days == all {
            end
        } else {
            let part = whole.fraction().times(Fraction::count(days))?.divided_by(Fraction::count(all))?;
            advanced(point, base, part.to_number()?)?
        };
        shares.push((*period, (previous, current)));
        previous = current;
    }
    Ok(shares)
}

pub(super) async fn readings_of(record: &mut AnyConnection, part: &BilledPart) -> Result<BilledReadings> {
    let readings = billed::readings_of(record, &part.bill, &part.service_point).await?;
    readings.ok_or(Error::Bug("a billed part without its readings"))
}
