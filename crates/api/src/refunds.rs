//! Sums that are the customer's (BIL-13): paid out or kept for the next bill as the customer says, never silently set off.

use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, BillId};
use crate::endpoint::{Endpoint, Method};

/// A sum that was paid too much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id.
    pub id: String,
    /// The corrected bill that it comes from.
    pub bill: BillId,
    /// The month that this bill is named for.
    pub month: Day,
    /// Since when it is owed.
    pub since: i64,
    /// How much, in the account's currency.
    pub amount: String,
    /// Where it stands.
    pub state: RefundState,
    /// The way that the customer has chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<RefundWay>,
    /// For `bank`: the last four signs of the IBAN that was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iban_end: Option<String>,
    /// When it was paid out or kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<i64>,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundState {
    /// It is the customer's and waits.
    Owed,
    /// It was paid out.
    PaidOut,
    /// It became credit for what is due and for the next bill.
    Kept,
    /// A later correction of the same bill took it back before it was paid out.
    Withdrawn,
}

/// The way to a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundWay {
    /// Into the bank account that is named.
    Bank,
    /// Collected at an office.
    Office,
    /// Against what is due and the next bill.
    NextBill,
}

/// Says how a refund shall come. The same again changes nothing; while it is owed, another way takes the first one's
/// place. `next-bill` is done at once and cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostRefundWay {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Which.
    #[serde(skip)]
    pub refund: Option<String>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// How.
    pub way: RefundWay,
    /// For `bank` alone: the IBAN.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub iban: String,
}

impl Endpoint for PostRefundWay {
    type Reply = Refund;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/refunds/{refund}/way";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/refunds/{}/way", self.refund.as_deref().unwrap_or_default())
    }
}
