//! Takes what meters tell beside their readings (MET-2 to MET-5): each event is judged alone, and kept once.

use api::alerts::AlertFact;
use api::batches::{ItemFault, MOST_ITEMS};
use api::meter_events::{CutReason, MeterEventsTaken, MeterHappening, ReportedEvent};
use api::problem::ApiError;
use billing::money::Money;
use billing::number::Number;
use sqlx::AnyConnection;
use words::batches::refused_item;

use super::raise_alert::raise_alert;
use super::take_readings::{Item, Known};
use crate::auth::HeadEnd;
use crate::error::{Error, Result};
use crate::plausible::{Present, Terms};
use crate::secrets;
use crate::state::AppState;
use crate::store::accounts;
use crate::store::meter_events::{self, EventRecord};

/// Characters of the longest id by a head-end.
const LONGEST_ID: usize = 64;

/// Takes what can be right of a batch; the rest is answered by its index. Taking the same again changes nothing.
///
/// # Errors
/// [`ApiError::ServerBusy`] when too much waits to be written, [`ApiError::ValueInvalid`] for more than
/// [`MOST_ITEMS`]; what the record reports.
pub async fn take_meter_events(
    app: &AppState,
    head_end: &HeadEnd,
    items: &[Item<ReportedEvent>],
) -> Result<MeterEventsTaken> {
    if items.len() > MOST_ITEMS {
        return Err(ApiError::ValueInvalid { field: "/events".into() }.into());
    }
    let _place = app.intake.enter()?;
    let ids = items.iter().filter_map(|item| item.as_ref().ok()).map(|event| &event.service_point);
    let known = Known::of(app, ids).await?;
    let mut taken = MeterEventsTaken::default();
    let mut record = app.store.begin().await?;
    let mut told = Vec::new();
    for (place, item) in items.iter().enumerate() {
        match take(&mut record, app, &known, head_end, place, item).await? {
            Ok(true) => {
                taken.added += 1;
                let account = item.as_ref().ok().and_then(|event| known.account(&event.service_point));
                told.extend(account.cloned());
            }
            Ok(false) => taken.repeated += 1,
            Err(fault) => taken.refused.push(refused_item("/events", place, &fault)),
        }
    }
    record.commit().await?;
    told.iter().for_each(|account| app.hub.tell(account));
    Ok(taken)
}

/// Takes one event: true if it is new, false if it came before.
async fn take(
    record: &mut AnyConnection,
    app: &AppState,
    known: &Known,
    head_end: &HeadEnd,
    place: usize,
    item: &Item<ReportedEvent>,
) -> Result<Result<bool, ItemFault>> {
    let event = match item {
        Ok(event) => event,
        Err(field) => return Ok(Err(ItemFault::Malformed { field: field.clone() })),
    };
    let now = app.clock.now();
    let meter = match check(known, head_end, Present { now, ahead_s: app.limits.ahead_s }, event)? {
        Ok(meter) => meter,
        Err(fault) => return Ok(Err(fault)),
    };
    if let MeterHappening::Disconnected { reason: CutReason::Debt { amount } } = &event.what {
        let account =
            known.account(&event.service_point).ok_or(Error::Bug("a known point without account"))?;
        let account =
            accounts::find(record, account).await?.ok_or(Error::Bug("a point without its account"))?;
        if Money::parse(amount, account.summary.currency).is_err() {
            return Ok(Err(ItemFault::Malformed { field: "/what/reason/amount".into() }));
        }
    }
    let random = secrets::token()?;
    let kept = EventRecord {
        // Time-ordered, so that of two events of one second the one that was told later stands later.
        id: format!("{now:012}-{place:04}-{}", random.split_at(8).0),
        head_end: head_end.name.clone(),
        meter,
        reported: event.clone(),
        arrived_at: now,
    };
    if meter_events::add(record, &kept).await? {
        let account =
            known.account(&event.service_point).ok_or(Error::Bug("a known point without account"))?;
        raise_alert(record, account, now, &kept.id, &alert_of(event)).await?;
        return Ok(Ok(true));
    }
    let first = meter_events::find_reported(record, &head_end.name, &event.id).await?;
    Ok(if first.as_ref() == Some(event) { Ok(false) } else { Err(ItemFault::RepeatConflict) })
}

/// What the customer is told of an event.
fn alert_of(event: &ReportedEvent) -> AlertFact {
    let service_point = event.service_point.clone();
    match event.what {
        MeterHappening::VoltageHigh { volts } | MeterHappening::VoltageLow { volts } => {
            AlertFact::Voltage { service_point, volts }
        }
        MeterHappening::VoltageSteady | MeterHappening::Connected => AlertFact::Restored { service_point },
        MeterHappening::Tamper | MeterHappening::Theft => AlertFact::Tamper { service_point },
        MeterHappening::Disconnected { .. } => AlertFact::Disconnected { service_point },
        MeterHappening::Fault { .. } => AlertFact::Fault { service_point },
    }
}

/// The meter's number, if the event can be right.
fn check(
    known: &Known,
    head_end: &HeadEnd,
    present: Present,
    event: &ReportedEvent,
) -> Result<Result<String, ItemFault>> {
    let terms = Terms::load()?;
    let malformed = |field: &str| Ok(Err(ItemFault::Malformed { field: field.to_owned() }));
    if event.id.is_empty() || event.id.chars().count() > LONGEST_ID || event.id.contains('\0') {
        return malformed("/id");
    }
    if let MeterHappening::VoltageHigh { volts } | MeterHappening::VoltageLow { volts } = &event.what
        && *volts < Number::ZERO
    {
        return malformed("/what/volts");
    }
    Ok(Terms::check_meter(known.meter(&event.service_point), &head_end.name).and_then(|meter| {
        terms.check_time(meter.reporting, present, event.at, event.at)?;
        Ok(meter.point.meter.number.clone())
    }))
}
