//! Corrects a bill: a new one stands in its place and points at it; the old one stays as it was issued (BIL-8).

use api::accounts::{BillId, ServicePointId};
use api::bills::{Bill, BillPart, BillSummary, BilledReadings, CorrectionReason};
use api::problem::ApiError;
use billing::bill::BillFacts;
use billing::money::Money;
use billing::number::Number;
use billing::period::Day;
use billing::rating::rebill::{Correction, RebillRequest, RebilledPeriod, rebill};
use sqlx::AnyConnection;
use time::{Date, Duration};
use words::codes::finding_message;

use super::issue_bill::{Part, whole};
use super::post::post_bill;
use crate::calendar::midnight;
use crate::error::{Error, Result};
use crate::store::accounts::AccountRecord;
use crate::store::billed;
use crate::store::bills::{self, CorrectionRecord, minor};

/// What one service point should have been billed.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which.
    pub service_point: ServicePointId,
    /// The right readings.
    pub readings: BilledReadings,
    /// The right units.
    pub usage: Number,
}

/// Why a bill is corrected, and when.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Why.
    pub reason: CorrectionReason,
    /// The day of issue; a claim reaches back from here.
    pub on: Date,
    /// The bill whose reading settles an estimate.
    pub settled_by: Option<BillId>,
}

impl Cause {
    /// The reading of `bill` settles an estimate.
    #[must_use]
    pub fn settlement(bill: BillId, on: Date) -> Self {
        Self { reason: CorrectionReason::Settlement, on, settled_by: Some(bill) }
    }
}

/// Puts a corrected bill in the place of `old`. What was paid for `old` counts for it; what was paid too much is the
/// customer's (BIL-13); what was charged too little and lies too far back is not claimed (BIL-8).
///
/// # Errors
/// [`ApiError::NotFound`] if the account has no such bill; [`ApiError::RepeatConflict`] if it was corrected before;
/// what the engine refuses.
pub async fn correct_bill(
    record: &mut AnyConnection,
    account: &AccountRecord,
    old: &BillId,
    changes: &[Change],
    cause: &Cause,
    days_to_pay: i64,
) -> Result<BillId> {
    let old = bills::find(record, &account.summary, old, cause.on).await?.ok_or(ApiError::NotFound)?;
    if old.summary.corrected_by.is_some() {
        return Err(ApiError::RepeatConflict.into());
    }
    let (root, count) =
        billed::root_of(record, &old.summary.id).await?.ok_or(Error::Bug("a bill without a root"))?;
    let id = BillId(format!("{root}-{}", count + 1));
    let parts = old.parts.iter().map(|part| changed(part, changes)).collect::<Result<Vec<_>>>()?;
    let summary = BillSummary {
        id: id.clone(),
        issued_on: Day(cause.on),
        due_on: Day(cause.on + Duration::days(days_to_pay)),
        ..old.summary.clone()
    };
    let claimed = claimed(&old, &parts, cause.on)?;
    let (bill, total) = whole(summary, &account.summary, parts)?;
    let before = Money::parse(&old.summary.total, total.currency())?;
    let correction = CorrectionRecord {
        corrects: old.summary.id,
        root,
        reason: cause.reason,
        settled_by: cause.settled_by.clone(),
        not_claimed: (minor(total)? - minor(before)? - claimed).max(0),
    };
    bills::add(record, &bill, total, Some(&correction)).await?;
    post_bill(record, account, &id, midnight(cause.on, account.utc_offset_s)).await?;
    Ok(id)
}

fn changed(part: &BillPart, changes: &[Change]) -> Result<Part> {
    let change = changes.iter().find(|change| change.service_point == part.service_point);
    let readings = change.map_or(&part.readings, |change| &change.readings).clone();
    let usage = change.map_or(part.facts.usage, |change| change.usage);
    let facts = BillFacts { usage, ..part.facts.clone() };
    Part::calculate(part.service_point.clone(), part.commodity, readings, facts)
}

/// Of what was charged too little the part that may still be claimed, over all service points, in minor units.
fn claimed(old: &Bill, parts: &[Part], on: Date) -> Result<i64> {
    let mut claimed = 0;
    for (old, new) in old.parts.iter().zip(parts) {
        let period =
            RebilledPeriod { bill: old.facts.clone(), usage: Some(new.answer.facts.usage), tariff: None };
        let request = RebillRequest {
            on: Day(on),
            correction: Correction::default(),
            periods: vec![period],
            instalments: None,
        };
        let answer = rebill(&request, &finding_message)?;
        claimed += minor(Money::parse(&answer.claim, answer.currency)?)?;
        claimed -= minor(Money::parse(&answer.owed, answer.currency)?)?;
    }
    Ok(claimed)
}
