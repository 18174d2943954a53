//! Bills and readings as files, by a link that works without the session for a day: a webview cannot save what a page makes.

use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Where a link leads, as the server routes it.
pub const ROUTE: &str = "/api/v1/exports/{token}";

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportKind {
    /// A line a bill.
    BillsCsv,
    /// A line an interval of a digital meter, else a line from reading to reading.
    ReadingsCsv,
    /// The intervals of one digital meter as Green Button (ESPI in Atom XML).
    GreenButton,
}

/// Asks for a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostExport {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What.
    pub kind: ExportKind,
    /// Of one service point alone; Green Button needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_point: Option<ServicePointId>,
    /// From this day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// To this day, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

impl Endpoint for PostExport {
    type Reply = ExportLink;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/exports";

    fn path(&self) -> String {
        let account = self.account.as_ref().map(|id| id.0.as_str()).unwrap_or_default();
        format!("/api/v1/accounts/{account}/exports")
    }
}

/// A link to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportLink {
    /// Its path on this server; whoever holds it gets the file.
    pub path: String,
    /// It works until this instant.
    pub ends_at: i64,
}
