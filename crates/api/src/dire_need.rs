//! Dire need (DIS-5): somebody's life or health depends on electricity. Saudi Arabia alone has rules for it.

use billing::disconnection::{DireNeed, DisconnectionAnswer, NeedKind};
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::endpoint::{Endpoint, Method};

/// Asks for the needs that an account has registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetDireNeed {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetDireNeed {
    type Reply = DireNeedPage;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/dire-need";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/dire-need", self.account)
    }
}

/// The needs that an account has registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DireNeedPage {
    /// The server's time.
    pub now: i64,
    /// Newest first.
    pub needs: Vec<RegisteredNeed>,
    /// The need that the engine's rule `disconnection` is asked with today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<DireNeed>,
    /// What that rule answers, with its findings on the need; none beyond its calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<DisconnectionAnswer>,
}

/// A need as it was registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredNeed {
    /// Its id.
    pub id: String,
    /// Which.
    pub kind: NeedKind,
    /// The day of the customer's word.
    pub told: Day,
    /// In the customer's own words; it may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The photo of the hospital's report, if one was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// The last day on which the report holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// For an emergency the last day on which it counts on the customer's word, without a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_until: Option<Day>,
    /// How it stands.
    pub state: NeedState,
    /// What was overdue when it was registered, in the account's currency: a proven need counts where nothing was.
    pub dues_at_entry: String,
    /// Whether another account of the holder had one registered: a need counts for one meter.
    pub other_meter: bool,
}

/// How a need stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NeedState {
    /// Nobody has looked at the report yet, or there is none.
    Waiting,
    /// A government hospital's report proves it.
    Proven,
    /// The report's last day has passed.
    Expired,
    /// The report does not prove it.
    Refused,
}

/// Registers a need. The same request again changes nothing. A proven need counts before all
/// others, then an emergency whose word still holds, else the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostDireNeed {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// Which.
    pub kind: NeedKind,
    /// At most [`MOST_TEXT`](crate::complaints::MOST_TEXT) characters; it may be empty.
    #[serde(default)]
    pub text: String,
    /// The photo of the hospital's report, handed over before at [`PHOTOS_ROUTE`](crate::own_readings::PHOTOS_ROUTE).
    /// Without it an emergency counts for its days only, and equipment is not registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// The last day on which the report holds, today or later; it goes with the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl Endpoint for PostDireNeed {
    type Reply = DireNeedPage;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = GetDireNeed::ROUTE;

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/dire-need")
    }
}
