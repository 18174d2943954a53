//! A test of a meter, and what it means for the bills made from it (BIL-6, BIL-12).

use api::accounts::BillId;
use api::bills::{BilledReadings, CorrectionReason};
use api::meters::{MeterTest, TestResult};
use api::problem::ApiError;
use billing::error::BillingError;
use billing::metering::correction::{MeterCorrectionRequest, Runs, meter_correction};
use billing::number::Number;
use sqlx::AnyConnection;
use time::Date;
use words::codes::finding_message;

use super::correct_bill::{Cause, Change, correct_bill};
use super::measure::{advanced, used};
use crate::error::{Error, Result};
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::{billed, bills, meter_tests};

/// Puts a test on record; the same again adds nothing. Gives whether it was new.
///
/// # Errors
/// [`ApiError::RepeatConflict`] if another outcome of that day is on record; [`BillingError::OutOfRange`] for an outcome
/// without its percentage, or an accurate one with any.
pub async fn record_test(record: &mut AnyConnection, meter: &str, test: &MeterTest) -> Result<bool> {
    let has_error = test.error_percent > Number::ZERO;
    if has_error == (test.result == TestResult::Accurate) {
        let range = BillingError::OutOfRange { least: Number::ZERO, most: Number::from_units(100) };
        return Err(range.at("/error_percent").into());
    }
    let known = meter_tests::of_meter(record, meter).await?;
    match known.iter().find(|known| known.on == test.on) {
        Some(known) if known == test => Ok(false),
        Some(_) => Err(ApiError::RepeatConflict.into()),
        None => {
            meter_tests::add(record, meter, test).await?;
            Ok(true)
        }
    }
}

/// Corrects the bills of `point` that were made from the tested meter and whose days begin on `since` or later, up to
/// the day of the test; gives the new ones, oldest first. A bill that a test has corrected is left as it is, so that
/// the same again changes nothing.
///
/// # Errors
/// What the engine refuses, such as a slow meter's error of 100 % and more.
pub async fn correct_after_test(
    record: &mut AnyConnection,
    account: &AccountRecord,
    point: &PointRecord,
    test: &MeterTest,
    since: Date,
    on: Date,
    days_to_pay: i64,
) -> Result<Vec<BillId>> {
    let runs = match test.result {
        TestResult::Accurate => return Ok(Vec::new()),
        TestResult::Fast => Runs::Fast,
        TestResult::Slow => Runs::Slow,
    };
    let cause = Cause { reason: CorrectionReason::MeterTest, on, settled_by: None };
    let mut corrections = Vec::new();
    for part in billed::history(record, &account.summary.id, on).await? {
        let is_within = (since..=test.on.0).contains(&part.period.first());
        // An estimate is not the meter's.
        if part.service_point != point.id || !is_within || part.is_estimated() {
            continue;
        }
        let billed = billed::readings_of(record, &part.bill, &point.id).await?;
        let billed = billed.ok_or(Error::Bug("a billed part without its readings"))?;
        let bill = bills::find(record, &account.summary, &part.bill, on).await?.ok_or(ApiError::NotFound)?;
        let by_test = |reason: CorrectionReason| reason == CorrectionReason::MeterTest;
        if billed.meter != point.meter.number
            || bill.correction.is_some_and(|correction| by_test(correction.reason))
        {
            continue;
        }
        // What an exchanged meter counted before is not this one's.
        let taken = billed.exchanged_usage()?.fraction();
        let recorded = part.usage.fraction().minus(taken)?.to_number()?;
        let request = MeterCorrectionRequest { recorded, error_percent: test.error_percent, runs };
        let actual = Number::parse(&meter_correction(&request, &finding_message)?.actual)?;
        let (readings, usage) = readings_of(point, billed, actual)?;
        let change = Change { service_point: point.id.clone(), readings, usage };
        corrections.push(correct_bill(record, account, &part.bill, &[change], &cause, days_to_pay).await?);
    }
    Ok(corrections)
}

/// The readings of a right meter that ended where this one did: the next bill begins there, and the use is still the
/// difference of two readings. So the first of them is worked out, not read.
fn readings_of(
    point: &PointRecord,
    billed: BilledReadings,
    actual: Number,
) -> Result<(BilledReadings, Number)> {
    let mut point = point.clone();
    point.meter.multiplier = billed.multiplier;
    let back = Number::from_millionths(-actual.millionths());
    let previous = advanced(&point, billed.current, back)?;
    let usage = billed.with_exchanged(used(&point, previous, billed.current)?)?;
    Ok((BilledReadings { previous, ..billed }, usage))
}
