//! What the portal tells the customer (ACC-3).

use billing::money::Currency;
use billing::number::Number;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, BillId, ComplaintId, ServicePointId};
use crate::endpoint::{Endpoint, Method};
use crate::payment_results::PaymentId;

/// The most alerts of one reply.
pub const MOST_ALERTS: usize = 100;

/// Something that happened. Whoever shows it makes the sentence, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Its id; a newer alert has a higher number.
    pub id: String,
    /// When it was raised.
    pub at: i64,
    /// Whether the customer has seen it.
    pub seen: bool,
    /// What happened.
    pub fact: AlertFact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AlertFact {
    /// MET-1: the next tier is near.
    TierNear {
        /// Where.
        service_point: ServicePointId,
        /// The place of the tier that is entered, from 2.
        tier: u32,
        /// Units left before it.
        left: Number,
        /// Of `left`.
        unit: String,
        /// The day on which it is expected.
        on: Day,
        /// Of a unit in it; none where it was not published.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Number>,
        /// Of the price.
        currency: Currency,
    },
    /// PRE-4: the projection passes the budget.
    BudgetPassed {
        /// Where.
        service_point: ServicePointId,
        /// What the period is expected to cost.
        expected: String,
        /// What it may cost.
        budget: String,
        /// Of both.
        currency: Currency,
    },
    /// MET-1: a day's use is above the usual range (BIL-5, by day).
    UseUnusual {
        /// Where.
        service_point: ServicePointId,
        /// The day.
        day: Day,
        /// Used in it so far.
        usage: Number,
        /// The most that is usual of such a day.
        high: Number,
        /// Of both.
        unit: String,
    },
    /// PRE-3: the credit has reached a threshold.
    CreditLow {
        /// Where.
        service_point: ServicePointId,
        /// What is left.
        credit: String,
        /// The threshold.
        threshold: String,
        /// Of both.
        currency: Currency,
        /// Whole days that it is expected to last; none beyond what is looked at.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u32>,
    },
    /// PRE-3: nothing is left of the credit.
    CreditOut {
        /// Where.
        service_point: ServicePointId,
    },
    /// A bill was issued.
    BillIssued {
        /// Which.
        bill: BillId,
        /// The month it is named for.
        month: Day,
        /// To pay.
        total: String,
        /// Of `total`.
        currency: Currency,
    },
    /// A bill's last day to pay is near.
    BillDueSoon {
        /// Which.
        bill: BillId,
        /// To pay, as billed.
        total: String,
        /// Of `total`.
        currency: Currency,
        /// The last day.
        due_on: Day,
    },
    /// PAY-2: a payment arrived and is posted.
    PaymentPosted {
        /// Which.
        payment: PaymentId,
        /// How much.
        amount: String,
        /// Of `amount`.
        currency: Currency,
    },
    /// PRE-1: credit was bought.
    ToppedUp {
        /// Where.
        service_point: ServicePointId,
        /// How much.
        amount: String,
        /// Of `amount`.
        currency: Currency,
    },
    /// The staff or the authority took a step of a complaint.
    ComplaintStep {
        /// Which complaint.
        complaint: ComplaintId,
    },
    /// MET-2: the meter cut the supply because of its voltage.
    Voltage {
        /// Where.
        service_point: ServicePointId,
        /// Volts.
        volts: Number,
    },
    /// MET-3: something may point to tampering with the meter or theft of the supply.
    Tamper {
        /// Where.
        service_point: ServicePointId,
    },
    /// MET-4: the supply was cut remotely.
    Disconnected {
        /// Where.
        service_point: ServicePointId,
    },
    /// MET-2 and MET-4: the supply is back.
    Restored {
        /// Where.
        service_point: ServicePointId,
    },
    /// MET-5: the meter reports a fault.
    Fault {
        /// Where.
        service_point: ServicePointId,
    },
}

impl AlertFact {
    /// The word of its kind on the wire.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TierNear { .. } => "tier-near",
            Self::BudgetPassed { .. } => "budget-passed",
            Self::UseUnusual { .. } => "use-unusual",
            Self::CreditLow { .. } => "credit-low",
            Self::CreditOut { .. } => "credit-out",
            Self::BillIssued { .. } => "bill-issued",
            Self::BillDueSoon { .. } => "bill-due-soon",
            Self::PaymentPosted { .. } => "payment-posted",
            Self::ToppedUp { .. } => "topped-up",
            Self::ComplaintStep { .. } => "complaint-step",
            Self::Voltage { .. } => "voltage",
            Self::Tamper { .. } => "tamper",
            Self::Disconnected { .. } => "disconnected",
            Self::Restored { .. } => "restored",
            Self::Fault { .. } => "fault",
        }
    }

    /// The id of the service point, bill, payment or complaint that it is about.
    #[must_use]
    pub fn about(&self) -> &str {
        match self {
            Self::TierNear { service_point, .. }
            | Self::BudgetPassed { service_point, .. }
            | Self::UseUnusual { service_point, .. }
            | Self::CreditLow { service_point, .. }
            | Self::CreditOut { service_point }
            | Self::ToppedUp { service_point, .. }
            | Self::Voltage { service_point, .. }
            | Self::Tamper { service_point }
            | Self::Disconnected { service_point }
            | Self::Restored { service_point }
            | Self::Fault { service_point } => &service_point.0,
            Self::BillIssued { bill, .. } | Self::BillDueSoon { bill, .. } => &bill.0,
            Self::PaymentPosted { payment, .. } => &payment.0,
            Self::ComplaintStep { complaint } => &complaint.0,
        }
    }
}

/// Asks for the newest alerts of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetAlerts {
    /// Whose.
    pub account: AccountId,
}

/// The newest alerts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerts {
    /// The server's time.
    pub now: i64,
    /// How many of all were not seen.
    pub unseen: u32,
    /// Newest first, at most [`MOST_ALERTS`].
    pub alerts: Vec<Alert>,
}

impl Endpoint for GetAlerts {
    type Reply = Alerts;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/alerts";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/alerts", self.account)
    }
}

/// Says that the customer has seen alerts. Saying it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostAlertsSeen {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Their ids, at most [`MOST_ALERTS`].
    pub alerts: Vec<String>,
}

/// What is left after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertsSeen {
    /// How many of all were not seen.
    pub unseen: u32,
}

impl Endpoint for PostAlertsSeen {
    type Reply = AlertsSeen;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/alerts/seen";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/alerts/seen")
    }
}
