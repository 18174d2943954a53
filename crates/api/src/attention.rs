//! What of all the holder's accounts waits for them, and what two of them bring: for the Overview.

use billing::finding::Message;
use billing::money::Currency;
use billing::period::CalendarMonth;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::alerts::Alert;
use crate::endpoint::{Endpoint, Method};

/// The most alerts of one reply.
pub const MOST_WAITING: u32 = 2;

/// Asks what waits for the holder who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetAttention {}

impl Endpoint for GetAttention {
    type Reply = Attention;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/attention";
}

/// What waits, and what is worth a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// The newest alerts that nobody has seen, newest first, at most [`MOST_WAITING`].
    pub alerts: Vec<WaitingAlert>,
    /// Where most of the debt stands that stops the holder's government transactions (DEB-1); none where they are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StoppedTransactions>,
    /// Accounts that are members of Hafez and have earned something to show, in the holder's order.
    pub hafez: Vec<HafezEarnings>,
    /// Supplies that are prepaid, in the holder's order.
    pub credits: Vec<CreditLeft>,
}

/// A debt that stops transactions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedTransactions {
    /// Of which account.
    pub account: AccountId,
    /// Its property.
    pub property: Message,
}

/// An alert and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingAlert {
    /// Of which account.
    pub account: AccountId,
    /// Its property.
    pub property: Message,
    /// What happened.
    pub alert: Alert,
}

/// What Hafez (HAF-3) has brought an account this year, over its services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HafezEarnings {
    /// Of which account.
    pub account: AccountId,
    /// Its property.
    pub property: Message,
    /// Of both amounts.
    pub currency: Currency,
    /// The newest month that counted.
    pub month: CalendarMonth,
    /// What it earned.
    pub earned: String,
    /// The share of electricity that was saved in it, half up to six decimals; none where electricity did not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saving_rate: Option<String>,
    /// What the year has earned so far.
    pub total: String,
}

/// What is left of a prepaid credit (PRE-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLeft {
    /// Of which account.
    pub account: AccountId,
    /// Its property.
    pub property: Message,
    /// Of `left`.
    pub currency: Currency,
    /// What is left; below zero if more was used.
    pub left: String,
    /// For how many days it lasts as things stand; none before a day on record, and where it lasts more than a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}
