//! The temperature of an hour, from the mean highest and lowest of the months (`data/climatology.toml`).

use billing::number::Number;
use serde::Deserialize;
use time::Date;

use super::noise::{chance, seed_of};
use crate::calendar::{date_of, first_of_month, next_month, number_of};

/// Cosine of the angle from three in the afternoon, by hour, in thousandths.
const SWING: [i64; 24] = [
    -707, -866, -966, -1000, -966, -866, -707, -500, -259, 0, 259, 500, 707, 866, 966, 1000, 966, 866, 707,
    500, 259, 0, -259, -500,
];
/// A day is up to this much warmer or cooler than its month tells.
const WEATHER_MILLI: i64 = 3_500;

/// The file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Climatology {
    /// All cities.
    #[serde(rename = "city")]
    pub cities: Vec<Climate>,
}

/// One city's months, January first, in degrees Celsius.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Climate {
    /// Its id.
    pub id: String,
    /// Who published it.
    pub source: String,
    /// Where it can be read.
    pub address: String,
    /// Mean daily highest.
    pub high: [Number; 12],
    /// Mean daily lowest.
    pub low: [Number; 12],
}

impl Climate {
    /// The temperature of an hour of a civil day, in thousandths of a degree.
    #[must_use]
    pub fn celsius_milli(&self, day: i64, hour: i64) -> i64 {
        let (high, low) = (on_day(&self.high, day), on_day(&self.low, day));
        let swing = SWING[usize::try_from(hour.rem_euclid(24)).unwrap_or_default()];
        (high + low) / 2 + (high - low) / 2 * swing / 1000 + self.weather(day)
    }

    /// Warm and cool days come in spells: each is the mean of its own chance and its neighbours'.
    fn weather(&self, day: i64) -> i64 {
        let seed = seed_of(&self.id);
        (day - 1..=day + 1).map(|day| chance(seed, day, WEATHER_MILLI)).sum::<i64>() / 3
    }
}

/// The month of a day, 0 for January.
#[must_use]
pub fn month_of(day: i64) -> u8 {
    date_of(day).map_or(0, |date| u8::from(date.month()) - 1)
}

/// A mean belongs to the middle of its month; between two middles it changes evenly.
fn on_day(months: &[Number; 12], day: i64) -> i64 {
    let milli = |date: Date| months[usize::from(u8::from(date.month()) - 1)].millionths() / 1000;
    let Some(date) = date_of(day) else { return milli(Date::MIN) };
    let here = first_of_month(date);
    let before = first_of_month(here.previous_day().unwrap_or(here));
    let (from, to) = if day < middle(here) { (before, here) } else { (here, next_month(here)) };
    let (begins, ends) = (middle(from), middle(to));
    (milli(from) * (ends - day) + milli(to) * (day - begins)) / (ends - begins)
}

fn middle(first: Date) -> i64 {
    number_of(first) + 14
}
