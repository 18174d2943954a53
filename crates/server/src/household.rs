//! Generates what a household of the demo uses, the same each time it is asked.
//!
//! The power of an hour is the sum of
//! - a base that never rests: refrigerators, pumps, standby;
//! - appliances and light, by the hour: most in the evening; more at midday on Friday and Saturday;
//! - cooling: watts for each degree of the hour's temperature above [`COMFORT_C`], a little less while
//!   people sleep or work; heating below [`COOL_C`] in the few cold weeks;
//! - chance of up to 8 % each way, fixed by the household's name and the hour.
//!
//! A household that saves uses a share less of all that. Days of travel leave the base, a tenth of the appliances and a third of the cooling. The temperature swings between
//! the month's mean lowest (at three in the night) and highest (at three in the afternoon), see [`climate`]. The shapes
//! by hour are this program's own: they make a plausible household, not a statistical one.
//!
//! All arithmetic is in whole watts, milli-degrees and thousandths: the same on every machine.

pub mod climate;
pub mod noise;

use billing::number::MILLION;
use billing::period::Day;
use climate::Climate;
use noise::{chance, seed_of};

use crate::calendar::{DAY_S, day_number, number_of};
use crate::demo::{Away, Load, Saving, Water};

/// Seconds of an hour.
pub const HOUR_S: i64 = 3600;
/// Cooling runs above this outdoor temperature.
pub const COMFORT_C: i64 = 24;
/// Heating runs below this one.
pub const COOL_C: i64 = 15;

/// Appliances by hour of the day, in thousandths of the busiest hour.
const WORKDAY: [i64; 24] = [
    380, 260, 200, 180, 190, 300, 520, 560, 420, 360, 380, 440, 540, 600, 560, 520, 560, 680, 840, 960, 1000,
    940, 780, 560,
];
const WEEKEND: [i64; 24] = [
    520, 400, 280, 210, 200, 220, 280, 360, 460, 560, 640, 720, 820, 860, 780, 680, 660, 740, 860, 960, 1000,
    980, 880, 700,
];
/// Cooling by hour: fewer rooms at night, a warmer set-point while people are out.
const COOLING: [i64; 24] = [
    930, 910, 900, 890, 880, 870, 850, 830, 830, 840, 850, 870, 910, 950, 980, 1000, 1000, 1000, 1000, 1000,
    1000, 990, 970, 950,
];
const THOUSAND: i64 = 1000;

/// One household: a load under a climate.
#[derive(Clone, Copy, Debug)]
pub struct Household<'a> {
    /// Tells its chance from that of others.
    pub name: &'a str,
    /// What it has.
    pub load: &'a Load,
    /// The weather it has.
    pub climate: &'a Climate,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset_s: i64,
}

impl Household<'_> {
    /// The mean power in watts, and so the use in watt-hours, of the hour that begins at `start`.
    #[must_use]
    pub fn watts(&self, start: i64) -> i64 {
        let day = day_number(start, self.utc_offset_s);
        let hour = (start + self.utc_offset_s).rem_euclid(DAY_S) / HOUR_S;
        let at = usize::try_from(hour).unwrap_or_default();
        let away = is_away(&self.load.away, day);
        let busy = if is_weekend(day) { WEEKEND[at] } else { WORKDAY[at] };
        let appliances = self.load.appliance_watts * busy / THOUSAND / if away { 10 } else { 1 };
        let celsius_milli = self.climate.celsius_milli(day, hour);
        let above = (celsius_milli - COMFORT_C * THOUSAND).max(0);
        let below = (COOL_C * THOUSAND - celsius_milli).max(0);
        let cooling = self.load.cooling_watts_per_degree * above / THOUSAND * COOLING[at] / THOUSAND;
        let heating = self.load.heating_watts_per_degree * below / THOUSAND;
        let comfort = (cooling + heating) / if away { 3 } else { 1 };
        let watts = (self.load.base_watts + appliances + comfort) * (THOUSAND - self.saved(day)) / THOUSAND;
        watts + watts * chance(seed_of(self.name), start, 80) / THOUSAND
    }

    /// In thousandths of all use.
    fn saved(&self, day: i64) -> i64 {
        let holds = |saving: &&Saving| (number_of(saving.from.0)..=number_of(saving.to.0)).contains(&day);
        self.load.savings.iter().find(holds).map_or(0, |saving| saving.permille)
    }

    /// The use of a span shorter than an hour, in millionths of a kWh: the power glides from the middle of one hour to
    /// the middle of the next, and wavers by up to 5 %.
    #[must_use]
    pub fn span_usage(&self, start: i64, seconds: i64) -> i64 {
        let hour = (start - HOUR_S / 2).div_euclid(HOUR_S) * HOUR_S;
        let past = start - HOUR_S / 2 - hour;
        let (before, after) = (self.watts(hour), self.watts(hour + HOUR_S));
        let gliding = (before * (HOUR_S - past) + after * past) / HOUR_S;
        let seed = seed_of(self.name);
        let wavering = chance(seed, start.div_euclid(60), 35) + chance(seed, start, 15);
        let milliwatts = gliding * (THOUSAND + wavering);
        // A milliwatt-second is 1/3600 of a millionth of a kWh.
        milliwatts * seconds / HOUR_S
    }
}

/// Water used in a civil day, in millionths of a gallon: more in the warm months, whole gallons.
#[must_use]
pub fn water_usage(name: &str, water: &Water, day: i64) -> i64 {
    let season = 1000 + WATER_SEASON[usize::from(climate::month_of(day)) % 12];
    let gallons = water.gallons_per_day * season / THOUSAND / if is_away(&water.away, day) { 12 } else { 1 };
    (gallons + gallons * chance(seed_of(name), day, 140) / THOUSAND) * MILLION
}

/// January first, in thousandths above a mild day.
const WATER_SEASON: [i64; 12] = [-60, -40, 0, 30, 70, 110, 130, 130, 100, 50, 0, -40];

fn is_away(away: &[Away], day: i64) -> bool {
    away.iter()
        .any(|Away { from: Day(from), to: Day(to) }| (number_of(*from)..=number_of(*to)).contains(&day))
}

/// Friday and Saturday; 1970-01-01 was a Thursday.
const fn is_weekend(day: i64) -> bool {
    matches!((day + 4).rem_euclid(7), 5 | 6)
}

#[cfg(test)]
mod tests {
    use billing::period::parse_date;

    use super::*;
    use crate::calendar::midnight;
    use crate::demo::Demo;

    fn day(text: &str) -> i64 {
        number_of(parse_date(text).unwrap())
    }

    /// The mean power of a civil day.
    fn mean_watts(household: &Household<'_>, text: &str) -> i64 {
        let begins = midnight(parse_date(text).unwrap(), household.utc_offset_s);
        (0..24).map(|hour| household.watts(begins + hour * HOUR_S)).sum::<i64>() / 24
    }

    #[test]
    fn all_of_the_demo_can_be_generated() {
        let demo = Demo::load().unwrap();
        let generated =
            |point: &&crate::demo::DemoPoint| demo.household(point).is_some() || point.water.is_some();
        assert_eq!(demo.points().filter(generated).count(), 10);
        assert!(demo.points().all(|point| billing::rulebook::schedule(&point.tariff).is_some()));
    }

    #[test]
    fn the_year_swings_between_the_published_means() {
        let demo = Demo::load().unwrap();
        let point = demo.points().next().unwrap();
        let climate = demo.household(point).unwrap().climate;
        for (text, hour, celsius) in
            [("2026-01-15", 3, 9), ("2026-01-15", 15, 20), ("2026-07-15", 3, 31), ("2026-07-15", 15, 47)]
        {
            let milli = climate.celsius_milli(day(text), hour);
            assert!((milli - celsius * 1000).abs() <= 4_000, "{text} at {hour}: {milli}");
        }
    }

    #[test]
    fn heat_weekends_and_travel_show() {
        let demo = Demo::load().unwrap();
        let flat = demo.points().next().unwrap();
        let flat = demo.household(flat).unwrap();
        assert!(mean_watts(&flat, "2026-07-15") > 2 * mean_watts(&flat, "2026-02-15"));
        // Friday, with people at home all day, beside the Thursday before.
        assert!(mean_watts(&flat, "2026-02-13") > mean_watts(&flat, "2026-02-12"));
        assert!(mean_watts(&flat, "2024-07-15") * 3 < mean_watts(&flat, "2024-07-08") * 2);
        assert!(
            is_weekend(day("2026-09-18")) && is_weekend(day("2026-09-19")) && !is_weekend(day("2026-09-20"))
        );
    }

    #[test]
    fn short_spans_add_up_to_about_the_hour() {
        let demo = Demo::load().unwrap();
        let flat = demo.points().next().unwrap();
        let flat = demo.household(flat).unwrap();
        let begins = midnight(parse_date("2026-09-18").unwrap(), flat.utc_offset_s);
        let spans: i64 = (0..24 * 360).map(|at| flat.span_usage(begins + at * 10, 10)).sum();
        let hours: i64 = (0..24).map(|hour| flat.watts(begins + hour * HOUR_S) * 1000).sum();
        assert!((spans - hours).abs() * 50 < hours, "{spans} and {hours}: within 2 %");
    }
}
