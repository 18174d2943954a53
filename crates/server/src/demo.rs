//! The demo's holders, accounts and households, from `data/demo.toml`.

use std::collections::BTreeMap;

use api::accounts::{AccountId, Commodity, Country, Meter, ServicePointId};
use api::alert_settings::AlertSettings;
use api::meters::MeterTest;
use billing::finding::Message;
use billing::money::Currency;
use billing::number::Number;
use billing::period::Day;
use serde::Deserialize;
use time::Date;

use crate::error::{Error, Result};
use crate::household::Household;
use crate::household::climate::{Climate, Climatology};

/// Seconds that local time is ahead of UTC, in Kuwait and Riyadh alike.
pub const UTC_OFFSET_S: i64 = 10_800;

/// The whole demo.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// Meters count from its midnight.
    pub first_day: Day,
    /// Seconds that local time is ahead of UTC, in Kuwait and Riyadh alike.
    pub utc_offset_s: i64,
    /// From a bill's issue to its receipt, where it is paid.
    pub days_until_paid: i64,
    /// Who signs in.
    #[serde(rename = "holder")]
    pub holders: Vec<DemoHolder>,
    /// Whose bills there are.
    #[serde(rename = "account")]
    pub accounts: Vec<DemoAccount>,
    #[serde(skip)]
    climates: BTreeMap<String, Climate>,
}

/// A holder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoHolder {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Message,
    /// Whether it is a citizen's.
    pub citizen: bool,
}

/// An account with its service points.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAccount {
    /// The account number.
    pub id: AccountId,
    /// Whose.
    pub holder: String,
    /// The property's name.
    pub property: Message,
    /// Whose rules hold.
    pub country: Country,
    /// Of its bills.
    pub currency: Currency,
    /// What Hafez asks of the home.
    #[serde(default)]
    pub home: Option<DemoHome>,
    /// What the customer wants to hear.
    #[serde(default)]
    pub alerts: Option<AlertSettings>,
    /// How many of the newest bills are not paid yet.
    pub unpaid_bills: usize,
    /// Days on which it was warned of what was overdue.
    #[serde(default)]
    pub warnings: Vec<Day>,
    /// Where it is supplied.
    #[serde(rename = "point")]
    pub points: Vec<DemoPoint>,
}

/// A home that its owner lives in.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoHome {
    /// Since when.
    pub lived_in_since: Day,
    /// When it joined Hafez.
    #[serde(default)]
    pub joined_hafez_on: Option<Day>,
}

/// A service point.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPoint {
    /// Its id.
    pub id: ServicePointId,
    /// What is delivered.
    pub commodity: Commodity,
    /// In which unit.
    pub unit: String,
    /// The schedule that prices it.
    pub tariff: String,
    /// The breaker's rating.
    #[serde(default)]
    pub breaker_amps: Option<u32>,
    /// Its meter.
    pub meter: Meter,
    /// Digits before the register's point.
    pub digits: u32,
    /// What the register showed on the first day.
    pub register: Number,
    /// What uses electricity there.
    #[serde(default)]
    pub load: Option<Load>,
    /// What uses water there.
    #[serde(default)]
    pub water: Option<Water>,
    /// Days on which nothing was heard of the meter: no readings, and its bill was estimated.
    #[serde(default)]
    pub silent: Option<Away>,
    /// From this day on the meter sends quarters of an hour.
    #[serde(default)]
    pub quarter_hours_from: Option<Day>,
    /// A bill that was made with a wrong multiplier, and corrected.
    #[serde(default)]
    pub wrong_multiplier: Option<WrongMultiplier>,
    /// Its tests.
    #[serde(default)]
    pub tests: Vec<MeterTest>,
    /// Since when it is paid for in advance.
    #[serde(default)]
    pub prepaid: Option<DemoPrepaid>,
}

/// A supply that is paid for in advance.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPrepaid {
    /// The first day.
    pub from: Day,
    /// What was topped up.
    pub top_ups: Vec<DemoTopUp>,
}

/// A top-up, at noon.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoTopUp {
    /// When.
    pub on: Day,
    /// How much.
    pub amount: Number,
}

/// A bill that was made with a wrong multiplier.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongMultiplier {
    /// The first day of the bill's period.
    pub period_from: Day,
    /// What it was made with.
    pub multiplier: Number,
    /// When it was corrected.
    pub corrected_on: Day,
}

/// What uses electricity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// Whose weather.
    pub city: String,
    /// Always.
    pub base_watts: i64,
    /// At the busiest hour of a household's day.
    pub appliance_watts: i64,
    /// For each degree above what is comfortable.
    pub cooling_watts_per_degree: i64,
    /// For each degree below it.
    pub heating_watts_per_degree: i64,
    /// Days when nobody is there.
    pub away: Vec<Away>,
    /// Times when the household saves.
    #[serde(default)]
    pub savings: Vec<Saving>,
}

/// A time when a household uses less than it did.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saving {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// How much less, in thousandths of all its use.
    pub permille: i64,
}

/// What uses water.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Water {
    /// On a mild day.
    pub gallons_per_day: i64,
    /// Days when nobody is there.
    pub away: Vec<Away>,
}

/// Days of travel, both ends included.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Away {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Away {
    /// Whether a day is one of them.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        (self.from.0..=self.to.0).contains(&day)
    }
}

impl Demo {
    /// The demo of this version.
    ///
    /// # Errors
    /// [`Error::Bug`] if the files in `data` are not as they must be; a test holds that they are.
    pub fn load() -> Result<Self> {
        let mut demo: Self = toml::from_str(include_str!("../data/demo.toml"))
            .map_err(|_| Error::Bug("data/demo.toml cannot be read"))?;
        let climatology: Climatology = toml::from_str(include_str!("../data/climatology.toml"))
            .map_err(|_| Error::Bug("data/climatology.toml cannot be read"))?;
        demo.climates = climatology.cities.into_iter().map(|city| (city.id.clone(), city)).collect();
        Ok(demo)
    }

    /// All service points.
    pub fn points(&self) -> impl Iterator<Item = &DemoPoint> {
        self.accounts.iter().flat_map(|account| &account.points)
    }

    /// What generates the use of an electricity point.
    #[must_use]
    pub fn household<'a>(&'a self, point: &'a DemoPoint) -> Option<Household<'a>> {
        let load = point.load.as_ref()?;
        let climate = self.climates.get(&load.city)?;
        Some(Household { name: &point.id.0, load, climate, utc_offset_s: self.utc_offset_s })
    }
}
