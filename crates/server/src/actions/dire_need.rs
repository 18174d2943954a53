//! Dire need (DIS-5): registered by the holder, proven by the staff's look at the hospital's report.

use api::accounts::{AccountId, Country};
use api::case_refusal::CaseRefusal;
use api::dire_need::{DireNeedPage, NeedState, PostDireNeed, RegisteredNeed};
use api::problem::ApiError;
use api::staff::{PostNeedReview, StaffNeed};
use billing::disconnection::{DireNeed, NeedKind, need};
use billing::money::Money;
use billing::period::Day;
use sqlx::AnyConnection;
use time::Date;

use super::file_complaint::check_text;
use super::report_fault::check_request;
use super::standing::{cut_of, number_of};
use crate::auth::Staff;
use crate::calendar::civil_day;
use crate::error::{Error, Result};
use crate::secrets;
use crate::store::accounts::AccountRecord;
use crate::store::complaints::RequestRecord;
use crate::store::dire_needs::NeedRecord;
use crate::store::{Store, accounts, debts, dire_needs, ledger, photos};

/// Reports in the staff's list.
const MOST_LISTED: i64 = 200;

/// The needs of an account, and what they do to a cut today.
///
/// # Errors
/// [`ApiError::NotFound`] outside Saudi Arabia: no other rules name it.
pub async fn needs_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<DireNeedPage> {
    let today = today(account, now)?;
    let needs = dire_needs::of_account(db, &account.summary.id).await?;
    let counted = counted(&needs, account, today)?;
    let answer = cut_of(db, account, now).await?.answer;
    let needs = needs.iter().map(|need| registered(need, account, today)).collect::<Result<_>>()?;
    Ok(DireNeedPage { now, needs, counted, answer })
}

/// Registers a need, once for each request.
///
/// # Errors
/// [`ApiError::NotFound`] outside Saudi Arabia; [`CaseRefusal::ProofNeeded`] for equipment without a report,
/// [`CaseRefusal::ProofExpired`]; [`ApiError::ValueInvalid`] for a report without its last day, the other way round, or a
/// photo that the account has not; [`ApiError::RepeatConflict`].
pub async fn register(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    post: &PostDireNeed,
) -> Result<DireNeedPage> {
    check_request(&post.request_id)?;
    let words = check_text(&post.text)?;
    let (id, today) = (&account.summary.id, today(account, now)?);
    if post.proof.is_some() != post.until.is_some() {
        return Err(wrong("/until"));
    }
    if post.kind == NeedKind::Equipment && post.proof.is_none() {
        return Err(ApiError::Case(CaseRefusal::ProofNeeded).into());
    }
    let request = RequestRecord::new(&post.request_id, post);
    let mut record = store.begin().await?;
    ledger::lock(&mut record, id).await?;
    if let Some(sha256) = dire_needs::find_request(&mut record, id, &request.id).await? {
        let same = sha256 == request.sha256;
        let page = needs_of(&mut record, account, now).await?;
        return if same { Ok(page) } else { Err(ApiError::RepeatConflict.into()) };
    }
    if let Some(until) = post.until.filter(|until| until.0 < today) {
        return Err(ApiError::Case(CaseRefusal::ProofExpired { until }).into());
    }
    if let Some(proof) = &post.proof {
        // PostgreSQL keeps no zero byte in a text, so no id has one.
        let known = !proof.contains('\0') && photos::find(&mut record, id, proof).await?.is_some();
        known.then_some(()).ok_or_else(|| wrong("/proof"))?;
    }
    let need = NeedRecord {
        id: format!("need-{}", secrets::token()?),
        account: id.clone(),
        kind: post.kind,
        told_on: today,
        words: words.to_owned(),
        proof: post.proof.clone(),
        until: post.until.map(|until| until.0),
        dues_at_entry: overdue(&mut record, id, today).await?,
        other_meter: other_meter(&mut record, account, today).await?,
        proven: None,
    };
    dire_needs::add(&mut record, &need, &request, now).await?;
    let page = needs_of(&mut record, account, now).await?;
    record.commit().await?;
    Ok(page)
}

/// The need that the engine is asked with; none outside Saudi Arabia.
///
/// # Errors
/// What the record reports.
pub(super) async fn counted_need(
    db: &mut AnyConnection,
    account: &AccountRecord,
    today: Date,
) -> Result<Option<DireNeed>> {
    if account.summary.country != Country::Sa {
        return Ok(None);
    }
    counted(&dire_needs::of_account(db, &account.summary.id).await?, account, today)
}

/// The reports that nobody has looked at.
///
/// # Errors
/// What the record reports.
pub async fn waiting_needs(db: &mut AnyConnection, now: i64) -> Result<Vec<StaffNeed>> {
    let mut waiting = Vec::new();
    for need in dire_needs::waiting(db, MOST_LISTED).await? {
        waiting.push(staff_need(db, &need, now).await?);
    }
    Ok(waiting)
}

/// Says whether a report proves a need.
///
/// # Errors
/// [`ApiError::NotFound`]; [`CaseRefusal::StepOutOfOrder`] for a need without a report.
pub async fn review(
    store: &Store,
    now: i64,
    staff: &Staff,
    (id, post): (&str, &PostNeedReview),
) -> Result<StaffNeed> {
    staff.needs_officer()?;
    let note = check_text(&post.note)?;
    let mut record = store.begin().await?;
    let need = dire_needs::find(&mut record, id).await?.ok_or(ApiError::NotFound)?;
    ledger::lock(&mut record, &need.account).await?;
    if need.proof.is_none() {
        return Err(ApiError::Case(CaseRefusal::StepOutOfOrder).into());
    }
    dire_needs::add_review(&mut record, id, post.proven, &staff.name, note, now).await?;
    let need = dire_needs::find(&mut record, id).await?.ok_or(ApiError::NotFound)?;
    let told = staff_need(&mut record, &need, now).await?;
    record.commit().await?;
    Ok(told)
}

async fn staff_need(db: &mut AnyConnection, need: &NeedRecord, now: i64) -> Result<StaffNeed> {
    let account = accounts::find(db, &need.account).await?;
    let account = account.ok_or(Error::Bug("a need without its account"))?;
    let today = civil_day(now, account.utc_offset_s)?;
    Ok(StaffNeed { account: need.account.clone(), need: registered(need, &account, today)? })
}

/// A proven need first, then an emergency whose word still holds, else the newest: so that a later word does not undo a
/// report, nor a report that waits a word.
fn counted(needs: &[NeedRecord], account: &AccountRecord, today: Date) -> Result<Option<DireNeed>> {
    let proven = |need: &&NeedRecord| state(need, today) == NeedState::Proven;
    let mut spoken = None;
    for need in needs {
        if spoken.is_none() && word_holds(need, today)? {
            spoken = Some(need);
        }
    }
    let need = needs.iter().find(proven).or(spoken).or(needs.first());
    let Some(need) = need else { return Ok(None) };
    Ok(Some(DireNeed {
        kind: need.kind,
        told: Day(need.told_on),
        proven: proven(&need),
        dues_at_entry: number_of(need.dues_at_entry, account)?,
        other_meter: need.other_meter,
        // No consent of the regulator is on record.
        consent: false,
    }))
}

fn state(need: &NeedRecord, today: Date) -> NeedState {
    match need.proven {
        Some(false) => NeedState::Refused,
        _ if need.until.is_some_and(|until| until < today) => NeedState::Expired,
        Some(true) => NeedState::Proven,
        None => NeedState::Waiting,
    }
}

/// The last day on which it counts on the customer's word alone.
fn word_until(need: &NeedRecord, today: Date) -> Result<Option<Day>> {
    if need.kind == NeedKind::Equipment {
        return Ok(None);
    }
    let until = need::word_until(need.told_on, today)?;
    Ok(Some(Day(until)))
}

fn word_holds(need: &NeedRecord, today: Date) -> Result<bool> {
    Ok(word_until(need, today)?.is_some_and(|until| until.0 >= today))
}

fn registered(need: &NeedRecord, account: &AccountRecord, today: Date) -> Result<RegisteredNeed> {
    let dues = Money::from_minor(i128::from(need.dues_at_entry), account.summary.currency);
    Ok(RegisteredNeed {
        id: need.id.clone(),
        kind: need.kind,
        told: Day(need.told_on),
        text: need.words.clone(),
        proof: need.proof.clone(),
        until: need.until.map(Day),
        word_until: word_until(need, today)?,
        state: state(need, today),
        dues_at_entry: dues.to_string(),
        other_meter: need.other_meter,
    })
}

async fn overdue(record: &mut AnyConnection, account: &AccountId, today: Date) -> Result<i64> {
    let debts = debts::open(record, account).await?;
    Ok(debts.iter().filter(|debt| debt.due_on.0 < today).map(|debt| debt.left).sum())
}

/// Whether another account of the holder has a need that was not refused and has not expired, nor its word.
async fn other_meter(record: &mut AnyConnection, account: &AccountRecord, today: Date) -> Result<bool> {
    for other in accounts::of_holder(record, &account.holder).await? {
        if other.summary.id == account.summary.id {
            continue;
        }
        let needs = dire_needs::of_account(record, &other.summary.id).await?;
        for need in &needs {
            let holds = match state(need, today) {
                NeedState::Proven => true,
                NeedState::Waiting => need.proof.is_some() || word_holds(need, today)?,
                NeedState::Expired | NeedState::Refused => false,
            };
            if holds {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn today(account: &AccountRecord, now: i64) -> Result<Date> {
    match account.summary.country {
        Country::Sa => civil_day(now, account.utc_offset_s),
        Country::Kw => Err(ApiError::NotFound.into()),
    }
}

fn wrong(field: &str) -> Error {
    ApiError::ValueInvalid { field: field.to_owned() }.into()
}
