//! What a provider claims after a correction, and the monthly parts in which a customer may pay it (BIL-8).

use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, BillId};
use crate::endpoint::{Endpoint, Method};
use crate::standing::Standing;

/// What is claimed of an account, in its currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What may still be paid in parts; zero once it is paid or shared out.
    pub open: String,
    /// When the first part would be due; none where nothing is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_due: Option<Day>,
    /// The corrections that it comes from, oldest first.
    pub bills: Vec<ClaimedBill>,
    /// The parts that were chosen, by their days.
    pub parts: Vec<ClaimPart>,
}

/// What a correction added to what its customer owes, as far as it is not paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedBill {
    /// The bill that stands.
    pub bill: BillId,
    /// The last day of its period.
    pub to: Day,
    /// How much.
    pub amount: String,
}

/// A part of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimPart {
    /// From 1 in its plan.
    pub number: u32,
    /// The last day to pay it.
    pub due: Day,
    /// How much it came to.
    pub amount: String,
    /// What is left of it.
    pub left: String,
}

/// Chooses to pay all that is open of the claim in monthly parts. The same request again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostClaimPlan {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// How many parts.
    pub months: u32,
    /// The sum that was read: what is open.
    pub amount: String,
}

impl Endpoint for PostClaimPlan {
    type Reply = Standing;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/claim-plans";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/claim-plans")
    }
}
