//! The outcome of a payment and its receipt (PAY-2), for whoever paid.

use billing::money::Currency;
use serde::{Deserialize, Serialize};

use crate::endpoint::{Endpoint, Method};

/// An attempt to pay. Made by the server, and not to be guessed: whoever knows it may see the outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentId(pub String);

impl std::fmt::Display for PaymentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Asks for the outcome of a payment, without a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPaymentResult {
    /// Which.
    pub payment: PaymentId,
}

impl Endpoint for GetPaymentResult {
    type Reply = PaymentResult;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/payments/{payment}";

    fn path(&self) -> String {
        format!("/api/v1/payments/{}", self.payment)
    }
}

/// The outcome of a payment and its receipt: nothing in it tells more of the account than whoever paid knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentResult {
    /// Its id.
    pub payment: PaymentId,
    /// What we call it at the gateway.
    pub track_id: String,
    /// The account number with all but its last digits hidden, `••••7783`.
    pub masked_account: String,
    /// How much.
    pub amount: String,
    /// Of `amount`.
    pub currency: Currency,
    /// Who pays; empty for the holder.
    pub payer: String,
    /// When it was started.
    pub started_at: i64,
    /// Where it stands.
    pub state: PaymentState,
    /// When that was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<i64>,
    /// It was unknown for a while before it was settled.
    pub was_unknown: bool,
    /// What the bank calls it, once it has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankReference>,
    /// By which way it comes.
    pub channel: PaymentChannel,
}

/// By which way a payment comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentChannel {
    /// KNET's hosted page.
    Knet,
    /// A page that only looks like it: no money moves.
    Sandbox,
    /// At an office, in the customer's bank, or by another channel that is not of this portal.
    Elsewhere,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentState {
    /// It waits at the gateway.
    Pending,
    /// The money arrived and is posted.
    Captured,
    /// The bank said no.
    Declined,
    /// Whoever wanted to pay gave it up, or never paid.
    Cancelled,
    /// The bank has not said how it ended: it is being asked, and nothing is charged twice.
    Unknown,
}

/// What the bank calls a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankReference {
    /// The gateway's number of the order.
    pub payment_id: String,
    /// Its number of the transaction; empty where there was none.
    pub transaction_id: String,
    /// The bank's reference.
    pub reference: String,
    /// The bank's approval.
    pub authorisation: String,
    /// The day on which the bank books it, month and day as `MMDD`.
    pub post_date: String,
}
