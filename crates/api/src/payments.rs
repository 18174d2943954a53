//! Paying (PAY-2): what is due by bill, a payment from its start at the gateway to its receipt, and the history.
//!
//! A payment goes to the gateway's hosted page and comes back to `/pay/result/{payment}` of the portal, in whichever
//! browser it was made: [`GetPaymentResult`](crate::payment_results::GetPaymentResult) needs no session. What the gateway says is never believed by itself: the
//! server asks it, and posts once.

use billing::money::Currency;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, BillId, ServicePointId};
use crate::bills::BillState;
use crate::endpoint::{Endpoint, Method};
use crate::payment_links::PaymentLinkId;
use crate::payment_results::{PaymentId, PaymentResult};
use crate::refunds::Refund;

/// The most payments of one reply.
pub const MOST_PAYMENTS: usize = 100;
/// Bytes of the longest name of who pays.
pub const LONGEST_PAYER: usize = 80;

/// Asks for what is due, and for what was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPayments {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetPayments {
    type Reply = Payments;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payments";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/payments", self.account)
    }
}

/// What is due, by what, and what was paid. Every sum is in `currency`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payments {
    /// The server's time.
    pub now: i64,
    /// Of every sum.
    pub currency: Currency,
    /// All that is due.
    pub due: String,
    /// What was paid ahead and waits for the next bill.
    pub credit: String,
    /// What is due, oldest first: a payment goes over these in this order.
    pub debts: Vec<Debt>,
    /// How this account is paid for on the internet.
    pub provider: PaymentProvider,
    /// Newest first, at most [`MOST_PAYMENTS`].
    pub payments: Vec<Payment>,
    /// Sums that are the customer's (BIL-13), newest first.
    pub refunds: Vec<Refund>,
}

/// Something to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debt {
    /// What it is for.
    pub of: DebtKind,
    /// The last day to pay.
    pub due_on: Day,
    /// What it came to.
    pub total: String,
    /// What is left of it.
    pub left: String,
    /// Where it stands.
    pub state: BillState,
}

/// What a debt is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DebtKind {
    /// A bill.
    Bill {
        /// The one that stands.
        bill: BillId,
        /// The month it is named for.
        month: Day,
    },
    /// PAY-5: a deposit, fine or fee that a member of staff entered, or a part of a claim.
    Charge {
        /// Its id.
        charge: String,
        /// Which.
        charged: ChargeKind,
        /// The day it was entered.
        on: Day,
    },
}

/// PAY-5: an entry of the account that is no bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeKind {
    /// A security that is given back.
    Deposit,
    /// A fine.
    Fine,
    /// A fee for a service.
    Fee,
    /// A part of a claim that is paid by the month (BIL-8).
    Instalment,
}

/// How an account is paid for on the internet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PaymentProvider {
    /// KNET's hosted page.
    Knet,
    /// A page that only looks like it: no money moves.
    Sandbox,
    /// PAY-4: in the customer's bank, with these.
    Sadad {
        /// The biller's number.
        biller: String,
        /// The account number to enter.
        account: AccountId,
    },
    /// Not at present.
    None,
}

/// Starts a payment at the gateway. The same request again gives the same reply and starts nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostPayment {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each new payment.
    pub request_id: String,
    /// From the smallest unit to all that is due, `12.345`; above only with `ahead`, or as a top-up.
    pub amount: String,
    /// What is above all that is due stays as credit.
    #[serde(default)]
    pub ahead: bool,
    /// Bills to be paid before others; none means oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bills: Vec<BillId>,
    /// PRE-1: the amount is credit of this prepaid service point instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_up: Option<ServicePointId>,
    /// Who pays, as the receipt shall say; empty for the holder. At most [`LONGEST_PAYER`] bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payer: String,
    /// In which language the gateway's page is shown.
    #[serde(default)]
    pub language: PageLanguage,
}

/// A language of the gateway's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageLanguage {
    /// Arabic.
    #[default]
    Ar,
    /// English.
    En,
}

impl Endpoint for PostPayment {
    type Reply = PaymentStarted;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payments";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/payments")
    }
}

/// A payment that waits at the gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentStarted {
    /// Its id.
    pub payment: PaymentId,
    /// The address of the gateway's page: the browser goes there.
    pub page: String,
}

/// Asks for one payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPayment {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub payment: PaymentId,
}

impl Endpoint for GetPayment {
    type Reply = Payment;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payments/{payment}";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/payments/{}", self.account, self.payment)
    }
}

/// Gives a payment up that waits at the gateway. The gateway is asked first: a payment that it has captured is posted,
/// and the reply says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelPayment {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub payment: PaymentId,
}

impl Endpoint for CancelPayment {
    type Reply = Payment;
    const METHOD: Method = Method::Delete;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payments/{payment}";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/payments/{}", self.account, self.payment)
    }
}

/// A payment, as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its outcome and its receipt, as anybody sees them who paid.
    pub result: PaymentResult,
    /// Paid by a link of the holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<PaymentLinkId>,
    /// The service point whose credit it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_up: Option<ServicePointId>,
    /// The gateway's page, while it can still be paid there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// What it paid, in the order in which it did; none before it is captured.
    pub allocations: Vec<Allocation>,
    /// Of the amount what no debt took: it stays as credit.
    pub ahead: String,
}

/// What a payment paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// What it is for.
    pub of: DebtKind,
    /// Paid of it by this payment.
    pub paid: String,
}
