//! What is asked about complaints, and what the customer files and adds.

use billing::number::Number;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, BillId, ComplaintId, ServicePointId};
use crate::complaints::{Complaint, ComplaintKind, ComplaintSummary, DisputedSums, Rights};
use crate::endpoint::{Endpoint, Method};

/// Asks for the complaints of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetComplaints {
    /// Whose.
    pub account: AccountId,
}

impl Endpoint for GetComplaints {
    type Reply = Complaints;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/complaints";

    fn path(&self) -> String {
        list_path(Some(&self.account))
    }
}

/// The complaints of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaints {
    /// The server's time.
    pub now: i64,
    /// Newest first.
    pub complaints: Vec<ComplaintSummary>,
}

/// Asks for one complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetComplaint {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub complaint: ComplaintId,
}

impl Endpoint for GetComplaint {
    type Reply = Complaint;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/complaints/{complaint}";

    fn path(&self) -> String {
        path(Some(&self.account), Some(&self.complaint), "")
    }
}

/// Asks what would be in dispute if a bill were disputed now. Nothing is filed by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetComplaintPreview {
    /// Whose.
    pub account: AccountId,
    /// The bill.
    pub bill: BillId,
    /// The service point and the reading seen on its meter.
    pub seen: Option<(ServicePointId, Number)>,
}

impl Endpoint for GetComplaintPreview {
    type Reply = ComplaintPreview;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/complaint-preview";

    fn path(&self) -> String {
        let path = format!("/api/v1/accounts/{}/complaint-preview?bill={}", self.account, self.bill);
        match &self.seen {
            Some((point, register)) => path + &format!("&service_point={point}&register={register}"),
            None => path,
        }
    }
}

/// What would be in dispute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComplaintPreview {
    /// The server's time.
    pub now: i64,
    /// What would be in dispute.
    pub sums: DisputedSums,
    /// The clock and the protection of a complaint that came today.
    pub rights: Rights,
    /// The complaint about this bill that is open already: evidence is added to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<ComplaintId>,
}

/// Files a complaint. The same request again gives the same complaint and adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostComplaint {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each complaint.
    pub request_id: String,
    /// What it is about.
    pub kind: ComplaintKind,
    /// The bill, for the kinds that dispute one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<BillId>,
    /// The service point that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_point: Option<ServicePointId>,
    /// The reading seen on its meter, in register units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<Number>,
    /// What happened, at most [`MOST_TEXT`](crate::complaints::MOST_TEXT) characters; it
    /// may be empty where a bill is named or a test is asked for.
    #[serde(default)]
    pub text: String,
    /// Photos handed over before at [`PHOTOS_ROUTE`](crate::own_readings::PHOTOS_ROUTE), at most
    /// [`MOST_PHOTOS`](crate::complaints::MOST_PHOTOS).
    #[serde(default)]
    pub photos: Vec<String>,
}

/// A complaint that has arrived. The server answers with the whole [`Complaint`]; whoever sends one needs its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledComplaint {
    /// As lists show it.
    pub summary: ComplaintSummary,
}

impl Endpoint for PostComplaint {
    type Reply = FiledComplaint;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = GetComplaints::ROUTE;

    fn path(&self) -> String {
        list_path(self.account.as_ref())
    }
}

/// Adds a text or photos to a complaint that is not ended. The same request again adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostEvidence {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Which.
    #[serde(skip)]
    pub complaint: Option<ComplaintId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// At most [`MOST_TEXT`](crate::complaints::MOST_TEXT) characters; it may be empty where there are photos.
    #[serde(default)]
    pub text: String,
    /// Photos handed over before.
    #[serde(default)]
    pub photos: Vec<String>,
}

impl Endpoint for PostEvidence {
    type Reply = Complaint;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/complaints/{complaint}/evidence";

    fn path(&self) -> String {
        path(self.account.as_ref(), self.complaint.as_ref(), "/evidence")
    }
}

/// Goes on to whom `rights.answer.appeal_to` names: the regulator, or in Kuwait the ministry by a grievance. The same
/// request again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostAppeal {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Which.
    #[serde(skip)]
    pub complaint: Option<ComplaintId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// Why, at most [`MOST_TEXT`](crate::complaints::MOST_TEXT) characters; it may be empty: the whole file goes with it.
    #[serde(default)]
    pub text: String,
}

impl Endpoint for PostAppeal {
    type Reply = Complaint;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/complaints/{complaint}/appeal";

    fn path(&self) -> String {
        path(self.account.as_ref(), self.complaint.as_ref(), "/appeal")
    }
}

/// Takes a complaint back; its protection ends. The same again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostWithdrawal {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Which.
    #[serde(skip)]
    pub complaint: Option<ComplaintId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
}

impl Endpoint for PostWithdrawal {
    type Reply = Complaint;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/complaints/{complaint}/withdrawal";

    fn path(&self) -> String {
        path(self.account.as_ref(), self.complaint.as_ref(), "/withdrawal")
    }
}

fn list_path(account: Option<&AccountId>) -> String {
    format!("/api/v1/accounts/{}/complaints", account.map_or("", |id| id.0.as_str()))
}

fn path(account: Option<&AccountId>, complaint: Option<&ComplaintId>, end: &str) -> String {
    let complaint = complaint.map_or("", |id| id.0.as_str());
    format!("{}/{complaint}{end}", list_path(account))
}
