//! `adad feed`: plays the head-end, so that the demo's meters live.

mod by_mqtt;
mod head_end;
mod source;

use std::collections::BTreeSet;
use std::thread::sleep;
use std::time::Duration;

use api::readings::{MeterProgress, Meters};
use billing::number::Number;

use super::CommandError;
use crate::config::Feed;
use by_mqtt::ByMqtt;
use head_end::HeadEnd;
use source::Source;

/// A digital meter of the demo reports every ten seconds.
pub(super) const SPAN_S: i64 = 10;

/// Sends what is due, waits for more time to pass, and so on without end, or until a file is over.
pub(super) fn feed(ask: &Feed) -> Result<(), CommandError> {
    let head_end = HeadEnd::new(&ask.server, ask.key.read(&ask.record.database_url)?);
    let mut by_mqtt = ask.mqtt.broker()?.map(|broker| ByMqtt::connect(&broker)).transpose()?;
    let meters = head_end.wait_for_meters()?;
    let mut source = Source::open(ask, &meters)?;
    println!("feeding {} at {} times the speed of time", source.names(), ask.speed);
    let begins = meters.now;
    let pause = Duration::from_secs(SPAN_S.unsigned_abs()) / ask.speed.min(10);
    loop {
        // The server's time is asked for each round: our own could not know of a demo's.
        let Meters { now, meters } = head_end.wait_for_meters()?;
        // Which meters are cut is in the record: this program may have been started anew since.
        let is_cut = |meter: MeterProgress| meter.is_cut.then_some(meter.service_point);
        let mut cut: BTreeSet<_> = meters.into_iter().filter_map(is_cut).collect();
        head_end.obey(now, &source, &mut cut)?;
        let passed_s = (now - begins).saturating_mul(i64::from(ask.speed));
        for mut batch in source.due(begins.saturating_add(passed_s)) {
            // Nothing is used behind a meter that is cut.
            for reading in batch.iter_mut().filter(|reading| cut.contains(&reading.service_point)) {
                reading.usage = Number::ZERO;
            }
            match &mut by_mqtt {
                Some(by_mqtt) => by_mqtt.send(batch)?,
                None => head_end.send(batch)?,
            }
        }
        if source.is_over() {
            println!("the file is over");
            return Ok(());
        }
        sleep(pause);
    }
}
