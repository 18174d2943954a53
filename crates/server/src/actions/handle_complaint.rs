//! What the staff do to a complaint: each step follows from those before it, and of two who take the next one at once the
//! second is told so.

use api::accounts::ComplaintId;
use api::alerts::AlertFact;
use api::case_refusal::CaseRefusal;
use api::commands::Order;
use api::complaint_steps::{StepBy, StepKind};
use api::complaints::{Complaint, ComplaintState};
use api::problem::ApiError;
use api::staff::{OpenComplaints, PostStaffStep, StaffComplaint, StaffRole, StaffStep};
use sqlx::AnyConnection;

use super::case::Case;
use super::compensate::compensate;
use super::correct_case::{correct_multiplier_of, correct_reading, enter_test};
use super::file_complaint::check_text;
use super::raise_alert::raise_alert;
use super::report_fault::check_request;
use super::send_command::queue_command;
use super::show_complaint::{circumstances, complaint_of, summary_of};
use crate::auth::Staff;
use crate::calendar::civil_day;
use crate::demo::UTC_OFFSET_S;
use crate::error::{Error, Result};
use crate::store::accounts::AccountRecord;
use crate::store::complaints::RequestRecord;
use crate::store::{Store, accounts, complaint_steps, complaints, ledger};

/// Complaints in the staff's list.
const MOST_LISTED: i64 = 200;

/// The complaints that are not ended.
///
/// # Errors
/// What the record or the engine reports.
pub async fn open_complaints(db: &mut AnyConnection, now: i64) -> Result<OpenComplaints> {
    let mut listed = Vec::new();
    for (record, first) in complaints::open(db, civil_day(now, UTC_OFFSET_S)?, MOST_LISTED).await? {
        let case = Case::load(db, record).await?;
        let account = account_of(db, &case).await?;
        let summary = summary_of(db, &account, &case, now).await?;
        listed.push(StaffComplaint { account: account.summary.id, first, summary });
    }
    Ok(OpenComplaints { now, complaints: listed })
}

/// A complaint as the staff see it: as its holder does.
///
/// # Errors
/// [`ApiError::NotFound`].
pub async fn staff_complaint(db: &mut AnyConnection, id: &ComplaintId, now: i64) -> Result<Complaint> {
    let case = Case::find(db, id).await?.ok_or(ApiError::NotFound)?;
    let account = account_of(db, &case).await?;
    complaint_of(db, &account, &case, now).await
}

/// Takes a step, with all that follows from it in the same transaction.
///
/// # Errors
/// [`ApiError::NotFound`]; [`CaseRefusal::RoleMissing`]; [`CaseRefusal::CaseMovedOn`] if another step came since the last
/// one that was seen; [`CaseRefusal::ComplaintClosed`], [`CaseRefusal::StepOutOfOrder`]; what corrections refuse.
pub async fn handle_complaint(
    store: &Store,
    now: i64,
    staff: &Staff,
    (id, post): (&ComplaintId, &PostStaffStep),
) -> Result<Complaint> {
    check_request(&post.request_id)?;
    let note = check_text(&post.note).map_err(|_| ApiError::ValueInvalid { field: "/note".into() })?;
    let decides = matches!(post.step, StaffStep::DecideAppeal { .. });
    staff.needs(if decides { StaffRole::Authority } else { StaffRole::Officer })?;
    let mut record = store.begin().await?;
    let account = Case::find(&mut record, id).await?.ok_or(ApiError::NotFound)?.record.account;
    ledger::lock(&mut record, &account).await?;
    // What was read before the lock may have changed since.
    let mut case = Case::find(&mut record, id).await?.ok_or(ApiError::NotFound)?;
    let account = account_of(&mut record, &case).await?;
    let request = RequestRecord::new(&post.request_id, post);
    let known = complaint_steps::find_step_request(&mut record, id, &staff.name, &request.id).await?;
    if let Some(sha256) = known {
        let same = sha256 == request.sha256;
        let shown = complaint_of(&mut record, &account, &case, now).await?;
        return if same { Ok(shown) } else { Err(ApiError::RepeatConflict.into()) };
    }
    if case.next() != i64::from(post.after) + 1 {
        return Err(ApiError::Case(CaseRefusal::CaseMovedOn).into());
    }
    if case.is_ended() {
        return Err(ApiError::Case(CaseRefusal::ComplaintClosed).into());
    }
    let by = if decides { StepBy::Authority } else { StepBy::Staff };
    let mut note = note;
    for what in taken(&mut record, now, &account, &case, &post.step).await? {
        if !case.add(&mut record, &request, now, (by, &staff.name), (what, note)).await? {
            return Err(ApiError::Case(CaseRefusal::CaseMovedOn).into());
        }
        // The words belong to the first of the steps.
        note = "";
    }
    let once = format!("{id} {}", post.after);
    let fact = AlertFact::ComplaintStep { complaint: id.clone() };
    raise_alert(&mut record, &account.summary.id, now, &once, &fact).await?;
    let shown = complaint_of(&mut record, &account, &case, now).await?;
    record.commit().await?;
    Ok(shown)
}

/// What a step comes to; its effects beside the case are in the record.
async fn taken(
    record: &mut AnyConnection,
    now: i64,
    account: &AccountRecord,
    case: &Case,
    step: &StaffStep,
) -> Result<Vec<StepKind>> {
    let state = case.state();
    let waits = case.answer().is_none();
    let only_if = |follows: bool, what: StepKind| if follows { Ok(vec![what]) } else { Err(out_of_order()) };
    match step {
        StaffStep::TakeUp => only_if(state == ComplaintState::Received, StepKind::TakenUp),
        StaffStep::OrderTest { trigger } => {
            let what = StepKind::TestOrdered { trigger: *trigger };
            only_if(case.record.service_point.is_some() && !test_runs(case), what)
        }
        StaffStep::EnterTest { test, since } if test_runs(case) => {
            enter_test(record, now, account, case, (test, *since)).await
        }
        StaffStep::CorrectReading { service_point, current } => {
            correct_reading(record, now, account, case, (service_point, *current)).await
        }
        StaffStep::CorrectMultiplier { right } => {
            correct_multiplier_of(record, now, account, case, *right).await
        }
        StaffStep::OrderRestoration => restore(record, now, account, case).await,
        StaffStep::Answer { accepted } => {
            only_if(waits && !test_runs(case), StepKind::Answered { accepted: *accepted })
        }
        StaffStep::DecideAppeal { accepted } => {
            let pending = case.has("appealed") && !case.has("appeal-decided");
            only_if(pending, StepKind::AppealDecided { accepted: *accepted })
        }
        StaffStep::Compensate { amount } => compensate(record, now, account, case, *amount).await,
        StaffStep::Close => only_if(!case.is_open(), StepKind::Closed),
        StaffStep::EnterTest { .. } => Err(out_of_order()),
    }
}

/// Whether a test was ordered whose result has not come.
fn test_runs(case: &Case) -> bool {
    let count = |kind: &str| case.steps.iter().filter(|step| step.what.kind() == kind).count();
    count("test-ordered") > count("tested")
}

/// The error is proven, the service was cut over the bill and is still: its meter is told to connect.
async fn restore(
    record: &mut AnyConnection,
    now: i64,
    account: &AccountRecord,
    case: &Case,
) -> Result<Vec<StepKind>> {
    let around = circumstances(record, account, case, now).await?;
    let rights = case.rights(account, now, &around)?;
    let at_once = rights.answer.is_some_and(|answer| answer.restore_at_once);
    let cut = around.cut.filter(|cut| at_once && cut.restored_at.is_none());
    let cut = cut.filter(|_| !case.has("restoration-ordered")).ok_or_else(out_of_order)?;
    let point = accounts::find_point(record, &cut.point).await?;
    let point = point.ok_or(Error::Bug("a cut without its service point"))?;
    queue_command(record, now, &point, Order::Connect).await?;
    Ok(vec![StepKind::RestorationOrdered])
}

pub(super) fn out_of_order() -> Error {
    ApiError::Case(CaseRefusal::StepOutOfOrder).into()
}

async fn account_of(db: &mut AnyConnection, case: &Case) -> Result<AccountRecord> {
    let account = accounts::find(db, &case.record.account).await?;
    account.ok_or(Error::Bug("a complaint without its account"))
}
