//! Prepaid supply (PRE-1, PRE-2): the credit and how long it lasts, and the way to it and back.

use billing::credit::prepaid::{PrepaidAnswer, PrepaidRequest};
use billing::credit::prepaid_switch::{PrepaidSwitchAnswer, WayOfPaying};
use billing::finding::FindingAnswer;
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Day, Period};
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, Meter, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Asks how the electricity of an account is paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPrepaid {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetPrepaid {
    type Reply = Prepaid;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/prepaid";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/prepaid", self.account)
    }
}

/// How the electricity of an account is paid for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prepaid {
    /// The server's time.
    pub now: i64,
    /// Of every sum.
    pub currency: Currency,
    /// Its electricity points.
    pub points: Vec<PrepaidPoint>,
}

/// How the electricity of one service point is paid for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrepaidPoint {
    /// Where.
    pub service_point: ServicePointId,
    /// Its meter.
    pub meter: Meter,
    /// The schedule that prices it.
    pub tariff: String,
    /// How it is paid for now.
    pub way: WayOfPaying,
    /// The first day on which it is paid for in this way; none if it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The credit, while it is prepaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Credit>,
    /// Whether it may be paid for in the other way, asked today.
    pub switch: PrepaidSwitchAnswer,
    /// The newest request to do so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest_request: Option<SwitchRequest>,
}

/// What is left, and how it came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// What is left; below zero where more was used than topped up.
    pub left: String,
    /// What the engine's rule `prepaid` is asked: whoever tries a top-up out adds it here. None while more was used
    /// before this month than was topped up until now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<PrepaidRequest>,
    /// What it answers; none without a full day on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<PrepaidAnswer>,
    /// Newest first.
    pub top_ups: Vec<TopUp>,
    /// The calendar months that are over, newest first.
    pub months: Vec<PrepaidMonth>,
}

/// Credit that was bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUp {
    /// Its id.
    pub id: String,
    /// When it arrived.
    pub at: i64,
    /// How much.
    pub amount: String,
}

/// What a calendar month took off the credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepaidMonth {
    /// Its prepaid days.
    pub period: Period,
    /// Units used in them.
    pub usage: Number,
    /// What they cost by the schedule.
    pub cost: String,
}

/// Asks for the other way of paying. The same request again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostPrepaidSwitch {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Where.
    #[serde(skip)]
    pub service_point: Option<ServicePointId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// To which way.
    pub to: WayOfPaying,
}

impl Endpoint for PostPrepaidSwitch {
    type Reply = SwitchRequest;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/prepaid-switch";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        let point = self.service_point.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/service-points/{point}/prepaid-switch")
    }
}

/// A request for the other way of paying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchRequest {
    /// Its id.
    pub id: String,
    /// To which way.
    pub to: WayOfPaying,
    /// When it was asked.
    pub asked_at: i64,
    /// Where it stands.
    pub state: SwitchState,
    /// The first day in the new way, once it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds_from: Option<Day>,
    /// What the rules said to it.
    pub reasons: Vec<FindingAnswer>,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SwitchState {
    /// The meter has not answered yet.
    Asked,
    /// It is done.
    Done,
    /// The rules, or the meter, refused it.
    Refused,
}
