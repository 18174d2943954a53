//! Instalment plans (DEB-4, DEB-5): the offer with its acknowledgement, and the plan that was agreed.

use billing::collection::instalments::InstalmentsAnswer;
use billing::finding::Message;
use billing::money::Currency;
use billing::period::Day;
use billing::standing::plan_default::PlanDefaultAnswer;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::endpoint::{Endpoint, Method};

/// Asks for a plan over some months, of all that is overdue. Nothing is agreed by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPlanOffer {
    /// Whose.
    pub account: AccountId,
    /// How many instalments.
    pub months: u32,
}

impl Endpoint for GetPlanOffer {
    type Reply = PlanOffer;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/plan-offer";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/plan-offer?months={}", self.account, self.months)
    }
}

/// A plan, and what would be signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOffer {
    /// The instalments.
    pub plan: InstalmentsAnswer,
    /// The debt acknowledgement as it would be signed today.
    pub acknowledgement: Message,
    /// The SHA-256 of both texts, which agreeing to them names.
    pub sha256: String,
}

/// Agrees on a plan and signs its acknowledgement. The same request again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostPlan {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// How many instalments.
    pub months: u32,
    /// Of the texts that were read: the offer's.
    pub sha256: String,
    /// The signature: the name of who agrees, 1 to 120 characters.
    pub name: String,
}

impl Endpoint for PostPlan {
    type Reply = Plan;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/plans";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/plans")
    }
}

/// A plan that was agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Of every amount.
    pub currency: Currency,
    /// All that it carries.
    pub amount: String,
    /// The day on which it was agreed.
    pub agreed: Day,
    /// Its instalments.
    pub instalments: Vec<PlanPart>,
    /// How it stands today.
    pub standing: PlanDefaultAnswer,
    /// What was signed.
    pub acknowledgement: Message,
    /// The SHA-256 of both texts.
    pub sha256: String,
    /// Who signed.
    pub signed_by: String,
    /// When.
    pub signed_at: i64,
}

/// An instalment and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPart {
    /// From 1.
    pub number: u32,
    /// When it is due.
    pub due: Day,
    /// How much.
    pub amount: String,
    /// The day on which what was paid had reached it; none while it has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<Day>,
}
