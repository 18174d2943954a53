//! Where fed readings come from: the demo's generator or a meter file.

use std::fs::File;
use std::io::BufReader;

use api::accounts::ServicePointId;
use api::readings::{IntervalReading, MeterProgress, Meters};
use billing::number::Number;
use green_button::{Limits, MeterFile};

use super::SPAN_S;
use crate::commands::CommandError;
use crate::config::Feed;
use crate::demo::Demo;
use crate::household::HOUR_S;

/// Readings of one request.
const BATCH: usize = 500;
/// A longer gap is filled with whole hours.
const FINE_S: i64 = 2 * HOUR_S;

/// Gives readings as their time comes.
pub(super) enum Source {
    /// Generated; each service point with how far it has been fed.
    Generated { demo: Box<Demo>, points: Vec<(ServicePointId, i64)> },
    /// From a file; what is left of it, the next reading last.
    File { point: ServicePointId, left: Vec<IntervalReading> },
}

impl Source {
    pub(super) fn open(ask: &Feed, meters: &Meters) -> Result<Self, CommandError> {
        let asked =
            |meter: &&MeterProgress| ask.account.as_ref().is_none_or(|account| meter.account.0 == *account);
        let chosen: Vec<&MeterProgress> = meters.meters.iter().filter(asked).collect();
        if chosen.is_empty() {
            return Err(CommandError::Says("no digital electricity meter to feed".into()));
        }
        match &ask.file {
            Some(path) => Self::open_file(path, chosen[0], meters.now),
            None => Self::open_generated(&chosen, meters.now),
        }
    }

    fn open_generated(chosen: &[&MeterProgress], now: i64) -> Result<Self, CommandError> {
        let demo = Demo::load()?;
        let known = |meter: &&&MeterProgress| {
            demo.points().any(|point| point.id == meter.service_point && demo.household(point).is_some())
        };
        let progress =
            |meter: &&MeterProgress| (meter.service_point.clone(), meter.reported_to.unwrap_or(now));
        let points: Vec<_> = chosen.iter().filter(known).map(progress).collect();
        if points.is_empty() {
            return Err(CommandError::Says(
                "the generator knows the demo's meters only: name a --file".into(),
            ));
        }
        Ok(Self::Generated { demo: Box::new(demo), points })
    }

    fn open_file(path: &std::path::Path, meter: &MeterProgress, now: i64) -> Result<Self, CommandError> {
        let opened = File::open(path).map_err(|error| CommandError::File { path: path.to_owned(), error })?;
        let mut file = green_button::read(BufReader::new(opened), Limits::default())?;
        let offset_s = i32::try_from(Demo::load()?.utc_offset_s).unwrap_or_default();
        file.shift_to(now, offset_s)?;
        // What lies before the meter's newest reading is in the record already.
        let from = meter.reported_to.unwrap_or(i64::MIN);
        let point = meter.service_point.clone();
        Ok(Self::File { left: readings_after(&file, &point, from), point })
    }

    /// What is fed, for a person.
    pub(super) fn names(&self) -> String {
        match self {
            Self::Generated { points, .. } => {
                points.iter().map(|(point, _)| point.0.as_str()).collect::<Vec<_>>().join(", ")
            }
            Self::File { point, left } => format!("{point} with {} readings of the file", left.len()),
        }
    }

    /// Whether it gives the readings of that service point.
    pub(super) fn feeds(&self, id: &ServicePointId) -> bool {
        match self {
            Self::Generated { points, .. } => points.iter().any(|(point, _)| point == id),
            Self::File { point, .. } => point == id,
        }
    }

    /// Whether nothing will ever come again.
    pub(super) fn is_over(&self) -> bool {
        matches!(self, Self::File { left, .. } if left.is_empty())
    }

    /// The readings of all spans that have ended by `now`, in batches.
    pub(super) fn due(&mut self, now: i64) -> Vec<Vec<IntervalReading>> {
        let due: Vec<IntervalReading> = match self {
            Self::Generated { demo, points } => {
                points.iter_mut().flat_map(|(point, fed_to)| generate(demo, point, fed_to, now)).collect()
            }
            Self::File { left, .. } => {
                let ended = |reading: &IntervalReading| reading.start + i64::from(reading.seconds) <= now;
                std::iter::from_fn(|| left.pop_if(|reading| ended(reading))).collect()
            }
        };
        due.chunks(BATCH).map(<[IntervalReading]>::to_vec).collect()
    }
}

/// Fills the time from `fed_to` to `now`: with whole hours as long as more than two hours are missing, then finely.
fn generate(demo: &Demo, id: &ServicePointId, fed_to: &mut i64, now: i64) -> Vec<IntervalReading> {
    let household = demo.points().find(|point| point.id == *id).and_then(|point| demo.household(point));
    let Some(household) = household else { return Vec::new() };
    let mut readings = Vec::new();
    loop {
        let whole_hour = *fed_to % HOUR_S == 0 && now - *fed_to >= FINE_S;
        let seconds = if whole_hour { HOUR_S } else { SPAN_S };
        if *fed_to + seconds > now {
            return readings;
        }
        let usage =
            if whole_hour { household.watts(*fed_to) * 1000 } else { household.span_usage(*fed_to, seconds) };
        readings.push(IntervalReading {
            service_point: id.clone(),
            start: *fed_to,
            seconds: u32::try_from(seconds).unwrap_or_default(),
            usage: Number::from_millionths(usage),
        });
        *fed_to += seconds;
    }
}

/// The readings that begin at or after `from`, the first one last.
fn readings_after(file: &MeterFile, point: &ServicePointId, from: i64) -> Vec<IntervalReading> {
    let reading = |interval: &green_button::Interval| IntervalReading {
        service_point: point.clone(),
        start: interval.start,
        seconds: interval.seconds,
        usage: Number::from_millionths(interval.usage_micro),
    };
    file.readings.iter().rev().filter(|interval| interval.start >= from).map(reading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A long gap is filled with hours up to the last two, then ten seconds at a time, and nothing lies between.
    #[test]
    fn a_gap_is_filled_without_holes() {
        let demo = Box::new(Demo::load().unwrap());
        let point = ServicePointId("salmiya-electricity".into());
        let begins = 1_789_750_800;
        let now = begins + 5 * HOUR_S + 1234;
        let mut source = Source::Generated { demo, points: vec![(point, begins)] };
        let batches = source.due(now);
        assert!(batches.iter().all(|batch| batch.len() <= BATCH));
        let readings: Vec<_> = batches.into_iter().flatten().collect();
        let mut end = begins;
        for reading in &readings {
            assert_eq!(reading.start, end);
            end += i64::from(reading.seconds);
        }
        assert_eq!(readings.iter().filter(|reading| reading.seconds == 3600).count(), 4);
        assert!(end <= now && now - end < SPAN_S, "{end}");
        assert_eq!(source.due(now), Vec::<Vec<_>>::new());
        assert_eq!(source.due(now + 10).concat().len(), 1);
    }
}
