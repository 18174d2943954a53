//! `adad command`: what the operator asks of a meter.

use api::commands::Order;
use api::meter_events::CutReason;
use billing::finding::FindingAnswer;
use billing::period::Day;
use sqlx::AnyConnection;

use super::CommandError;
use crate::actions::cut_for_debt::{CutOrder, cut_for_debt};
use crate::actions::send_command::queue_command;
use crate::actions::take_own_reading::today;
use crate::clock::Clock;
use crate::config::operator::{MeterOrder, OneMeter, Reason};
use crate::error::Error;
use crate::store::accounts::{self, PointRecord};
use crate::store::{Store, StoreError, head_ends, settings};

const HOUR_S: i64 = 3_600;

pub(super) async fn meter_order(ask: MeterOrder) -> Result<(), CommandError> {
    let (MeterOrder::Disconnect { meter, .. }
    | MeterOrder::Connect(meter)
    | MeterOrder::Prepaid(meter)
    | MeterOrder::Postpaid(meter)) = &ask;
    let store = Store::open(&meter.record.database_url).await?;
    let ahead = settings::find(&mut *store.read().await?, settings::DEMO_AHEAD_S).await?;
    let now = Clock::Running { ahead_s: ahead.unwrap_or(0) }.now();
    let mut record = store.begin().await?;
    let point = found(&mut record, meter).await?;
    let command = match ask {
        MeterOrder::Disconnect { reason: Reason::Debt, .. } => {
            match cut_for_debt(&mut record, now, &point).await? {
                CutOrder::Queued(command) => command,
                CutOrder::Forbidden(findings) => return Err(forbidden(&findings)),
            }
        }
        MeterOrder::Disconnect { reason, hours, .. } => {
            let reason = reason_of(now, &point, reason, hours)?;
            queue_command(&mut record, now, &point, Order::Disconnect { reason }).await?
        }
        MeterOrder::Connect(_) => queue_command(&mut record, now, &point, Order::Connect).await?,
        MeterOrder::Prepaid(_) => queue_command(&mut record, now, &point, Order::Prepaid).await?,
        MeterOrder::Postpaid(_) => queue_command(&mut record, now, &point, Order::Postpaid).await?,
    };
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    println!("command {} waits for the head-end of meter {}", command.id, command.meter);
    Ok(())
}

async fn found(record: &mut AnyConnection, meter: &OneMeter) -> Result<PointRecord, CommandError> {
    let missing = || CommandError::Says(format!("--meter: no meter {} serves now", meter.number));
    let point = head_ends::point_of_meter(record, &meter.number).await?.ok_or_else(missing)?;
    let point = accounts::find_point(record, &point).await?;
    // An exchanged meter can do nothing.
    point.filter(|point| point.meter.number == meter.number).ok_or_else(missing)
}

fn reason_of(
    now: i64,
    point: &PointRecord,
    reason: Reason,
    hours: Option<u32>,
) -> Result<CutReason, CommandError> {
    Ok(match reason {
        Reason::Maintenance => CutReason::Maintenance { until: now + i64::from(hours.unwrap_or(0)) * HOUR_S },
        Reason::Protection => CutReason::Protection,
        Reason::Request => CutReason::Request { on: Day(today(now, point)?) },
        Reason::Debt => return Err(Error::Bug("a cut over a debt is an action of its own").into()),
    })
}

/// Why the supply may not be cut over the debt, a line a reason.
fn forbidden(findings: &[FindingAnswer]) -> CommandError {
    let mut told = "nothing was cut: the rules do not allow it now".to_owned();
    for finding in findings {
        told += &format!("\n- {}", finding.message.en);
    }
    CommandError::Says(told)
}
