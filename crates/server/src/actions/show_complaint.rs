//! A complaint as the wire has it, and what it would be if it were filed now.

use api::accounts::{BillId, ComplaintId, Country, ServicePointId};
use api::complaint_requests::{ComplaintPreview, Complaints};
use api::complaint_steps::{ComplaintStep, StepKind};
use api::complaints::{
    Complaint, ComplaintKind, ComplaintState, ComplaintSummary, Evidence, HolderMove, Rights,
};
use api::refunds::Refund;
use billing::number::Number;
use sqlx::AnyConnection;

use super::case::{Case, Circumstances};
use super::compensate::compensations;
use super::debt_cut::debt_cut;
use super::dispute::{dispute, disputed_bill};
use super::standing::transactions_blocked;
use crate::calendar::{civil_day, midnight};
use crate::error::Result;
use crate::store::accounts::AccountRecord;
use crate::store::complaint_steps::StepRecord;
use crate::store::complaints::ComplaintRecord;
use crate::store::{bills, debts, refunds};

/// The complaints of an account.
///
/// # Errors
/// What the record or the engine reports.
pub async fn complaints_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Complaints> {
    let mut complaints = Vec::new();
    for case in Case::of_account(db, account).await? {
        complaints.push(summary_of(db, account, &case, now).await?);
    }
    Ok(Complaints { now, complaints })
}

/// A complaint as lists show it.
///
/// # Errors
/// What the record or the engine reports.
pub async fn summary_of(
    db: &mut AnyConnection,
    account: &AccountRecord,
    case: &Case,
    now: i64,
) -> Result<ComplaintSummary> {
    let rights = case.rights(account, now, &Circumstances::default())?;
    summary(db, account, case, &rights, now).await
}

/// One complaint, whole.
///
/// # Errors
/// What the record or the engine reports.
pub async fn complaint_of(
    db: &mut AnyConnection,
    account: &AccountRecord,
    case: &Case,
    now: i64,
) -> Result<Complaint> {
    let around = circumstances(db, account, case, now).await?;
    let rights = case.rights(account, now, &around)?;
    let summary = summary(db, account, case, &rights, now).await?;
    // A meter's test may correct several bills.
    let corrected = |refund: &Refund| {
        case.steps
            .iter()
            .any(|step| matches!(&step.what, StepKind::Corrected { bill, .. } if *bill == refund.bill))
    };
    let mut refunds = refunds::of_account(db, &account.summary.id, account.summary.currency).await?;
    refunds.retain(corrected);
    Ok(Complaint {
        open_to: open_to(case, &rights),
        compensations: compensations(db, account, case, &around, now).await?,
        summary,
        now,
        text: case.record.words.clone(),
        service_point: case.record.service_point.clone(),
        register: case.record.register,
        sums: case.record.sums.clone(),
        evidence: evidence(case),
        steps: case.steps.iter().map(step).collect(),
        rights,
        refunds,
    })
}

/// What would be in dispute if `bill` were disputed now.
///
/// # Errors
/// As [`dispute`] and [`disputed_bill`].
pub async fn preview(
    db: &mut AnyConnection,
    account: &AccountRecord,
    bill: &BillId,
    seen: Option<(&ServicePointId, Number)>,
    now: i64,
) -> Result<ComplaintPreview> {
    let bill = disputed_bill(db, account, bill, civil_day(now, account.utc_offset_s)?).await?;
    let dispute = dispute(db, &bill, seen).await?;
    let root = root_of(db, account, &bill.summary.id).await?;
    let open = open_about(db, account, root.as_deref()).await?;
    let record = ComplaintRecord {
        id: ComplaintId(String::new()),
        account: account.summary.id.clone(),
        kind: ComplaintKind::SomethingElse,
        bill: Some(bill.summary.id),
        root,
        service_point: None,
        register: None,
        words: String::new(),
        sums: Some(dispute.sums.clone()),
        disputed: dispute.disputed,
        filed_at: now,
    };
    let case = Case { record, steps: Vec::new(), photos: Vec::new() };
    let around = circumstances(db, account, &case, now).await?;
    Ok(ComplaintPreview { now, sums: dispute.sums, rights: case.rights(account, now, &around)?, open })
}

/// The bill's item of the ledger.
///
/// # Errors
/// What the record reports.
pub(super) async fn root_of(
    db: &mut AnyConnection,
    account: &AccountRecord,
    bill: &BillId,
) -> Result<Option<String>> {
    Ok(debts::roots(db, &account.summary.id, std::slice::from_ref(bill)).await?.pop())
}

/// The open complaint about a bill or those before it in its place.
///
/// # Errors
/// What the record reports.
pub(super) async fn open_about(
    db: &mut AnyConnection,
    account: &AccountRecord,
    root: Option<&str>,
) -> Result<Option<ComplaintId>> {
    let cases = Case::of_account(db, account).await?;
    let about = |case: &&Case| root.is_some() && case.record.root.as_deref() == root && case.is_open();
    Ok(cases.iter().find(about).map(|case| case.record.id.clone()))
}

/// What the case's rights depend on beside it. A cut counts from the day of the disputed bill on, else from the
/// complaint's own.
///
/// # Errors
/// What the record reports.
pub(super) async fn circumstances(
    db: &mut AnyConnection,
    account: &AccountRecord,
    case: &Case,
    now: i64,
) -> Result<Circumstances> {
    let today = civil_day(now, account.utc_offset_s)?;
    let bill = match &case.record.bill {
        Some(bill) => bills::find(db, &account.summary, bill, today).await?,
        None => None,
    };
    let since =
        bill.map_or(case.record.filed_at, |bill| midnight(bill.summary.issued_on.0, account.utc_offset_s));
    let transactions_blocked =
        account.summary.country == Country::Kw && transactions_blocked(db, account, now).await?;
    Ok(Circumstances { transactions_blocked, cut: debt_cut(db, account, since).await? })
}

async fn summary(
    db: &mut AnyConnection,
    account: &AccountRecord,
    case: &Case,
    rights: &Rights,
    now: i64,
) -> Result<ComplaintSummary> {
    let today = civil_day(now, account.utc_offset_s)?;
    let month = match &case.record.bill {
        Some(bill) => bills::find(db, &account.summary, bill, today).await?.map(|bill| bill.summary.month),
        None => None,
    };
    let state = case.state();
    let waits = case.answer().is_none() && !case.is_ended();
    let clock = rights.answer.as_ref().filter(|_| waits);
    Ok(ComplaintSummary {
        id: case.record.id.clone(),
        kind: case.record.kind,
        bill: case.record.bill.clone(),
        month,
        filed_at: case.record.filed_at,
        state,
        answer_due: clock.and_then(|clock| clock.answer_due),
        working_days_left: clock.and_then(|clock| clock.working_days_left),
        protected: !case.is_ended() && rights.answer.as_ref().is_some_and(|answer| answer.protected),
        currency: account.summary.currency,
        disputed: case.record.sums.as_ref().map(|sums| sums.disputed.clone()),
    })
}

/// What the holder may do now.
pub(super) fn open_to(case: &Case, rights: &Rights) -> Vec<HolderMove> {
    let appeal = rights.answer.as_ref().is_some_and(|answer| answer.appeal_to.is_some());
    let appeal = appeal && !case.has("appealed");
    let moves = [
        (!case.is_ended(), HolderMove::AddEvidence),
        (appeal, HolderMove::Appeal),
        (case.is_open() && case.state() != ComplaintState::Decided, HolderMove::Withdraw),
    ];
    moves.into_iter().filter_map(|(open, holder_move)| open.then_some(holder_move)).collect()
}

fn evidence(case: &Case) -> Vec<Evidence> {
    let of_step = |step: &StepRecord| {
        let photos = case.photos.iter().filter(|(number, _)| *number == step.number);
        let photos: Vec<String> = photos.map(|(_, photo)| photo.clone()).collect();
        let added = step.what == StepKind::EvidenceAdded;
        let text = if added { step.note.clone() } else { String::new() };
        (added || !photos.is_empty()).then_some(Evidence { at: step.at, text, photos })
    };
    case.steps.iter().filter_map(of_step).collect()
}

fn step(step: &StepRecord) -> ComplaintStep {
    ComplaintStep {
        number: u32::try_from(step.number).unwrap_or(u32::MAX),
        at: step.at,
        by: step.by,
        what: step.what.clone(),
        note: step.note.clone(),
    }
}
