//! Hafez (HAF-1 to HAF-3): who may join, and what each month of a member earned.

use billing::hafez::eligibility::EligibilityAnswer;
use billing::hafez::incentive::{HafezAnswer, HafezMonth};
use billing::number::Number;
use billing::period::{CalendarMonth, Day, Period};
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, AccountSummary, Commodity, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Asks for an account's Hafez. An account outside Kuwait has none: `not-found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetHafez {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetHafez {
    type Reply = Hafez;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = PostHafez::ROUTE;

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/hafez", self.account)
    }
}

/// Joins or leaves. Asking for what is so already changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostHafez {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What to do.
    pub step: HafezStep,
}

impl Endpoint for PostHafez {
    type Reply = Hafez;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/hafez";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/hafez")
    }
}

/// A step of a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HafezStep {
    /// Refused with `hafez-condition` while a condition is not met.
    Join,
    /// What was earned until then stays.
    Leave,
}

/// An account's Hafez.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hafez {
    /// The server's time.
    pub now: i64,
    /// Whose.
    pub account: AccountSummary,
    /// Since when it is a member; none if it is not one now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_on: Option<Day>,
    /// Whether it may join today, and each condition.
    pub eligibility: EligibilityAnswer,
    /// The year of the months below.
    pub year: i32,
    /// Electricity first.
    pub services: Vec<HafezService>,
}

/// Hafez of one service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HafezService {
    /// Where.
    pub service_point: ServicePointId,
    /// What is saved.
    pub commodity: Commodity,
    /// `kWh` or `imp gal`.
    pub unit: String,
    /// The schedule that prices it.
    pub tariff: String,
    /// The year's billed months that the account was a member for all of, oldest first.
    pub months: Vec<HafezMonth>,
    /// Such months without a bill of the same month of the year before: nothing can be earned in them.
    pub without_baseline: Vec<CalendarMonth>,
    /// What the months earned, by rule `hafez`; none without a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earned: Option<HafezAnswer>,
    /// The month that is not billed yet.
    pub open: HafezOpen,
    /// What years that are over brought, newest first.
    pub credits: Vec<HafezCredit>,
}

/// The month that is not billed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HafezOpen {
    /// The month it will be named for.
    pub month: CalendarMonth,
    /// Its days.
    pub period: Period,
    /// The use of the same month of the year before; none where it was not billed, or was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Number>,
    /// Whether the account is a member for all of it so far.
    pub counts: bool,
}

/// What a year brought, credited to the account with the ministry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HafezCredit {
    /// The year.
    pub year: i32,
    /// In dinars.
    pub amount: String,
    /// When it was credited.
    pub credited_at: i64,
}
