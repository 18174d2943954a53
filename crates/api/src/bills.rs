//! Issued bills.

use billing::bill::{BillAnswer, BillFacts, TaxAnswer};
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Day, Period};
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, AccountSummary, BillId, Commodity, ComplaintId, Quality, ServicePointId};
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

/// How a bill came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BillKind {
    /// From readings at both ends.
    #[default]
    Actual,
    /// A part of it was estimated (BIL-4); the next real reading settles it.
    Estimated,
    /// It stands in place of the bill that it corrects.
    Corrected,
}

/// Why a bill was corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionReason {
    /// A real reading came after an estimate (BIL-4).
    Settlement,
    /// The multiplier was wrong (BIL-7).
    Multiplier,
    /// A test found the meter fast or slow (BIL-6).
    MeterTest,
    /// A reading was wrong, as a complaint showed.
    Complaint,
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
    /// How it came about.
    #[serde(default)]
    pub kind: BillKind,
    /// The bill that this one stands in place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<BillId>,
    /// The bill that stands in place of this one; then nothing is left to pay of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<BillId>,
    /// What was paid too much before this correction: the customer's, in cash (BIL-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<String>,
    /// Whether what its correction claims is still to be paid in parts (BIL-8); `state` knows nothing of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_in_parts: bool,
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

/// The readings a usage comes from: two of the meter that served at the end, and two of each that was exchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledReadings {
    /// The number on the meter's plate.
    pub meter: String,
    /// The register at the period's start, or when its meter was fitted in it.
    pub previous: Number,
    /// The register at its end.
    pub current: Number,
    /// Register units to units.
    pub multiplier: Number,
    /// How `current` came about.
    pub quality: Quality,
    /// The meters that were taken away within the period (BIL-3), oldest first; their use is part of the bill's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanged: Vec<ExchangedMeter>,
}

/// A meter that was taken away within a bill's period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedMeter {
    /// The number on its plate.
    pub meter: String,
    /// Its register at the period's start, or when it was fitted in it.
    pub previous: Number,
    /// Its register when it was taken away.
    pub current: Number,
    /// Register units to units.
    pub multiplier: Number,
    /// Units that it counted.
    pub usage: Number,
    /// Its last day.
    pub until: Day,
}

impl BilledReadings {
    /// Units that the exchanged meters counted, zero without any.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`](billing::error::BillingError).
    pub fn exchanged_usage(&self) -> billing::error::Result<Number> {
        self.with_exchanged(Number::ZERO)
    }

    /// Units of the whole period where the meter at its end counted `own`.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`](billing::error::BillingError).
    pub fn with_exchanged(&self, own: Number) -> billing::error::Result<Number> {
        let mut sum = own.fraction();
        for taken in &self.exchanged {
            sum = sum.plus(taken.usage.fraction())?;
        }
        sum.to_number()
    }
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
    /// What made a correction necessary, and what it comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<BillCorrection>,
    /// The estimated bills that this one's reading settled, oldest first, as they were issued.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settles: Vec<BillId>,
    /// The complaint about it that is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<BillDispute>,
    /// The parts in which its claim is still to be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_parts: Option<BillInParts>,
}

/// A complaint about a bill that waits for its answer, or for a decision on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillDispute {
    /// The bill that stands now, where the disputed one was corrected meanwhile.
    pub bill: BillId,
    /// The complaint.
    pub complaint: ComplaintId,
    /// What is in dispute, in the bill's currency; the rest stays payable.
    pub disputed: String,
}

/// What made a correction necessary. Both bills are kept: what changed follows from the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillCorrection {
    /// Why.
    pub reason: CorrectionReason,
    /// The bill with the real reading, where an estimate was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<BillId>,
    /// Of the total what may not be claimed any more (BIL-8); zero as a rule.
    pub not_claimed: String,
    /// What was paid too much: the customer's, in cash, never quietly set off (BIL-13).
    pub owed: String,
    /// What of it became parts of a claim, each a debt of its own (BIL-8); zero as a rule.
    pub in_parts: String,
}

/// Asks for all bills of an account, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetBills {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetBills {
    type Reply = Bills;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/bills";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/bills", self.account)
    }
}

/// All bills of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bills {
    /// Newest first.
    pub bills: Vec<BillSummary>,
    /// The open complaints about them, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<BillDispute>,
    /// Those of which a claim is still to be paid in parts, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_parts: Vec<BillInParts>,
}

/// What is to be paid of a corrected bill in monthly parts: nothing of it is due with the bill itself (BIL-8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillInParts {
    /// The bill that stands now.
    pub bill: BillId,
    /// How many parts were chosen.
    pub parts: u32,
    /// What is left of all of them, in the bill's currency.
    pub left: String,
    /// Whether the same parts also pay other bills' claims.
    pub with_others: bool,
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
