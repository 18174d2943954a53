//! Asks a head-end to do something to a meter, and keeps its word that it did (MET-4, PRE-2).

use api::commands::{Command, CommandResult, Order, PostAcknowledgement};
use api::problem::ApiError;
use sqlx::AnyConnection;

use super::prepaid::end_switch;
use super::take_readings::reports_by_itself;
use crate::auth::HeadEnd;
use crate::error::Result;
use crate::secrets;
use crate::store::accounts::PointRecord;
use crate::store::head_ends::{self, Reporting};
use crate::store::{Store, accounts, commands};

/// Queues a command for the head-end of the point's present meter.
///
/// # Errors
/// [`ApiError::ValueInvalid`] if the meter does not speak by itself (MET-6); what the record reports.
pub async fn queue_command(
    record: &mut AnyConnection,
    now: i64,
    point: &PointRecord,
    order: Order,
) -> Result<Command> {
    if !reports_by_itself(point) {
        return Err(ApiError::ValueInvalid { field: "service_point".into() }.into());
    }
    let command = Command {
        id: format!("{now:012}-{}", secrets::token()?.split_at(16).0),
        service_point: point.id.clone(),
        meter: point.meter.number.clone(),
        asked_at: now,
        order,
    };
    commands::add(record, &command).await?;
    Ok(command)
}

/// Keeps a head-end's word on a command; the first word stays.
///
/// # Errors
/// [`ApiError::NotFound`] for a command that is not this head-end's; what the record reports.
pub async fn acknowledge(
    store: &Store,
    now: i64,
    head_end: &HeadEnd,
    acknowledgement: &PostAcknowledgement,
) -> Result<()> {
    // PostgreSQL keeps no zero byte in a text, so no id has one.
    if acknowledgement.command.contains('\0') {
        return Err(ApiError::NotFound.into());
    }
    let mut record = store.begin().await?;
    let command = commands::find(&mut record, &acknowledgement.command).await?.ok_or(ApiError::NotFound)?;
    let point = command.service_point;
    let reporting = head_ends::reporting(&mut record, std::slice::from_ref(&point)).await?;
    let own = |reporting: &Reporting| reporting.head_end.as_ref().is_none_or(|own| *own == head_end.name);
    if !reporting.get(&point).is_some_and(own) {
        return Err(ApiError::NotFound.into());
    }
    commands::acknowledge(&mut record, &head_end.name, acknowledgement, now).await?;
    if matches!(command.order, Order::Prepaid | Order::Postpaid) {
        let point = accounts::find_point(&mut record, &point).await?.ok_or(ApiError::NotFound)?;
        let is_done = acknowledgement.result == CommandResult::Done;
        end_switch(&mut record, &point, &command.id, is_done, now).await?;
    }
    record.commit().await?;
    Ok(())
}
