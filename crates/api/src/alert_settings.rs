//! What the customer wants to hear: a budget and thresholds (PRE-3, PRE-4, ACC-3).

use billing::money::Currency;
use billing::number::Number;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::endpoint::{Endpoint, Method};

/// The most thresholds of credit.
pub const MOST_THRESHOLDS: usize = 5;
/// The most days before a tier.
pub const MOST_DAYS_BEFORE: u32 = 31;

/// What the customer wants to hear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertSettings {
    /// What the electricity of a period may cost, in the account's currency; none for no budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Number>,
    /// Sums of prepaid credit at which to be told, at most [`MOST_THRESHOLDS`], each once.
    pub credit_thresholds: Vec<Number>,
    /// How many days before a tier to be told, at most [`MOST_DAYS_BEFORE`]; zero for never.
    pub days_before_tier: u32,
    /// Whether to be told of a day with unusual use.
    pub use_unusual: bool,
}

/// Asks for what holds now: what the customer chose last, or what holds for everybody until then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetAlertSettings {
    /// Whose.
    pub account: AccountId,
}

/// What holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSettingsNow {
    /// Of the sums.
    pub currency: Currency,
    /// When the customer chose it; none where nothing was chosen yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_at: Option<i64>,
    /// The choice.
    pub settings: AlertSettings,
}

impl Endpoint for GetAlertSettings {
    type Reply = AlertSettingsNow;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = PostAlertSettings::ROUTE;

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/alert-settings", self.account)
    }
}

/// Chooses. What was chosen before stays on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostAlertSettings {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// The choice.
    pub settings: AlertSettings,
}

impl Endpoint for PostAlertSettings {
    type Reply = AlertSettingsNow;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/alert-settings";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/alert-settings")
    }
}
