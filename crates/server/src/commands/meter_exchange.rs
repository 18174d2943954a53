//! `adad meter-exchange`: a meter was taken away and another fitted. It may be given again: what is done is not done
//! twice.

use api::accounts::{Meter, MeterKind};
use billing::period::date_text;

use super::CommandError;
use super::correct::{clock, found, told};
use crate::actions::exchange_meter::{Exchange, ExchangeRefused, exchange_meter};
use crate::config::operator::{FittedKind, MeterExchanged};
use crate::error::Error;
use crate::store::accounts::MeterRecord;
use crate::store::{Store, StoreError};

pub(super) async fn meter_exchange(ask: MeterExchanged) -> Result<(), CommandError> {
    let store = Store::open(&ask.record.database_url).await?;
    let now = clock(&store).await?.now();
    let mut record = store.begin().await?;
    let (_, point) = found(&mut record, ask.service_point).await?;
    let kind = match ask.kind {
        FittedKind::Mechanical => MeterKind::Mechanical,
        FittedKind::Digital => MeterKind::Digital,
    };
    let meter = Meter { number: ask.number, kind, multiplier: ask.multiplier };
    let fitted = MeterRecord { meter, digits: ask.digits };
    let exchange = Exchange { on: ask.on, second: ask.time, last: ask.last, fitted, first: ask.first };
    let done = exchange_meter(&mut record, now, &point, &exchange).await;
    let (is_new, old) = done.map_err(|refused| match refused {
        ExchangeRefused::Refused(refusal) => told(Error::Refused(refusal)),
        ExchangeRefused::Other(error) => told(error),
        refused => CommandError::Says(refused.to_string()),
    })?;
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    let known = if is_new { "on record" } else { "was on record" };
    let (number, on) = (&exchange.fitted.meter.number, date_text(exchange.on));
    println!("meter {old}: {} on {on}; meter {number}: {}, {known}", exchange.last, exchange.first);
    Ok(())
}
