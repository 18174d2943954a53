//! Signing in and out.

use billing::finding::Message;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountSummary;
use crate::endpoint::{Endpoint, Method};

/// Asks for a one-time code to be sent to the holder of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendCode {
    /// The account number, in Latin digits.
    pub account: String,
}

/// Where the code went. The same for an unknown number, so that nobody learns which accounts exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSent {
    /// The account number asked for.
    pub account: String,
}

impl Endpoint for SendCode {
    type Reply = CodeSent;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/sign-in/code";
}

/// Signs in; the reply sets the session cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The account number, in Latin digits.
    pub account: String,
    /// The one-time code, in Latin digits.
    pub code: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The holder's name.
    pub holder: Message,
    /// The holder's accounts, the one signed in with first.
    pub accounts: Vec<AccountSummary>,
}

impl Endpoint for SignIn {
    type Reply = Session;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/sign-in";
}

/// Asks who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetSession {}

impl Endpoint for GetSession {
    type Reply = Session;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/session";
}

/// Signs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOut {}

impl Endpoint for SignOut {
    type Reply = ();
    const METHOD: Method = Method::Delete;
    const ROUTE: &'static str = "/api/v1/session";
}
