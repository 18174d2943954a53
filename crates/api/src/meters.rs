//! What is known of a meter.

use billing::finding::FindingAnswer;
use billing::number::Number;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, Meter, Reading, ServicePointId};
use crate::endpoint::{Endpoint, Method};
use crate::faults::FaultReport;
use crate::meter_events::MeterEvent;

/// Asks for what is known of a service point's meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetMeterPage {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub service_point: ServicePointId,
}

impl Endpoint for GetMeterPage {
    type Reply = MeterPage;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/meter";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/service-points/{}/meter", self.account, self.service_point)
    }
}

/// Asks how a service point's meter counts and speaks: of what [`GetMeterPage`] is answered, no more is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetMeterBrief(pub GetMeterPage);

impl Endpoint for GetMeterBrief {
    type Reply = MeterBrief;
    const METHOD: Method = GetMeterPage::METHOD;
    const ROUTE: &'static str = GetMeterPage::ROUTE;

    fn path(&self) -> String {
        self.0.path()
    }
}

/// The part of [`MeterPage`] that a reading by hand needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterBrief {
    /// Digits before the register's point, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<u32>,
    /// How it speaks.
    pub state: MeterState,
}

/// What is known of a meter; nothing in it is guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterPage {
    /// The server's time.
    pub now: i64,
    /// The meter.
    pub meter: Meter,
    /// `kWh` or `imp gal`.
    pub unit: String,
    /// Digits before the register's point, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<u32>,
    /// The day it was fitted.
    pub fitted_on: Day,
    /// How it speaks.
    pub state: MeterState,
    /// The meters that served here before, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<MeterExchange>,
    /// The newest register readings, at most 24, newest first.
    pub readings: Vec<Reading>,
    /// Its tests, newest first.
    pub tests: Vec<MeterTest>,
    /// The day by which it is tested next, where the rules name one (BIL-12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_test: Option<Day>,
    /// Facts beside that, such as an overdue test.
    pub findings: Vec<FindingAnswer>,
    /// What it told beside its readings, at most 50, newest first.
    pub events: Vec<MeterEvent>,
    /// The events that keep the supply cut now: at most one of voltage and one remote one. The end of the one does
    /// not end the other.
    pub cuts: Vec<MeterEvent>,
    /// The faults that the customer reported, at most 20, newest first.
    pub faults: Vec<FaultReport>,
}

/// A meter that was taken away, and the one that was fitted in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterExchange {
    /// The day.
    pub on: Day,
    /// The number on the plate of the old one.
    pub old: String,
    /// What it showed last.
    pub last: Number,
    /// The number on the plate of the new one.
    pub new: String,
    /// What it showed first.
    pub first: Number,
}

/// How a meter speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum MeterState {
    /// Somebody reads it.
    ReadByHand,
    /// It reports by itself, to this instant.
    Reporting {
        /// The first second after its newest interval.
        to: i64,
    },
    /// It would report by itself, and has not for more than an hour.
    Silent {
        /// The first second after its newest interval; none if it never did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<i64>,
    },
}

/// What a test of a meter found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterTest {
    /// The day.
    pub on: Day,
    /// The outcome.
    pub result: TestResult,
    /// How far it was off, in percent of the true use; zero for an accurate one.
    pub error_percent: Number,
}

/// The outcome of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestResult {
    /// Within what is allowed.
    Accurate,
    /// It counts more than was used.
    Fast,
    /// It counts less than was used.
    Slow,
}
