//! What the staff do about complaints and dire need, each by a key of their own: `Authorization: Bearer`.

use billing::number::Number;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, ComplaintId, ServicePointId};
use crate::complaint_steps::TestTrigger;
use crate::complaints::{Complaint, ComplaintSummary};
use crate::dire_need::RegisteredNeed;
use crate::endpoint::{Endpoint, Method};
use crate::meters::MeterTest;

/// Where the staff see a photo of a complaint or a report.
pub const STAFF_PHOTO_ROUTE: &str = "/api/v1/staff/photos/{photo}";

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffRole {
    /// All but deciding appeals: the provider's staff.
    Officer,
    /// Deciding appeals and grievances, and nothing else: the regulator or the ministry.
    Authority,
}

/// Asks for the complaints that are not ended, at most 200: those with a proven dire need first, then the oldest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetOpenComplaints {}

impl Endpoint for GetOpenComplaints {
    type Reply = OpenComplaints;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/staff/complaints";
}

/// Complaints that are not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenComplaints {
    /// The server's time.
    pub now: i64,
    /// Those with a proven dire need first, then the oldest.
    pub complaints: Vec<StaffComplaint>,
}

/// A complaint in the staff's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffComplaint {
    /// Whose.
    pub account: AccountId,
    /// Whether a proven need of its account lets it come first (DIS-5).
    pub first: bool,
    /// As its holder's list shows it.
    pub summary: ComplaintSummary,
}

/// Asks for one complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetStaffComplaint {
    /// Which.
    pub complaint: ComplaintId,
}

impl Endpoint for GetStaffComplaint {
    type Reply = Complaint;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/staff/complaints/{complaint}";

    fn path(&self) -> String {
        format!("/api/v1/staff/complaints/{}", self.complaint)
    }
}

/// Takes a step. The same request again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostStaffStep {
    /// Which.
    #[serde(skip)]
    pub complaint: Option<ComplaintId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each.
    pub request_id: String,
    /// The number of the last step that the caller has seen. If another came since, nothing is done.
    pub after: u32,
    /// What to do.
    pub step: StaffStep,
    /// Words for the customer, at most [`MOST_TEXT`](crate::complaints::MOST_TEXT) characters; it may be empty.
    #[serde(default)]
    pub note: String,
}

impl Endpoint for PostStaffStep {
    type Reply = Complaint;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/staff/complaints/{complaint}/steps";

    fn path(&self) -> String {
        format!("/api/v1/staff/complaints/{}/steps", self.complaint.as_ref().map_or("", |id| id.0.as_str()))
    }
}

/// What the staff can do to a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum StaffStep {
    /// From now on somebody has it.
    TakeUp,
    /// Orders a test of the meter of its service point.
    OrderTest {
        /// Why.
        trigger: TestTrigger,
    },
    /// Enters what the test found; if the meter ran fast or slow, the bills made from it are corrected (BIL-6).
    EnterTest {
        /// The day, the outcome and by how much.
        test: MeterTest,
        /// Since when it ran so: bills whose days begin then or later are corrected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Day>,
    },
    /// Corrects the disputed bill by the right reading at the end of its period.
    CorrectReading {
        /// Where.
        service_point: ServicePointId,
        /// What the register showed, in register units.
        current: Number,
    },
    /// Corrects a wrong multiplier, and every bill that was made with it (BIL-7).
    CorrectMultiplier {
        /// The right one.
        right: Number,
    },
    /// Restores a supply that was cut, at once and without a fee, after the error was proven (DIS-4).
    OrderRestoration,
    /// The answer to the customer.
    Answer {
        /// Whether the customer was right.
        accepted: bool,
    },
    /// Enters what an appeal or a grievance came to. An authority's role alone may.
    DecideAppeal {
        /// Whether for the customer.
        accepted: bool,
    },
    /// Credits what the broken standards come to, by the case's own times (COM-2).
    Compensate {
        /// For a broken standard whose sum was not published: typed by the staff, never guessed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Number>,
    },
    /// Nothing is left to do.
    Close,
}

/// Asks for the hospital reports that nobody has looked at, oldest first, at most 200.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetWaitingNeeds {}

impl Endpoint for GetWaitingNeeds {
    type Reply = Vec<StaffNeed>;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/staff/dire-needs";
}

/// A need in the staff's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffNeed {
    /// Whose.
    pub account: AccountId,
    /// As it was registered.
    pub need: RegisteredNeed,
}

/// Says whether a hospital's report proves a need. The newest word counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostNeedReview {
    /// Which need.
    #[serde(skip)]
    pub need: Option<String>,
    /// Whether it does.
    pub proven: bool,
    /// Words beside it, for the record; it may be empty.
    #[serde(default)]
    pub note: String,
}

impl Endpoint for PostNeedReview {
    type Reply = StaffNeed;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/staff/dire-needs/{need}/review";

    fn path(&self) -> String {
        format!("/api/v1/staff/dire-needs/{}/review", self.need.as_deref().unwrap_or_default())
    }
}
