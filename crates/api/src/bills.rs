//! Issued bills.

use billing::bill::{BillAnswer, BillFacts, TaxAnswer};
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Day, Period};
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, AccountSummary, BillId, Commodity, Quality, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Where a bill stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BillState {
    /// To be paid by its day.
    Due,
    /// That day has passed.
    Overdue,
    /// Nothing is left to pay.
    Paid,
}

/// A bill as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillSummary {
    /// Its id.
    pub id: BillId,
    /// The month it is named for: that of its issue.
    pub month: Day,
    /// Its days, both ends included.
    pub period: Period,
    /// The day it was issued.
    pub issued_on: Day,
    /// The last day to pay.
    pub due_on: Day,
    /// Of `total`.
    pub currency: Currency,
    /// To pay, as billed.
    pub total: String,
    /// Where it stands.
    pub state: BillState,
    /// What was used, by service.
    pub usages: Vec<BilledUsage>,
}

/// What one service used in a bill's period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledUsage {
    /// Which service.
    pub commodity: Commodity,
    /// Units.
    pub usage: Number,
    /// Of which kind.
    pub unit: String,
}

/// The two readings a usage comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledReadings {
    /// The number on the meter's plate.
    pub meter: String,
    /// The register at the period's start.
    pub previous: Number,
    /// The register at its end.
    pub current: Number,
    /// Register units to units.
    pub multiplier: Number,
    /// How `current` came about.
    pub quality: Quality,
}

/// The part of a bill that one service point makes, as it was issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BillPart {
    /// Which.
    pub service_point: ServicePointId,
    /// What is delivered there.
    pub commodity: Commodity,
    /// Where the usage comes from.
    pub readings: BilledReadings,
    /// What the engine was given.
    pub facts: BillFacts,
    /// What it gave, kept whole.
    pub bill: BillAnswer,
}

/// One issued bill with everything needed to calculate it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bill {
    /// As lists show it; its `total` is what was billed.
    pub summary: BillSummary,
    /// Whose.
    pub account: AccountSummary,
    /// Electricity first.
    pub parts: Vec<BillPart>,
    /// Over all parts, each rate once.
    pub taxes: Vec<TaxAnswer>,
}

/// Asks for all bills of an account, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetBills {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetBills {
    type Reply = Vec<BillSummary>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/bills";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/bills", self.account)
    }
}

/// Asks for one bill with its lines and working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetBill {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub bill: BillId,
}

impl Endpoint for GetBill {
    type Reply = Bill;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/bills/{bill}";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/bills/{}", self.account, self.bill)
    }
}
