//! What a meter's report can be, and what is wrong with one that cannot. The figures are in `data/plausible.toml`.

use std::sync::OnceLock;

use api::batches::ItemFault;
use api::readings::IntervalReading;
use billing::fraction::Fraction;
use billing::number::Number;
use serde::Deserialize;

use crate::actions::take_readings::reports_by_itself;
use crate::error::{Error, Result};
use crate::store::accounts::PointRecord;
use crate::store::head_ends::Reporting;

/// The figures.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Seconds after the server's time that a report may end.
    pub ahead_s: i64,
    /// Seconds from which on the clock is called wrong.
    pub clock_off_s: i64,
    /// Seconds of the longest span.
    pub longest_span_s: u32,
    phases: i64,
    volts: i64,
    over_percent: i64,
    amps_where_unknown: u32,
}

/// A meter as a head-end's report needs it.
#[derive(Clone, Copy, Debug)]
pub struct Reported<'a> {
    /// Where.
    pub point: &'a PointRecord,
    /// What else is known of its meter.
    pub reporting: &'a Reporting,
}

/// When reports are judged.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    /// The server's time.
    pub now: i64,
    /// Seconds that a report may be ahead of it, where that is more than the terms say: a demo is fed faster than time.
    pub ahead_s: i64,
}

impl Terms {
    /// The terms of this version.
    ///
    /// # Errors
    /// [`Error::Bug`] if the file is not as it must be; a test holds that it is.
    pub fn load() -> Result<Self> {
        static READ: OnceLock<Option<Terms>> = OnceLock::new();
        let read = READ.get_or_init(|| toml::from_str(include_str!("../data/plausible.toml")).ok());
        (*read).ok_or(Error::Bug("data/plausible.toml cannot be read"))
    }

    /// Who may report: only a digital electricity meter speaks by itself (MET-6), and only by its own head-end. To
    /// another head-end it looks like one that does not exist.
    ///
    /// # Errors
    /// The fault.
    pub fn check_meter<'a>(meter: Option<Reported<'a>>, head_end: &str) -> Result<Reported<'a>, ItemFault> {
        let meter = meter.ok_or(ItemFault::MeterUnknown)?;
        if meter.reporting.head_end.as_ref().is_some_and(|own| own != head_end) {
            return Err(ItemFault::MeterUnknown);
        }
        if reports_by_itself(meter.point) { Ok(meter) } else { Err(ItemFault::MeterKind) }
    }

    /// When a report can be of: from the meter's fitting to now.
    ///
    /// # Errors
    /// The fault.
    pub fn check_time(
        &self,
        reporting: &Reporting,
        present: Present,
        from: i64,
        to: i64,
    ) -> Result<(), ItemFault> {
        let ahead = to.saturating_sub(present.now);
        if from < reporting.fitted_at || ahead > self.clock_off_s.max(present.ahead_s) {
            return Err(ItemFault::ClockOff);
        }
        if ahead > self.ahead_s.max(present.ahead_s) { Err(ItemFault::Future) } else { Ok(()) }
    }

    /// What a reading can be.
    ///
    /// # Errors
    /// The first fault.
    pub fn check_reading(
        &self,
        meter: Reported<'_>,
        present: Present,
        reading: &IntervalReading,
    ) -> Result<(), ItemFault> {
        if reading.seconds == 0 || reading.seconds > self.longest_span_s {
            return Err(ItemFault::SpanLength { most_seconds: self.longest_span_s });
        }
        if reading.usage < Number::ZERO {
            return Err(ItemFault::Negative);
        }
        let end = reading.start.saturating_add(i64::from(reading.seconds));
        self.check_time(meter.reporting, present, reading.start, end)?;
        let most = self.most(meter.point, reading.seconds);
        if reading.usage > most { Err(ItemFault::Spike { most }) } else { Ok(()) }
    }

    /// The most units that can flow through a supply in so many seconds.
    fn most(&self, point: &PointRecord, seconds: u32) -> Number {
        const WATT_SECONDS_PER_KWH: i64 = 3_600_000;
        let amps = i64::from(point.breaker_amps.unwrap_or(self.amps_where_unknown));
        let watts = self.phases * self.volts * amps * (100 + self.over_percent) / 100;
        let watt_seconds = Fraction::count(watts).times(Fraction::count(i64::from(seconds)));
        let most = watt_seconds.and_then(|all| all.divided_by(Fraction::count(WATT_SECONDS_PER_KWH)));
        // A day at any rating that a breaker has is far below the largest number.
        most.and_then(|most| most.to_number()).unwrap_or(Number::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use api::accounts::{AccountId, Commodity, Meter, MeterKind, ServicePointId};

    use super::*;

    fn point(breaker_amps: Option<u32>) -> PointRecord {
        PointRecord {
            id: ServicePointId("p".into()),
            account: AccountId("1".into()),
            commodity: Commodity::Electricity,
            unit: "kWh".into(),
            tariff: "kw.electricity.private".into(),
            breaker_amps,
            meter: Meter { number: "M".into(), kind: MeterKind::Digital, multiplier: Number::from_units(1) },
            digits: None,
            utc_offset_s: 10_800,
        }
    }

    #[test]
    fn a_reading_is_judged_at_its_bounds() {
        let terms = Terms::load().unwrap();
        let now = 1_000_000;
        let reporting = Reporting { fitted_at: 500_000, head_end: None };
        let spike = |most: &str| Err(ItemFault::Spike { most: Number::parse(most).unwrap() });
        for (amps, start, seconds, usage, expected) in [
            (None, now - 10, 10, "0", Ok(())),
            (None, now - 10, 0, "0", Err(ItemFault::SpanLength { most_seconds: 86_400 })),
            (None, now - 86_400, 86_400, "0", Ok(())),
            (None, now - 86_401, 86_401, "0", Err(ItemFault::SpanLength { most_seconds: 86_400 })),
            (None, now - 10, 10, "-0.000001", Err(ItemFault::Negative)),
            (None, now + 50, 10, "0", Ok(())),
            (None, now + 51, 10, "0", Err(ItemFault::Future)),
            (None, now + 3_590, 10, "0", Err(ItemFault::Future)),
            (None, now + 3_591, 10, "0", Err(ItemFault::ClockOff)),
            (None, now + 86_400, 10, "0", Err(ItemFault::ClockOff)),
            (None, 500_000, 10, "0", Ok(())),
            (None, 499_999, 10, "0", Err(ItemFault::ClockOff)),
            (None, -1, 10, "0", Err(ItemFault::ClockOff)),
            (None, i64::MAX, 10, "0", Err(ItemFault::ClockOff)),
            (Some(100), now - 3600, 3600, "86.4", Ok(())),
            (Some(100), now - 3600, 3600, "86.400001", spike("86.4")),
            (None, now - 3600, 3600, "1382.4", Ok(())),
            (None, now - 3600, 3600, "999999999999", spike("1382.4")),
        ] {
            let (point, usage) = (point(amps), Number::parse(usage).unwrap());
            let reading = IntervalReading { service_point: point.id.clone(), start, seconds, usage };
            let meter = Reported { point: &point, reporting: &reporting };
            let judged = terms.check_reading(meter, Present { now, ahead_s: 0 }, &reading);
            assert_eq!(judged, expected, "{amps:?} {start} {seconds} {usage}");
        }
    }

    #[test]
    fn another_head_ends_meter_looks_unknown() {
        let point = point(None);
        for (own, head_end, expected) in [
            (None, "", None),
            (None, "north", None),
            (Some("north"), "north", None),
            (Some("north"), "south", Some(ItemFault::MeterUnknown)),
            (Some("north"), "", Some(ItemFault::MeterUnknown)),
        ] {
            let reporting = Reporting { fitted_at: 0, head_end: own.map(str::to_owned) };
            let meter = Reported { point: &point, reporting: &reporting };
            assert_eq!(Terms::check_meter(Some(meter), head_end).err(), expected, "{own:?} {head_end}");
        }
        assert_eq!(Terms::check_meter(None, "").err(), Some(ItemFault::MeterUnknown));
    }
}
