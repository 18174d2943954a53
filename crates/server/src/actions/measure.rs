//! What a service point used in a period: from readings, else from an estimate (BIL-3, BIL-4), and what a real reading
//! makes of the estimates before it.

use api::accounts::{BillId, Meter, Quality, Reading};
use api::bills::{BilledReadings, ExchangedMeter};
use billing::error::{BillingError, Refusal};
use billing::fraction::Fraction;
use billing::metering::consumption::{ConsumptionRequest, Register, consumption};
use billing::metering::past::{self, PastPeriod};
use billing::number::Number;
use billing::period::{Day, Period};
use sqlx::AnyConnection;
use time::{Date, Duration};
use words::codes::finding_message;

use super::estimates::{estimated, estimated_run, readings_of, share_by_days};
use super::registers::{Leg, legs};
use super::take_readings::reports_by_itself;
use crate::calendar::{DAY_S, date_of, day_number, midnight};
use crate::error::{Error, Result};
use crate::practice::practice;
use crate::store::accounts::PointRecord;
use crate::store::billed::BilledPart;
use crate::store::{readings, spans};

/// The use of a service point in a period.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Where.
    pub point: PointRecord,
    /// Between which readings.
    pub readings: BilledReadings,
    /// Units.
    pub usage: Number,
    /// The estimated bills that the reading at the end settles, oldest first.
    pub settled: Vec<Settled>,
}

/// What an estimated bill should have charged: of the use between the real readings around it the share of its days.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Which bill.
    pub bill: BillId,
    /// Its days.
    pub period: Period,
    /// Between which readings.
    pub readings: BilledReadings,
    /// Units.
    pub usage: Number,
}

/// Measures a period.
///
/// # Errors
/// [`Error::Refused`] if no reading begins the period, nothing is on record to estimate from, or the register fell.
pub async fn measure(
    record: &mut AnyConnection,
    point: PointRecord,
    period: Period,
    history: &[BilledPart],
) -> Result<Measured> {
    let ours: Vec<&BilledPart> = history.iter().filter(|part| part.service_point == point.id).collect();
    let (mut settled, mut exchanged, mut last) = (Vec::new(), Vec::new(), None);
    for leg in legs(record, &point, period).await? {
        let counted = count(record, &leg, period, &ours).await?;
        settled.extend(counted.settled);
        let Meter { number: meter, multiplier, .. } = leg.point.meter.clone();
        let (previous, current) = counted.registers;
        let usage = used(&leg.point, previous, current)?;
        match &leg.ended {
            Some(ended) => {
                let until = Day(local_date(ended.at, &leg.point)?);
                exchanged.push(ExchangedMeter { meter, previous, current, multiplier, usage, until });
            }
            None => last = Some((meter, previous, current, multiplier, counted.quality, usage)),
        }
    }
    let (meter, previous, current, multiplier, quality, usage) =
        last.ok_or(Error::Bug("a period without a meter"))?;
    let readings = BilledReadings { meter, previous, current, multiplier, quality, exchanged };
    let usage = readings.with_exchanged(usage)?;
    Ok(Measured { point, readings, usage, settled })
}

/// What one meter counted within a period.
struct Counted {
    registers: (Number, Number),
    quality: Quality,
    settled: Vec<Settled>,
}

/// A real reading settles the estimates that the meter's time began with.
async fn count(
    record: &mut AnyConnection,
    leg: &Leg,
    period: Period,
    ours: &[&BilledPart],
) -> Result<Counted> {
    let (point, days) = (&leg.point, leg.days(period)?);
    let start = match &leg.began {
        Some(fitted) => Start { register: fitted.register, read_at: Some(fitted.at) },
        None => start(record, point, period, ours).await?,
    };
    let end = match &leg.ended {
        Some(taken) => End { register: taken.register, quality: taken.quality, was_read: true },
        None => end(record, point, days, &start, ours).await?,
    };
    let run = match end.was_read && leg.began.is_none() {
        true => estimated_run(record, ours, period.first()).await?,
        false => Vec::new(),
    };
    let base = run.first().map_or(start.register, |first| first.readings.previous);
    let periods: Vec<Period> = run.iter().map(|one| one.days).chain([days]).collect();
    let mut shares = share_by_days(point, base, end.register, &periods)?;
    let (_, registers) = shares.pop().ok_or(Error::Bug("a period without a share"))?;
    let mut settled = Vec::with_capacity(run.len());
    for (one, (_, (previous, current))) in run.into_iter().zip(shares) {
        let (multiplier, quality) = (point.meter.multiplier, Quality::Estimated);
        let readings = BilledReadings { previous, current, multiplier, quality, ..one.readings };
        let usage = readings.with_exchanged(used(point, previous, current)?)?;
        settled.push(Settled { bill: one.part.bill.clone(), period: one.part.period, readings, usage });
    }
    Ok(Counted { registers, quality: end.quality, settled })
}

/// The periods on record as the engine's rules take them. What a reading settled is real.
#[must_use]
pub fn past_periods(parts: &[&BilledPart]) -> Vec<PastPeriod> {
    let past = |part: &&BilledPart| PastPeriod {
        period: part.period,
        usage: part.usage,
        quality: match part.quality {
            _ if part.corrected => past::Quality::Actual,
            Quality::Actual => past::Quality::Actual,
            Quality::Customer => past::Quality::Customer,
            Quality::Estimated => past::Quality::Estimated,
        },
    };
    parts.iter().map(past).collect()
}

/// BIL-3: units between two registers.
///
/// # Errors
/// [`BillingError::ReadingFell`] and what else the engine refuses.
pub fn used(point: &PointRecord, previous: Number, current: Number) -> Result<Number, Refusal> {
    let (multiplier, digits) = (point.meter.multiplier, point.digits);
    let register = Register { previous, current, multiplier, digits, until: None };
    let answer = consumption(&ConsumptionRequest { registers: vec![register] }, &finding_message)?;
    Ok(Number::parse(&answer.usage)?)
}

/// Readings in order, without those of the customer that a later one shows to be too high.
#[must_use]
pub fn consistent(point: &PointRecord, readings: Vec<Reading>) -> Vec<Reading> {
    let mut kept: Vec<Reading> = Vec::with_capacity(readings.len());
    for next in readings {
        while kept.last().is_some_and(|last| {
            last.quality == Quality::Customer && used(point, last.register, next.register).is_err()
        }) {
            kept.pop();
        }
        kept.push(next);
    }
    kept
}

/// What the register showed when a period began.
struct Start {
    register: Number,
    /// When it was read, if it was read on that day.
    read_at: Option<i64>,
}

/// What it showed when the period ended.
struct End {
    register: Number,
    quality: Quality,
    /// Whether somebody read it within the period or at its end; a part may be estimated all the same.
    was_read: bool,
}

/// A bill begins where the last one ended; the first begins with a reading.
async fn start(
    record: &mut AnyConnection,
    point: &PointRecord,
    period: Period,
    ours: &[&BilledPart],
) -> Result<Start> {
    let begins = midnight(period.first(), point.utc_offset_s);
    let read = readings::first_actual_within(record, &point.meter.number, begins, begins + DAY_S).await?;
    let read_at = read.as_ref().map(|read| read.at);
    let before = ours.iter().rev().find(|part| part.period.last().next_day() == Some(period.first()));
    if let Some(before) = before {
        let billed = readings_of(record, before).await?;
        if billed.meter == point.meter.number {
            return Ok(Start { register: billed.current, read_at });
        }
    }
    let register = read.map(|read| read.register);
    let register = register.ok_or(Error::Refused(BillingError::NoPastPeriods.at("/registers/0/previous")))?;
    Ok(Start { register, read_at })
}

async fn end(
    record: &mut AnyConnection,
    point: &PointRecord,
    period: Period,
    start: &Start,
    ours: &[&BilledPart],
) -> Result<End> {
    let meter = &point.meter.number;
    let ends = midnight(period.last() + Duration::days(1), point.utc_offset_s);
    if let Some(read) = readings::first_actual_within(record, meter, ends, ends + DAY_S).await? {
        return Ok(End { register: read.register, quality: read.quality, was_read: true });
    }
    if let Some(read) = reported(record, point, start, ends).await? {
        return Ok(End { register: read.register, quality: read.quality, was_read: true });
    }
    let begins = midnight(period.first(), point.utc_offset_s);
    let own = readings::newest_own_within(record, meter, begins, ends).await?;
    let counts_from = ends - practice()?.own_reading_counts_as_end_days * DAY_S;
    let history = past_periods(ours);
    match own {
        Some(own) if own.at >= counts_from => {
            Ok(End { register: own.register, quality: own.quality, was_read: true })
        }
        Some(own) => {
            let first = local_date(own.at, point)?;
            let rest = estimated(Period::new(first, period.last()), history)?;
            let register = advanced(point, own.register, rest)?;
            Ok(End { register, quality: Quality::Estimated, was_read: true })
        }
        None => {
            let register = advanced(point, start.register, estimated(period, history)?)?;
            Ok(End { register, quality: Quality::Estimated, was_read: false })
        }
    }
}

/// What the register of a digital meter must show where its intervals cover all the time since it was read; kept as
/// a reading, for the next period begins with it.
async fn reported(
    record: &mut AnyConnection,
    point: &PointRecord,
    start: &Start,
    ends: i64,
) -> Result<Option<Reading>> {
    let Some(read_at) = start.read_at.filter(|_| reports_by_itself(point)) else { return Ok(None) };
    let Some((usage, false)) = spans::whole(record, &point.id, read_at, ends).await? else {
        return Ok(None);
    };
    let register = advanced(point, start.register, Number::from_millionths(usage))?;
    let reading = Reading { at: ends, register, quality: Quality::Actual };
    readings::add(record, &point.meter.number, &reading).await?;
    Ok(Some(reading))
}

/// The register after `usage`, or before it where that is negative; it begins again beyond its last digit.
///
/// # Errors
/// What the engine refuses.
pub fn advanced(point: &PointRecord, register: Number, usage: Number) -> Result<Number> {
    let ran = usage.fraction().divided_by(point.meter.multiplier.fraction())?;
    let mut shows = register.fraction().plus(ran.to_number()?.fraction())?;
    if let Some(range) = point.digits.and_then(|digits| 10_i128.checked_pow(digits)) {
        let over = shows.minus(Fraction::whole(range))?;
        if over.is_positive() || over.is_zero() {
            shows = over;
        } else if Fraction::ZERO.minus(shows)?.is_positive() {
            shows = shows.plus(Fraction::whole(range))?;
        }
    }
    Ok(shows.to_number()?)
}

fn local_date(at: i64, point: &PointRecord) -> Result<Date> {
    date_of(day_number(at, point.utc_offset_s)).ok_or(Error::Bug("a reading beyond the calendar"))
}
