//! The guaranteed standards of Saudi Arabia against a complaint's own times (COM-2).

use api::accounts::{Commodity, Country};
use api::complaint_steps::StepKind;
use api::complaints::Compensation;
use api::problem::ApiError;
use billing::compensation::{CompensationRequest, Standard, compensation};
use billing::complaint::Subject;
use billing::money::Money;
use billing::number::Number;
use sqlx::AnyConnection;
use words::debt::every_finding_message;

use super::case::{Case, Circumstances};
use super::handle_complaint::out_of_order;
use super::post::post_compensation;
use super::show_complaint::circumstances;
use super::standing::moment;
use crate::error::Result;
use crate::store::accounts::{self, AccountRecord};
use crate::store::bills::minor;

/// The standards that the case's times are held against: broken ones, and those whose time still runs.
///
/// # Errors
/// What the record reports.
pub async fn compensations(
    db: &mut AnyConnection,
    account: &AccountRecord,
    case: &Case,
    around: &Circumstances,
    now: i64,
) -> Result<Vec<Compensation>> {
    if account.summary.country != Country::Sa || case.subject() != Subject::Bill || case.has("withdrawn") {
        return Ok(Vec::new());
    }
    let points = accounts::points(db, &account.summary.id).await?;
    let power = points.iter().find(|point| point.commodity == Commodity::Electricity);
    let home = power.is_some_and(|point| point.tariff.ends_with(".residential"));
    let answered = case.answer().map(|(at, _)| at);
    let filed = case.record.filed_at;
    let mut times = vec![(Standard::Complaint, filed, answered)];
    // A cut from the receipt of the complaint to its answer is one in a forbidden case (DIS-3).
    let forbidden = around
        .cut
        .as_ref()
        .filter(|cut| cut.at >= filed && answered.is_none_or(|answered| cut.at < answered));
    times.extend(forbidden.map(|cut| (Standard::ForbiddenCut, cut.at, cut.restored_at)));
    let local = |at: i64| moment(at, account.utc_offset_s);
    let mut held = Vec::new();
    for (standard, started, ended) in times {
        let request = CompensationRequest {
            standard,
            home,
            town: true,
            started: local(started)?,
            ended: ended.map(local).transpose()?,
            at: local(now)?,
            promised: None,
        };
        // Before the standards, or beyond the calendar, nobody can say.
        let answer = compensation(&request, &every_finding_message).ok();
        let counts = answer.filter(|answer| answer.broken || answer.running);
        held.extend(counts.map(|answer| Compensation { request, answer }));
    }
    Ok(held)
}

/// Credits what the broken standards whose time is over come to, once a complaint. A standard whose sum was not published
/// has the sum that the staff type.
///
/// # Errors
/// [`CaseRefusal::StepOutOfOrder`](api::case_refusal::CaseRefusal) where nothing is broken, its time still runs, or it was
/// made good before; [`ApiError::ValueInvalid`] for a sum where one was published, or for none where none was.
pub(super) async fn compensate(
    record: &mut AnyConnection,
    now: i64,
    account: &AccountRecord,
    case: &Case,
    typed: Option<Number>,
) -> Result<Vec<StepKind>> {
    let around = circumstances(record, account, case, now).await?;
    let mut held = compensations(record, account, case, &around, now).await?;
    held.retain(|held| held.answer.broken && !held.answer.running);
    if held.is_empty() || case.has("compensated") {
        return Err(out_of_order());
    }
    let currency = account.summary.currency;
    let unpublished = held.iter().any(|held| held.answer.amount.is_none());
    let wrong = || ApiError::ValueInvalid { field: "/step/amount".to_owned() };
    let typed = typed.map(|typed| Money::parse(&typed.to_string(), currency)).transpose();
    let typed = typed.map_err(|_| wrong())?;
    if typed.is_some() != unpublished || typed.is_some_and(|typed| typed.minor() <= 0) {
        return Err(wrong().into());
    }
    let mut sum = typed.map_or(0, Money::minor);
    for amount in held.iter().filter_map(|held| held.answer.amount.as_ref()) {
        sum += Money::parse(amount, currency)?.minor();
    }
    let sum = Money::from_minor(sum, currency);
    post_compensation(record, account, &case.record.id, minor(sum)?, now).await?;
    let paid_by = held.iter().filter_map(|held| held.answer.paid_by).max();
    Ok(vec![StepKind::Compensated { amount: sum.to_string(), paid_by }])
}
