//! Claims after a correction (BIL-8): what is open, and the monthly parts in which a customer chose to pay it.

use api::accounts::{BillId, Country};
use api::case_refusal::{CaseRefusal, PlanClosed};
use api::claims::{Claim, ClaimPart, ClaimedBill, PostClaimPlan};
use api::payments::ChargeKind;
use api::problem::ApiError;
use billing::collection::instalments::{Cause, Instalment, InstalmentsRequest, instalments};
use billing::money::Money;
use billing::number::Number;
use billing::period::Day;
use sqlx::AnyConnection;
use words::debt::every_finding_message;

use super::plans::check_length;
use super::standing::number_of;
use crate::calendar::civil_day;
use crate::error::Result;
use crate::secrets;
use crate::store::Store;
use crate::store::accounts::AccountRecord;
use crate::store::bills::minor;
use crate::store::claims::{self, ClaimPlanRecord, ClaimRecord};
use crate::store::debts::{self, ChargeRecord};
use crate::store::ledger::{self, Book, Entry, EntryKind, Leg};

/// What is claimed of an account, and its parts; none in Kuwait, which has no such right, or where there never was any.
///
/// # Errors
/// What the record reports.
pub async fn claim_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Option<Claim>> {
    if account.summary.country != Country::Sa {
        return Ok(None);
    }
    let open = claims::open(db, &account.summary.id).await?;
    let parts = claims::parts(db, &account.summary.id).await?;
    if open.is_empty() && parts.is_empty() {
        return Ok(None);
    }
    let money = |minor: i64| Money::from_minor(i128::from(minor), account.summary.currency).to_string();
    let today = Day(civil_day(now, account.utc_offset_s)?);
    Ok(Some(Claim {
        open: money(sum(&open)),
        first_due: first_due(&open, today),
        bills: open
            .into_iter()
            .map(|claim| ClaimedBill { bill: claim.bill, to: claim.to, amount: money(claim.left) })
            .collect(),
        parts: parts
            .into_iter()
            .map(|part| ClaimPart {
                number: part.number,
                due: part.due_on,
                amount: money(part.amount),
                left: money(part.left),
            })
            .collect(),
    }))
}

/// Puts all that is open of a claim into monthly parts, once. In the ledger each part becomes a debt of its own day in
/// place of a share of the corrected bills.
///
/// # Errors
/// [`ApiError::NotFound`] in Kuwait; [`CaseRefusal::PlanNotOpen`] without a claim; [`CaseRefusal::CaseMovedOn`] for
/// another sum than is open; the engine's refusal of the months; [`ApiError::RepeatConflict`] for another choice under
/// the same name.
pub async fn pay_in_parts(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    post: &PostClaimPlan,
) -> Result<()> {
    check_length(&post.request_id, 64, "/request_id")?;
    if account.summary.country != Country::Sa {
        return Err(ApiError::NotFound.into());
    }
    let amount = minor(Money::parse(&post.amount, account.summary.currency).map_err(|_| wrong_amount())?)?;
    let mut record = store.begin().await?;
    let id = &account.summary.id;
    ledger::lock(&mut record, id).await?;
    if let Some(known) = claims::find_request(&mut record, id, &post.request_id).await? {
        let is_same = (known.amount, known.months) == (amount, post.months);
        return if is_same { Ok(()) } else { Err(ApiError::RepeatConflict.into()) };
    }
    let open = claims::open(&mut record, id).await?;
    let today = Day(civil_day(now, account.utc_offset_s)?);
    let Some(first_due) = first_due(&open, today) else {
        return Err(ApiError::Case(CaseRefusal::PlanNotOpen { reason: PlanClosed::NoClaim }).into());
    };
    if sum(&open) != amount {
        return Err(ApiError::Case(CaseRefusal::CaseMovedOn).into());
    }
    let request = InstalmentsRequest {
        amount: number_of(amount, account)?,
        currency: account.summary.currency,
        months: post.months,
        first_due,
        down_payment: Number::ZERO,
        cause: Cause::BillingError,
    };
    let parts = instalments(&request, &every_finding_message)?.instalments;
    let plan = ClaimPlanRecord {
        id: format!("claim-{}", secrets::token()?),
        request_id: post.request_id.clone(),
        amount,
        months: post.months,
        agreed_at: now,
    };
    claims::add(&mut record, id, &plan).await?;
    share_out(&mut record, account, &plan, &open, &parts).await?;
    Ok(record.commit().await?)
}

/// Each part is a charge, and takes the place of a share of the claims.
async fn share_out(
    record: &mut AnyConnection,
    account: &AccountRecord,
    plan: &ClaimPlanRecord,
    open: &[ClaimRecord],
    parts: &[Instalment],
) -> Result<()> {
    let id = &account.summary.id;
    let mut legs: Vec<Leg> =
        open.iter().map(|claim| Leg::new(Book::Receivable, claim.root.clone(), -claim.left)).collect();
    for part in parts {
        let charge = ChargeRecord {
            id: format!("{}-{}", plan.id, part.number),
            account: id.clone(),
            kind: ChargeKind::Instalment,
            amount: minor(Money::parse(&part.amount, account.summary.currency)?)?,
            due_on: part.due.0,
            entered_on: civil_day(plan.agreed_at, account.utc_offset_s)?,
            entered_at: plan.agreed_at,
        };
        debts::add_charge(record, &charge).await?;
        claims::add_part(record, &plan.id, part.number, &charge.id).await?;
        legs.push(Leg::new(Book::Receivable, charge.id, charge.amount));
    }
    let entry = Entry {
        id: format!("in-parts {}", plan.id),
        account: id.clone(),
        at: plan.agreed_at,
        kind: EntryKind::ClaimInParts,
        about: plan.id.clone(),
        legs,
    };
    ledger::post(record, &entry).await?;
    Ok(())
}

/// A later correction takes `over` back of what a bill's claim came to: the last parts that are not paid fall away
/// first, so that nobody is owed a refund of what was never paid.
///
/// # Errors
/// What the record reports.
pub(super) async fn take_back(
    record: &mut AnyConnection,
    account: &AccountRecord,
    (bill, root): (&BillId, &str),
    over: i64,
    at: i64,
) -> Result<()> {
    let id = &account.summary.id;
    let (moved, parts) = claims::in_parts(record, id, root).await?;
    let mut left = over.min(moved);
    let mut legs = Vec::new();
    for part in parts {
        let back = part.left.min(left);
        if back > 0 {
            legs.push(Leg::new(Book::Receivable, part.charge, -back));
            left -= back;
        }
    }
    let back: i64 = legs.iter().map(|leg| -leg.amount).sum();
    if back > 0 {
        legs.push(Leg::new(Book::Receivable, root, back));
        let (kind, about) = (EntryKind::ClaimInParts, bill.0.clone());
        let name = format!("out-of-parts {bill}");
        ledger::post(record, &Entry { id: name, account: id.clone(), at, kind, about, legs }).await?;
    }
    Ok(())
}

fn sum(open: &[ClaimRecord]) -> i64 {
    open.iter().map(|claim| claim.left).sum()
}

/// The first part is due when the claim is; where that day has passed, today.
fn first_due(open: &[ClaimRecord], today: Day) -> Option<Day> {
    open.iter().map(|claim| claim.due_on).min().map(|due| due.max(today))
}

fn wrong_amount() -> ApiError {
    ApiError::ValueInvalid { field: "/amount".to_owned() }
}
