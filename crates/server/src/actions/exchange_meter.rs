//! A meter is taken away and another fitted in its place (BIL-3): both were read then, and the period is billed from
//! both.

use billing::error::Refusal;
use billing::number::Number;
use billing::period::date_text;
use sqlx::AnyConnection;
use time::{Date, Duration};

use super::estimates::counts_from;
use super::measure::used;
use crate::calendar::{civil_day, midnight};
use crate::error::Error;
use crate::store::accounts::{self, MeterRecord, PointRecord};
use crate::store::billed::{self, BilledPart};
use crate::store::meter_exchanges::{self, ExchangeRecord};
use crate::store::{StoreError, own_readings, readings};

/// The number on a meter's plate is no longer.
const LONGEST_NUMBER: usize = 32;

/// Why an exchange is not put on record.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeRefused {
    /// It has not come yet.
    #[error("--on: {} {time} has not come yet", date_text(*.on))]
    NotYet {
        /// The day.
        on: Date,
        /// The time of day.
        time: String,
    },
    /// Its day is billed, from the old meter alone.
    #[error("--on: the bill up to {} was issued; an exchange comes after its last day", date_text(*.to))]
    Billed {
        /// The last day that is billed.
        to: Date,
    },
    /// The present meter was fitted, or read by an employee or by itself, then or later.
    #[error("--on: the meter that serves now was fitted or read at that time or later")]
    ReadSince,
    /// A number that no plate has.
    #[error("--number: 1 to {LONGEST_NUMBER} characters without spaces")]
    NumberMalformed,
    /// Another meter has that number, or the same exchange is on record otherwise.
    #[error("--number: a meter {number} is on record already")]
    NumberKnown {
        /// The number.
        number: String,
    },
    /// The engine refuses a register or multiplier.
    #[error("the engine refuses it")]
    Refused(Refusal),
    /// The record does not answer.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<StoreError> for ExchangeRefused {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// What was done at a service point.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The day.
    pub on: Date,
    /// Seconds of its day.
    pub second: i64,
    /// What the meter showed that was taken away.
    pub last: Number,
    /// The meter that was fitted.
    pub fitted: MeterRecord,
    /// What it showed.
    pub first: Number,
}

/// Puts an exchange of the meter of `point` on record; the same again adds nothing. Gives whether it was new, and the
/// number of the meter that was taken away.
///
/// # Errors
/// [`ExchangeRefused`], each for what cannot be.
pub async fn exchange_meter(
    record: &mut AnyConnection,
    now: i64,
    point: &PointRecord,
    exchange: &Exchange,
) -> Result<(bool, String), ExchangeRefused> {
    own_readings::lock(record, &point.meter.number).await?;
    let at = midnight(exchange.on, point.utc_offset_s) + exchange.second;
    let known = meter_exchanges::of_point(record, &point.id).await?;
    if let Some(known) =
        known.into_iter().find(|known| known.fitted.meter.number == exchange.fitted.meter.number)
    {
        let same = known.at == at
            && (known.last, known.first) == (exchange.last, exchange.first)
            && known.fitted == exchange.fitted;
        let number = exchange.fitted.meter.number.clone();
        return match same {
            true => Ok((false, known.taken.meter.number)),
            false => Err(ExchangeRefused::NumberKnown { number }),
        };
    }
    check_number(record, &exchange.fitted.meter.number).await?;
    check_time(record, now, point, (exchange, at)).await?;
    check_registers(record, point, (exchange, at)).await?;
    let taken = MeterRecord { meter: point.meter.clone(), digits: point.digits };
    let kept = ExchangeRecord {
        at,
        taken,
        last: exchange.last,
        fitted: exchange.fitted.clone(),
        first: exchange.first,
    };
    meter_exchanges::add(record, &point.id, &kept, now).await?;
    Ok((true, kept.taken.meter.number))
}

async fn check_number(record: &mut AnyConnection, number: &str) -> Result<(), ExchangeRefused> {
    let plain = number.chars().all(|one| !one.is_whitespace() && !one.is_control());
    if number.is_empty() || number.chars().count() > LONGEST_NUMBER || !plain {
        return Err(ExchangeRefused::NumberMalformed);
    }
    match accounts::find_meter(record, number).await? {
        Some(_) => Err(ExchangeRefused::NumberKnown { number: number.to_owned() }),
        None => Ok(()),
    }
}

/// Nothing that was billed or read comes after it: what a bill was made from never changes.
async fn check_time(
    record: &mut AnyConnection,
    now: i64,
    point: &PointRecord,
    (exchange, at): (&Exchange, i64),
) -> Result<(), ExchangeRefused> {
    if at > now {
        let (hours, minutes) = (exchange.second / 3600, exchange.second / 60 % 60);
        return Err(ExchangeRefused::NotYet { on: exchange.on, time: format!("{hours:02}:{minutes:02}") });
    }
    if let Some(last) = billed_parts(record, now, point).await?.last()
        && exchange.on <= last.period.last()
    {
        return Err(ExchangeRefused::Billed { to: last.period.last() });
    }
    let meter = &point.meter.number;
    let fitted_at = accounts::fitted_at(record, meter).await?;
    let read = readings::first_actual_within(record, meter, at, i64::MAX).await?;
    let at_once = readings::first_within(record, meter, at, at + 1).await?;
    match fitted_at >= at || read.is_some() || at_once.is_some() {
        true => Err(ExchangeRefused::ReadSince),
        false => Ok(()),
    }
}

/// The old register ran on from what was billed and read; the new one can show what it showed.
async fn check_registers(
    record: &mut AnyConnection,
    point: &PointRecord,
    (exchange, at): (&Exchange, i64),
) -> Result<(), ExchangeRefused> {
    let Exchange { last, fitted, first, .. } = exchange;
    let refused = |option: &str, refusal: Refusal| {
        let field = match refusal.field.rsplit('/').next() {
            Some("multiplier") => "--multiplier",
            Some("digits") => "--digits",
            _ => option,
        };
        ExchangeRefused::Refused(Refusal { field: field.to_owned(), ..refusal })
    };
    let parts = billed_parts(record, at, point).await?;
    let billed = counts_from(record, point, &parts.iter().collect::<Vec<_>>()).await?;
    let read = readings::newest_actual_before(record, &point.meter.number, at).await?;
    let before: Vec<Number> = billed.into_iter().chain(read.map(|read| read.register)).collect();
    for register in before {
        used(point, register, *last).map_err(|refusal| refused("--last", refusal))?;
    }
    let new = point.served_by(fitted);
    used(&new, *first, *first).map_err(|refusal| refused("--first", refusal))?;
    Ok(())
}

async fn billed_parts(
    record: &mut AnyConnection,
    until: i64,
    point: &PointRecord,
) -> Result<Vec<BilledPart>, ExchangeRefused> {
    let tomorrow = civil_day(until, point.utc_offset_s)? + Duration::days(1);
    let mut parts = billed::history(record, &point.account, tomorrow).await?;
    parts.retain(|part| part.service_point == point.id);
    Ok(parts)
}
