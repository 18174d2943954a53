//! Payment links (PAY-3): whoever holds one may pay, and learns nothing else of the account.

use billing::money::Currency;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::endpoint::{Endpoint, Method};
use crate::payments::{PageLanguage, PaymentStarted};

/// The most days for which a link is made.
pub const MOST_LINK_DAYS: u32 = 30;
/// The most links of an account that work at a time.
pub const MOST_LINKS: usize = 50;

/// Where a link leads in the portal, without its token.
pub const PAGE: &str = "/pay/l/";
/// The link as a QR code, SVG.
pub const QR_ROUTE: &str = "/api/v1/pay/l/{token}/qr.svg";

/// A link, as its holder knows it. It is not the token, which opens it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentLinkId(pub String);

impl std::fmt::Display for PaymentLinkId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes a link. The same request again gives the same link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostPaymentLink {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each new link.
    pub request_id: String,
    /// The sum, from the smallest unit to all that is due.
    pub amount: String,
    /// Whoever pays chooses how much of the sum, again and again until all of it is paid; else it is paid once and whole.
    #[serde(default)]
    pub open: bool,
    /// The last day on which it works, today or at most [`MOST_LINK_DAYS`] later.
    pub last_day: Day,
    /// What the holder calls it, for themselves alone; at most 80 bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Endpoint for PostPaymentLink {
    type Reply = PaymentLink;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payment-links";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/payment-links")
    }
}

/// Asks for the links of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPaymentLinks {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetPaymentLinks {
    type Reply = PaymentLinks;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payment-links";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/payment-links", self.account)
    }
}

/// The links of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLinks {
    /// The server's time.
    pub now: i64,
    /// Of every sum.
    pub currency: Currency,
    /// All that is due.
    pub due: String,
    /// Newest first: those that work, and those of the last three months that do not.
    pub links: Vec<PaymentLink>,
}

/// A link, as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLink {
    /// Its id.
    pub id: PaymentLinkId,
    /// Its address, to be shared.
    pub address: String,
    /// Where its QR code is, on this server.
    pub qr: String,
    /// The sum.
    pub amount: String,
    /// What of it was paid.
    pub paid: String,
    /// Whoever pays chooses how much of it.
    pub open: bool,
    /// What the holder calls it.
    pub note: String,
    /// When it was made.
    pub made_at: i64,
    /// The last day on which it works.
    pub last_day: Day,
    /// Where it stands.
    pub state: PaymentLinkState,
}

/// Where a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentLinkState {
    /// It can be paid.
    Active,
    /// Its sum is paid.
    Paid,
    /// Its last day is over.
    Expired,
    /// Its holder ended it.
    Revoked,
}

/// Ends a link. Ending it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokePaymentLink {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub link: PaymentLinkId,
}

impl Endpoint for RevokePaymentLink {
    type Reply = PaymentLink;
    const METHOD: Method = Method::Delete;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payment-links/{link}";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/payment-links/{}", self.account, self.link)
    }
}

/// Asks what a link is for, without a session. One that ended or was revoked is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPublicLink {
    /// What stands behind [`PAGE`] in its address.
    pub token: String,
}

impl Endpoint for GetPublicLink {
    type Reply = PublicLink;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/pay/l/{token}";

    fn path(&self) -> String {
        format!("/api/v1/pay/l/{}", self.token)
    }
}

/// What whoever holds a link learns, and nobody learns more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicLink {
    /// The server's time.
    pub now: i64,
    /// The account number with all but its last digits hidden, `••••7783`.
    pub masked_account: String,
    /// What can still be paid by it.
    pub left: String,
    /// Of `left`.
    pub currency: Currency,
    /// Whoever pays chooses how much of it.
    pub open: bool,
    /// The last day on which it works.
    pub last_day: Day,
    /// Active or paid.
    pub state: PaymentLinkState,
    /// When its sum was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<i64>,
    /// The host name that a true address begins with.
    pub host: String,
    /// The gateway is the sandbox: no money moves.
    pub is_sandbox: bool,
}

/// Starts a payment by a link, without a session. The same request again gives the same reply and starts nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostLinkPayment {
    /// Which link.
    #[serde(skip)]
    pub token: String,
    /// What the caller calls this request, 1 to 64 characters: a new one for each new payment.
    pub request_id: String,
    /// For an open link: how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// Who pays, as the receipt and the holder's list shall say; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payer: String,
    /// In which language the gateway's page is shown.
    #[serde(default)]
    pub language: PageLanguage,
}

impl Endpoint for PostLinkPayment {
    type Reply = PaymentStarted;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/pay/l/{token}/payments";

    fn path(&self) -> String {
        format!("/api/v1/pay/l/{}/payments", self.token)
    }
}
