//! Clearance certificates (SRV-3): that nothing is owed, for anybody to check by a code.

use billing::finding::Message;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::endpoint::{Endpoint, Method};

/// The page on which anybody checks a certificate; its code follows.
pub const VERIFY_PAGE: &str = "/verify/";

/// The check's address as a QR code.
pub const CERTIFICATE_QR_ROUTE: &str = "/api/v1/certificates/{code}/qr.svg";

/// Asks for a certificate. The same request again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostCertificate {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// Of what.
    pub kind: CertificateKind,
}

impl Endpoint for PostCertificate {
    type Reply = Certificate;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/certificates";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/certificates")
    }
}

/// Of what nothing is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateKind {
    /// The account's facility.
    Facility,
    /// Every account of the holder.
    General,
}

/// A certificate as its holder has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Whoever has it can check the certificate: it is not to be guessed.
    pub code: String,
    /// Of what.
    pub kind: CertificateKind,
    /// The day up to which nothing is owed: that of its issue.
    pub issued_on: Day,
    /// When.
    pub issued_at: i64,
}

/// Asks whether a code is that of a certificate. Anybody may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetCertificate {
    /// As it stands on the certificate.
    pub code: String,
}

impl Endpoint for GetCertificate {
    type Reply = CheckedCertificate;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/certificates/{code}";

    fn path(&self) -> String {
        format!("/api/v1/certificates/{}", self.code)
    }
}

/// What a certificate says to whoever holds its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedCertificate {
    /// Of what.
    pub kind: CertificateKind,
    /// The day up to which nothing was owed.
    pub issued_on: Day,
    /// Who holds the account.
    pub holder: Message,
    /// The property, of a facility's certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<Message>,
    /// The account, of a facility's certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
}
