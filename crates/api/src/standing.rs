//! What a debt does to its holder: transactions, the ladder before a cut, the plan that carries it, and the way out.

use billing::disconnection::{DisconnectionAnswer, DisconnectionRequest, LadderStep};
use billing::finding::Message;
use billing::money::Currency;
use billing::period::Day;
use billing::standing::{StandingAnswer, StandingRequest};
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::certificates::Certificate;
use crate::claims::Claim;
use crate::endpoint::{Endpoint, Method};
use crate::plans::Plan;

/// Asks how an account and its holder stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetStanding {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetStanding {
    type Reply = Standing;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/standing";

    fn path(&self) -> String {
        format!("/api/v1/accounts/{}/standing", self.account)
    }
}

/// How an account and its holder stand. The requests go with the answers, so that the portal works out what a payment or
/// another day changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The server's time.
    pub now: i64,
    /// Of every sum.
    pub currency: Currency,
    /// What this account has to pay, whether its day has come or not.
    pub due: String,
    /// Of that, what should have been paid by now.
    pub overdue: String,
    /// Government transactions and travel of the holder; none outside Kuwait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub government: Option<Government>,
    /// Whether this account's service may be cut, now.
    pub cut: Cut,
    /// Notices and warnings of this account, newest first.
    pub notices: Vec<Notice>,
    /// The newest plan of this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// What the provider claims after a correction (BIL-8); none where nothing is or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// Certificates of this account, newest first.
    pub certificates: Vec<Certificate>,
}

/// The holder before the government's bodies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Government {
    /// What the holder owes on each account in Kuwait: for citizens and companies what is overdue, for anybody else all.
    pub debts: Vec<AccountDebt>,
    /// What the engine's rule `standing` is asked.
    pub request: StandingRequest,
    /// What it answers.
    pub answer: StandingAnswer,
}

/// What is owed on an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDebt {
    /// Which.
    pub account: AccountId,
    /// Its property.
    pub property: Message,
    /// How much counts.
    pub debt: String,
}

/// Whether a service may be cut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// What the engine's rule `disconnection` is asked.
    pub request: DisconnectionRequest,
    /// What it answers; none before its rules or beyond its calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<DisconnectionAnswer>,
}

/// A notice or warning that was served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its id.
    pub id: String,
    /// Which step.
    pub step: LadderStep,
    /// The day on which it was served.
    pub served: Day,
    /// The debt it names.
    pub debt: String,
}
