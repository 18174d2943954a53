//! The guaranteed standards of Saudi Arabia against a complaint's own times (COM-2).

use api::accounts::{Commodity, Country};
use api::complaints::Compensation;
use billing::compensation::{CompensationRequest, Standard, compensation};
use billing::complaint::Subject;
use sqlx::AnyConnection;
use words::debt::every_finding_message;

use super::case::{Case, Circumstances};
use super::standing::moment;
use crate::error::Result;
use crate::store::accounts::{self, AccountRecord};

/// The standards that the case's times are held against: broken ones, and those whose time still runs.
///
/// # Errors
/// What the record reports.
pub async fn compensations(
    db: &mut AnyConnection,
    account: &AccountRecord,
    case: &Case,
    around: Circumstances,
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
    let forbidden =
        around.cut.filter(|cut| cut.at >= filed && answered.is_none_or(|answered| cut.at < answered));
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
