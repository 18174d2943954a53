//! Accounts, their service points, and what the Overview needs in one request.

use billing::finding::Message;
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Day, Period};
use serde::{Deserialize, Serialize};

use crate::bills::BillSummary;
use crate::endpoint::{Endpoint, Method};
use crate::live::LiveReading;

/// Writes a newtype of text for an id that is made by the server.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// An account: who is billed. The account number itself.
    AccountId
);
id!(
    /// Where one service is delivered.
    ServicePointId
);
id!(
    /// An issued bill.
    BillId
);
id!(
    /// A complaint: the number that the customer reads.
    ComplaintId
);

/// Whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Country {
    /// Kuwait.
    Kw,
    /// Saudi Arabia.
    Sa,
}

/// What is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Commodity {
    /// In kWh.
    Electricity,
    /// In imperial gallons.
    Water,
}

/// MET-6: live figures come from digital electricity meters only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeterKind {
    /// Read by hand.
    Mechanical,
    /// Speaks by itself.
    Digital,
}

/// How a reading came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// Read from the register.
    Actual,
    /// Given by the customer.
    Customer,
    /// Not read.
    Estimated,
}

/// An account as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSummary {
    /// The account number.
    pub id: AccountId,
    /// The property's name.
    pub property: Message,
    /// Whose rules hold.
    pub country: Country,
    /// Of its bills.
    pub currency: Currency,
    /// What it is supplied with, electricity first.
    pub commodities: Vec<Commodity>,
}

/// A meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    /// The number on its plate.
    pub number: String,
    /// How it is read.
    pub kind: MeterKind,
    /// Register units to units.
    pub multiplier: Number,
}

/// What a register showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// When it was read.
    pub at: i64,
    /// What it showed, in register units.
    pub register: Number,
    /// How it came about.
    pub quality: Quality,
}

/// Where one service is delivered, with the open period's use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePoint {
    /// Its id.
    pub id: ServicePointId,
    /// What is delivered.
    pub commodity: Commodity,
    /// `kWh` or `imp gal`.
    pub unit: String,
    /// The schedule of the rulebooks that prices it.
    pub tariff: String,
    /// The breaker's rating, where the meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// Its meter.
    pub meter: Meter,
    /// The open period: first and last day, both included.
    pub period: Period,
    /// The newest register reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_reading: Option<Reading>,
    /// The newest interval of a digital meter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LiveReading>,
    /// First day of `daily`.
    pub daily_from: Day,
    /// Use of each civil day from `daily_from` to today, at most 800 days; null where nothing was measured. Today's is so far.
    pub daily: Vec<Option<Number>>,
}

/// All that the Overview shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Whose.
    pub account: AccountSummary,
    /// The server's time.
    pub now: i64,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset_seconds: i32,
    /// Owed now over all unpaid bills, in `account.currency`.
    pub due: String,
    /// The newest bills, at most six, newest first.
    pub bills: Vec<BillSummary>,
    /// Electricity first.
    pub service_points: Vec<ServicePoint>,
    /// Alerts of this account that nobody has seen.
    #[serde(default)]
    pub unseen: u32,
    /// The same over all accounts of its holder: what [`GetAttention`](crate::attention::GetAttention) gives.
    #[serde(default)]
    pub waiting: u32,
}

/// Asks for the Overview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetOverview {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetOverview {
    type Reply = Overview;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/overview";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/overview", self.account)
    }
}
