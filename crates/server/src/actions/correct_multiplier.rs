//! Corrects a wrong multiplier (BIL-7): the meter is known by the right one, and every bill made with another is
//! corrected.

use api::accounts::BillId;
use api::bills::{BilledReadings, CorrectionReason};
use billing::number::Number;
use sqlx::AnyConnection;
use time::Date;

use super::correct_bill::{Cause, Change, correct_bill};
use super::registers::used_in;
use crate::error::{Error, Result};
use crate::store::accounts::{self, AccountRecord, PointRecord};
use crate::store::billed;

/// Corrects all bills of `point` that were not made with `right`; gives the new ones, oldest first.
///
/// # Errors
/// What the engine refuses, such as a multiplier of zero.
pub async fn correct_multiplier(
    record: &mut AnyConnection,
    account: &AccountRecord,
    point: &PointRecord,
    right: Number,
    on: Date,
    days_to_pay: i64,
) -> Result<Vec<BillId>> {
    accounts::set_multiplier(record, &point.meter.number, right).await?;
    let cause = Cause { reason: CorrectionReason::Multiplier, on, settled_by: None };
    let mut corrections = Vec::new();
    for part in billed::history(record, &account.summary.id, on).await? {
        if part.service_point != point.id {
            continue;
        }
        let billed = billed::readings_of(record, &part.bill, &point.id).await?;
        let billed = billed.ok_or(Error::Bug("a billed part without its readings"))?;
        if billed.meter != point.meter.number || billed.multiplier == right {
            continue;
        }
        let readings = BilledReadings { multiplier: right, ..billed };
        let usage = used_in(record, point, &readings).await?;
        let change = Change { service_point: point.id.clone(), readings, usage };
        corrections.push(correct_bill(record, account, &part.bill, &[change], &cause, days_to_pay).await?);
    }
    Ok(corrections)
}
