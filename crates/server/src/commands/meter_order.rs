//! `adad command`: what the operator asks of a meter.

use api::commands::Order;
use api::meter_events::CutReason;
use billing::period::Day;
use sqlx::AnyConnection;

use super::CommandError;
use crate::actions::send_command::queue_command;
use crate::actions::take_own_reading::today;
use crate::clock::Clock;
use crate::config::operator::{MeterOrder, OneMeter, Reason};
use crate::store::accounts::{self, PointRecord};
use crate::store::{Store, StoreError, head_ends, receipts, settings};

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
    let order = match ask {
        MeterOrder::Disconnect { reason, hours, .. } => {
            Order::Disconnect { reason: reason_of(&mut record, now, &point, reason, hours).await? }
        }
        MeterOrder::Connect(_) => Order::Connect,
        MeterOrder::Prepaid(_) => Order::Prepaid,
        MeterOrder::Postpaid(_) => Order::Postpaid,
    };
    let command = queue_command(&mut record, now, &point, order).await?;
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

async fn reason_of(
    record: &mut AnyConnection,
    now: i64,
    point: &PointRecord,
    reason: Reason,
    hours: Option<u32>,
) -> Result<CutReason, CommandError> {
    Ok(match reason {
        Reason::Maintenance => CutReason::Maintenance { until: now + i64::from(hours.unwrap_or(0)) * HOUR_S },
        Reason::Debt => {
            let account = accounts::find(record, &point.account).await?;
            let account = account.ok_or(crate::error::Error::Bug("a point without its account"))?;
            let due = receipts::due(record, &point.account, account.summary.currency).await?;
            CutReason::Debt { amount: due.to_string() }
        }
        Reason::Protection => CutReason::Protection,
        Reason::Request => CutReason::Request { on: Day(today(now, point)?) },
    })
}
