//! Orders a cut over a debt, where the law lets it be (DIS-1 to DIS-6): not before the ladder's end, not at a forbidden
//! time, not while a complaint about the bill or a dire need protects, and never another service than the debt may cut.

use api::accounts::Commodity;
use api::commands::{Command, Order};
use api::meter_events::CutReason;
use billing::finding::FindingAnswer;
use billing::hafez;
use sqlx::AnyConnection;

use super::send_command::queue_command;
use super::standing::cut_of;
use crate::error::{Error, Result};
use crate::store::accounts::PointRecord;
use crate::store::{accounts, ledger, receipts};

/// What became of the order.
#[derive(Clone, Debug, PartialEq)]
pub enum CutOrder {
    /// It waits for the meter's head-end.
    Queued(Command),
    /// Nothing was ordered, and why. Without a finding the calendar on record ends before this day.
    Forbidden(Vec<FindingAnswer>),
}

/// Orders the cut of a service point's supply over what its account owes, if the engine's rule `disconnection` allows it
/// at this moment.
///
/// # Errors
/// As [`queue_command`].
pub async fn cut_for_debt(record: &mut AnyConnection, now: i64, point: &PointRecord) -> Result<CutOrder> {
    let account = accounts::find(record, &point.account).await?;
    let account = account.ok_or(Error::Bug("a point without its account"))?;
    // No payment and no complaint comes between the question and the order.
    ledger::lock(record, &account.summary.id).await?;
    let Some(answer) = cut_of(record, &account, now).await?.answer else {
        return Ok(CutOrder::Forbidden(Vec::new()));
    };
    let service = match point.commodity {
        Commodity::Electricity => hafez::Commodity::Electricity,
        Commodity::Water => hafez::Commodity::Water,
    };
    if !answer.allowed || answer.service != Some(service) {
        return Ok(CutOrder::Forbidden(answer.findings));
    }
    let due = receipts::due(record, &point.account, account.summary.currency).await?;
    let order = Order::Disconnect { reason: CutReason::Debt { amount: due.to_string() } };
    Ok(CutOrder::Queued(queue_command(record, now, point, order).await?))
}
