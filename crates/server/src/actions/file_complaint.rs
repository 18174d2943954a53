//! What a holder does about a complaint: files it, adds to it, goes on to whom the law names, takes it back. Each once,
//! however often it is sent.

use api::accounts::{ComplaintId, Country};
use api::case_refusal::CaseRefusal;
use api::complaint_requests::{PostAppeal, PostComplaint, PostEvidence, PostWithdrawal};
use api::complaint_steps::{StepBy, StepKind};
use api::complaints::{Complaint, ComplaintKind, HolderMove, MOST_PHOTOS, MOST_TEXT};
use api::problem::ApiError;
use billing::complaint::AppealTo;
use billing::number::Number;
use sqlx::AnyConnection;

use super::case::Case;
use super::dispute::{Dispute, dispute, disputed_bill};
use super::report_fault::{A_DAY, DAY_S, check_request};
use super::show_complaint::{circumstances, complaint_of, open_about, open_to, root_of};
use crate::calendar::civil_day;
use crate::error::{Error, Result};
use crate::store::accounts::{self, AccountRecord};
use crate::store::complaints::{self, ComplaintRecord, RequestRecord};
use crate::store::{Store, complaint_steps, ledger, meter_tests, photos};

/// Files a complaint. From its receipt a bill of Saudi Arabia is under dispute and its service protected.
///
/// # Errors
/// [`CaseRefusal::ComplaintAlreadyOpen`] about the same bill, [`CaseRefusal::TooManyPhotos`], [`ApiError::ValueInvalid`],
/// [`ApiError::RepeatConflict`], [`ApiError::TooManyRequests`] after twenty in a day; the engine's refusal of the reading.
pub async fn file_complaint(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    post: &PostComplaint,
) -> Result<Complaint> {
    check_request(&post.request_id)?;
    let words = check_text(&post.text)?;
    check_kind(post, words)?;
    check_photos(&post.photos, 0)?;
    let mut record = store.begin().await?;
    let id = &account.summary.id;
    ledger::lock(&mut record, id).await?;
    let request = RequestRecord::new(&post.request_id, post);
    if let Some((known, sha256)) = complaints::find_request(&mut record, id, &request.id).await? {
        if sha256 != request.sha256 {
            return Err(ApiError::RepeatConflict.into());
        }
        let case = own_case(&mut record, account, &known).await?;
        return complaint_of(&mut record, account, &case, now).await;
    }
    if complaints::count_since(&mut record, id, now - i64::from(DAY_S)).await? >= A_DAY {
        return Err(ApiError::TooManyRequests { wait_seconds: DAY_S }.into());
    }
    find_photos(&mut record, account, &post.photos).await?;
    let (dispute, root) = disputed(&mut record, now, account, post).await?;
    if let Some(number) = open_about(&mut record, account, root.as_deref()).await? {
        return Err(ApiError::Case(CaseRefusal::ComplaintAlreadyOpen { number }).into());
    }
    let place = complaints::next_place(&mut record, id).await?;
    let filed = ComplaintRecord {
        id: ComplaintId(format!("{id}-C{place}")),
        account: id.clone(),
        kind: post.kind,
        bill: post.bill.clone(),
        root,
        service_point: post.service_point.clone(),
        register: post.register,
        words: words.to_owned(),
        disputed: dispute.as_ref().map_or(0, |dispute| dispute.disputed),
        sums: dispute.map(|dispute| dispute.sums),
        filed_at: now,
    };
    complaints::add(&mut record, &filed, place, &request).await?;
    complaints::add_photos(&mut record, &filed.id, 1, &post.photos).await?;
    let mut case = Case { record: filed, steps: Vec::new(), photos: Vec::new() };
    case.add(&mut record, &request, now, (StepBy::Holder, &account.holder), (StepKind::Filed, "")).await?;
    case.photos = post.photos.iter().map(|photo| (1, photo.clone())).collect();
    let shown = complaint_of(&mut record, account, &case, now).await?;
    record.commit().await?;
    Ok(shown)
}

/// Adds a text or photos.
///
/// # Errors
/// [`ApiError::NotFound`], [`CaseRefusal::ComplaintEnded`], [`CaseRefusal::TooManyPhotos`], and as [`file_complaint`].
pub async fn add_evidence(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    (id, post): (&ComplaintId, &PostEvidence),
) -> Result<Complaint> {
    let words = check_text(&post.text)?;
    if words.is_empty() && post.photos.is_empty() {
        return Err(wrong("/text"));
    }
    let request = RequestRecord::new(&post.request_id, post);
    let taken = Taken { photos: &post.photos, words, what: StepKind::EvidenceAdded };
    holder_step(store, now, account, (id, &request), HolderMove::AddEvidence, taken).await
}

/// Goes on to whom the engine names.
///
/// # Errors
/// [`ApiError::NotFound`], [`CaseRefusal::ComplaintEnded`], [`CaseRefusal::AppealNotOpen`], and as [`file_complaint`].
pub async fn appeal(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    (id, post): (&ComplaintId, &PostAppeal),
) -> Result<Complaint> {
    let words = check_text(&post.text)?;
    let request = RequestRecord::new(&post.request_id, post);
    let to = match account.summary.country {
        Country::Sa => AppealTo::Authority,
        Country::Kw => AppealTo::Ministry,
    };
    let taken = Taken { photos: &[], words, what: StepKind::Appealed { to } };
    holder_step(store, now, account, (id, &request), HolderMove::Appeal, taken).await
}

/// Takes a complaint back.
///
/// # Errors
/// [`ApiError::NotFound`], [`CaseRefusal::ComplaintEnded`] also once it was answered, and as [`file_complaint`].
pub async fn withdraw(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    (id, post): (&ComplaintId, &PostWithdrawal),
) -> Result<Complaint> {
    let request = RequestRecord::new(&post.request_id, post);
    let taken = Taken { photos: &[], words: "", what: StepKind::Withdrawn };
    holder_step(store, now, account, (id, &request), HolderMove::Withdraw, taken).await
}

/// What a holder's step brings.
struct Taken<'a> {
    photos: &'a [String],
    words: &'a str,
    what: StepKind,
}

async fn holder_step(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    (id, request): (&ComplaintId, &RequestRecord),
    holder_move: HolderMove,
    taken: Taken<'_>,
) -> Result<Complaint> {
    check_request(&request.id)?;
    let mut record = store.begin().await?;
    ledger::lock(&mut record, &account.summary.id).await?;
    let mut case = own_case(&mut record, account, id).await?;
    let known = complaint_steps::find_step_request(&mut record, id, &account.holder, &request.id).await?;
    if let Some(sha256) = known {
        let same = sha256 == request.sha256;
        let shown = complaint_of(&mut record, account, &case, now).await?;
        return if same { Ok(shown) } else { Err(ApiError::RepeatConflict.into()) };
    }
    let around = circumstances(&mut record, account, &case, now).await?;
    let rights = case.rights(account, now, &around)?;
    if !open_to(&case, &rights).contains(&holder_move) {
        let appeals = holder_move == HolderMove::Appeal && !case.is_ended();
        let refusal = if appeals { CaseRefusal::AppealNotOpen } else { CaseRefusal::ComplaintClosed };
        return Err(ApiError::Case(refusal).into());
    }
    check_photos(taken.photos, case.photos.len())?;
    find_photos(&mut record, account, taken.photos).await?;
    let known = |photo: &String| case.photos.iter().any(|(_, known)| known == photo);
    if let Some(place) = taken.photos.iter().position(known) {
        return Err(wrong(&format!("/photos/{place}")));
    }
    let number = case.next();
    complaints::add_photos(&mut record, id, number, taken.photos).await?;
    let step = (taken.what, taken.words);
    if !case.add(&mut record, request, now, (StepBy::Holder, &account.holder), step).await? {
        return Err(ApiError::Case(CaseRefusal::CaseMovedOn).into());
    }
    case.photos.extend(taken.photos.iter().map(|photo| (number, photo.clone())));
    let shown = complaint_of(&mut record, account, &case, now).await?;
    record.commit().await?;
    Ok(shown)
}

/// A complaint of this account; another's looks like one that does not exist.
///
/// # Errors
/// [`ApiError::NotFound`].
pub async fn own_case(db: &mut AnyConnection, account: &AccountRecord, id: &ComplaintId) -> Result<Case> {
    let case = Case::find(db, id).await?.filter(|case| case.record.account == account.summary.id);
    Ok(case.ok_or(ApiError::NotFound)?)
}

async fn disputed(
    record: &mut AnyConnection,
    now: i64,
    account: &AccountRecord,
    post: &PostComplaint,
) -> Result<(Option<Dispute>, Option<String>)> {
    if let Some(point) = &post.service_point {
        let point = accounts::find_point(record, point).await?;
        let point = point.filter(|point| point.account == account.summary.id);
        let point = point.ok_or_else(|| wrong("/service_point"))?;
        let tests = meter_tests::of_meter(record, &point.meter.number).await?;
        if post.kind == ComplaintKind::MeterTestResult && tests.is_empty() {
            return Err(wrong("/kind"));
        }
    }
    let Some(bill) = &post.bill else { return Ok((None, None)) };
    let bill = disputed_bill(record, account, bill, civil_day(now, account.utc_offset_s)?).await?;
    let seen = post.service_point.as_ref().zip(post.register);
    let root = root_of(record, account, &bill.summary.id).await?;
    Ok((Some(dispute(record, &bill, seen).await?), root))
}

/// Which of bill, service point, reading and text a kind needs or cannot have.
fn check_kind(post: &PostComplaint, words: &str) -> Result<()> {
    let (kind, bill) = (post.kind, post.bill.is_some());
    let of_bill = ComplaintKind::OF_A_BILL.contains(&kind);
    let request = ComplaintKind::REQUESTS.contains(&kind);
    if (of_bill && !bill) || (request && bill) {
        return Err(wrong("/bill"));
    }
    let of_meter = matches!(kind, ComplaintKind::MeterTest | ComplaintKind::MeterTestResult);
    if post.service_point.is_none() && (of_meter || post.register.is_some()) {
        return Err(wrong("/service_point"));
    }
    if post.register.is_some_and(|register| register < Number::ZERO) {
        return Err(wrong("/register"));
    }
    if words.is_empty() && !bill && kind != ComplaintKind::MeterTest {
        return Err(wrong("/text"));
    }
    Ok(())
}

/// At most so many, each once.
fn check_photos(photos: &[String], before: usize) -> Result<()> {
    if photos.len() + before > MOST_PHOTOS {
        return Err(ApiError::Case(CaseRefusal::TooManyPhotos { most: MOST_PHOTOS }).into());
    }
    for (place, photo) in photos.iter().enumerate() {
        if photos.iter().take(place).any(|other| other == photo) {
            return Err(wrong(&format!("/photos/{place}")));
        }
    }
    Ok(())
}

async fn find_photos(record: &mut AnyConnection, account: &AccountRecord, photos: &[String]) -> Result<()> {
    for (place, photo) in photos.iter().enumerate() {
        // PostgreSQL keeps no zero byte in a text, so no id has one.
        let plain = !photo.contains('\0');
        if !plain || photos::find(record, &account.summary.id, photo).await?.is_none() {
            return Err(wrong(&format!("/photos/{place}")));
        }
    }
    Ok(())
}

/// Somebody's words, without the space around them.
///
/// # Errors
/// [`ApiError::ValueInvalid`] for more than [`MOST_TEXT`] characters, and for a zero byte, which PostgreSQL keeps in no text.
pub fn check_text(text: &str) -> Result<&str, ApiError> {
    let text = text.trim();
    if text.chars().count() > MOST_TEXT || text.contains('\0') {
        return Err(ApiError::ValueInvalid { field: "/text".into() });
    }
    Ok(text)
}

fn wrong(field: &str) -> Error {
    ApiError::ValueInvalid { field: field.to_owned() }.into()
}
