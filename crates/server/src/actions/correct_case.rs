//! Corrections that a complaint leads to, each by the action that corrects such bills anyway.

use api::accounts::{BillId, ServicePointId};
use api::bills::{BilledReadings, CorrectionReason};
use api::complaint_steps::StepKind;
use api::meters::MeterTest;
use api::problem::ApiError;
use billing::error::Refusal;
use billing::money::Money;
use billing::number::Number;
use billing::period::Day;
use sqlx::AnyConnection;
use time::Date;

use super::case::Case;
use super::correct_bill::{Cause, Change, correct_bill};
use super::correct_multiplier::correct_multiplier;
use super::handle_complaint::out_of_order;
use super::registers::{begun_with, used_in};
use super::test_meter::{correct_after_test, record_test};
use crate::calendar::civil_day;
use crate::error::{Error, Result};
use crate::practice::practice;
use crate::store::accounts::{self, AccountRecord, PointRecord};
use crate::store::{billed, bills};

/// Enters what a test found; the bills made from a fast or slow meter since that day are corrected (BIL-6).
///
/// # Errors
/// [`ApiError::ValueInvalid`] for a test that has not come yet; what [`record_test`] and the corrections refuse.
pub(super) async fn enter_test(
    record: &mut AnyConnection,
    now: i64,
    account: &AccountRecord,
    case: &Case,
    (test, since): (&MeterTest, Option<Day>),
) -> Result<Vec<StepKind>> {
    let (point, today) = (point_of(record, case).await?, civil_day(now, account.utc_offset_s)?);
    if test.on.0 > today {
        return Err(wrong("/step/test/on"));
    }
    record_test(record, &point.meter.number, test).await?;
    let mut steps = vec![StepKind::Tested { test: test.clone() }];
    if let Some(Day(since)) = since {
        let days = practice()?.days_to_pay;
        let corrected = correct_after_test(record, account, &point, test, since, today, days).await?;
        steps.extend(told(record, account, corrected, today).await?);
    }
    Ok(steps)
}

/// Corrects the disputed bill, or the one in its place, by what the register showed at the end of its period; the bill
/// after it, which began with the wrong one, begins with the right one.
///
/// # Errors
/// [`CaseRefusal::StepOutOfOrder`](api::case_refusal::CaseRefusal) without a bill; [`ApiError::ValueInvalid`] for a service
/// point that it does not charge, or the reading that was billed; the engine's `reading-fell` at `/step/current`.
pub(super) async fn correct_reading(
    record: &mut AnyConnection,
    now: i64,
    account: &AccountRecord,
    case: &Case,
    (service_point, current): (&ServicePointId, Number),
) -> Result<Vec<StepKind>> {
    let today = civil_day(now, account.utc_offset_s)?;
    let root = case.record.bill.as_ref().ok_or_else(out_of_order)?;
    let history = billed::history(record, &account.summary.id, today).await?;
    let mut ours = history.iter().filter(|part| part.service_point == *service_point);
    let root = billed::root_of(record, root).await?.map(|(root, _)| root);
    let mut disputed = None;
    for part in ours.by_ref() {
        if billed::root_of(record, &part.bill).await?.map(|(root, _)| root) == root {
            disputed = Some(part);
            break;
        }
    }
    let disputed = disputed.ok_or_else(|| wrong("/step/service_point"))?;
    let point = accounts::find_point(record, service_point).await?;
    let point = point.ok_or(Error::Bug("a billed part without its service point"))?;
    let billed_end = readings_of(record, &disputed.bill, service_point).await?;
    if billed_end.current == current {
        return Err(wrong("/step/current"));
    }
    let cause = Cause { reason: CorrectionReason::Complaint, on: today, settled_by: None };
    let days = practice()?.days_to_pay;
    let (meter, wrong_end) = (billed_end.meter.clone(), billed_end.current);
    let right = BilledReadings { current, quality: api::accounts::Quality::Actual, ..billed_end };
    let changes = [change(record, &point, right).await?];
    let mut corrected = vec![correct_bill(record, account, &disputed.bill, &changes, &cause, days).await?];
    if let Some(next) = ours.next() {
        let began = readings_of(record, &next.bill, service_point).await?;
        let right = begun_with(record, &point, began, (&meter, wrong_end), current).await;
        if let Some(right) = right.map_err(at_current)? {
            let changes = [change(record, &point, right).await?];
            corrected.push(correct_bill(record, account, &next.bill, &changes, &cause, days).await?);
        }
    }
    told(record, account, corrected, today).await
}

/// Corrects a wrong multiplier of the meter, and every bill made with it (BIL-7).
///
/// # Errors
/// [`ApiError::ValueInvalid`] for a multiplier that is the meter's already or none; what the corrections refuse.
pub(super) async fn correct_multiplier_of(
    record: &mut AnyConnection,
    now: i64,
    account: &AccountRecord,
    case: &Case,
    right: Number,
) -> Result<Vec<StepKind>> {
    let (point, today) = (point_of(record, case).await?, civil_day(now, account.utc_offset_s)?);
    if right <= Number::ZERO || point.meter.multiplier == right {
        return Err(wrong("/step/right"));
    }
    let days = practice()?.days_to_pay;
    let corrected = correct_multiplier(record, account, &point, right, today, days).await?;
    told(record, account, corrected, today).await
}

/// A step a correction: the new bill, what it comes to, and to whom the difference belongs. None is out of order.
async fn told(
    record: &mut AnyConnection,
    account: &AccountRecord,
    corrected: Vec<BillId>,
    today: Date,
) -> Result<Vec<StepKind>> {
    let currency = account.summary.currency;
    let mut steps = Vec::new();
    for id in corrected {
        let new = bills::find(record, &account.summary, &id, today).await?;
        let new = new.ok_or(Error::Bug("a correction that is not on record"))?;
        let old = new.summary.corrects.clone().ok_or(Error::Bug("a correction of nothing"))?;
        let old = bills::find(record, &account.summary, &old, today).await?;
        let old = old.ok_or(Error::Bug("a correction of a bill that is not on record"))?;
        let correction = new.correction.ok_or(Error::Bug("a correction without its reason"))?;
        let money = |text: &str| Money::parse(text, currency).map(Money::minor);
        let more = money(&new.summary.total)? - money(&old.summary.total)? - money(&correction.not_claimed)?;
        steps.push(StepKind::Corrected {
            bill: id,
            total: new.summary.total,
            owed: correction.owed,
            claimed: Money::from_minor(more.max(0), currency).to_string(),
            not_claimed: correction.not_claimed,
        });
    }
    Ok(steps)
}

async fn change(record: &mut AnyConnection, point: &PointRecord, readings: BilledReadings) -> Result<Change> {
    let usage = used_in(record, point, &readings).await.map_err(at_current)?;
    Ok(Change { service_point: point.id.clone(), readings, usage })
}

/// What the engine refuses lies in the reading of the step.
fn at_current(error: Error) -> Error {
    match error {
        Error::Refused(refusal) => Error::Refused(Refusal { field: "/step/current".into(), ..refusal }),
        error => error,
    }
}

/// The service point of the complaint.
async fn point_of(record: &mut AnyConnection, case: &Case) -> Result<PointRecord> {
    let point = case.record.service_point.as_ref().ok_or_else(out_of_order)?;
    let point = accounts::find_point(record, point).await?;
    point.ok_or(Error::Bug("a complaint without its service point"))
}

async fn readings_of(
    record: &mut AnyConnection,
    bill: &BillId,
    point: &ServicePointId,
) -> Result<BilledReadings> {
    let readings = billed::readings_of(record, bill, point).await?;
    readings.ok_or(Error::Bug("a billed part without its readings"))
}

fn wrong(field: &str) -> Error {
    ApiError::ValueInvalid { field: field.to_owned() }.into()
}
