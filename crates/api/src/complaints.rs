//! Complaints (COM-1, ACC-2) as the customer sees them. One case is one record, whether it disputes a bill or asks for something.

use billing::bill::BillAnswer;
use billing::compensation::{CompensationAnswer, CompensationRequest};
use billing::complaint::{ComplaintOutcome, ComplaintRequest};
use billing::money::Currency;
use billing::number::Number;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{BillId, ComplaintId, ServicePointId};
use crate::complaint_steps::ComplaintStep;
use crate::refunds::Refund;

/// Characters of the longest text of a complaint.
pub const MOST_TEXT: usize = 2_000;
/// Photos of one complaint, those that came later among them.
pub const MOST_PHOTOS: usize = 6;

/// What a complaint is about, or what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintKind {
    /// The reading of a bill.
    Reading,
    /// The days of its period, or its tiers.
    Days,
    /// The category of consumption.
    Class,
    /// The multiplication factor.
    Multiplier,
    /// The reading was estimated, and the customer has the actual one.
    Estimate,
    /// A period that was billed twice.
    Duplicate,
    /// A payment that does not show.
    Payment,
    /// A fee or tax without a known reason.
    Fee,
    /// It is somebody else's consumption.
    NotMine,
    /// A cut, or a restoration that came late.
    Disconnection,
    /// Damage from high or low voltage.
    Voltage,
    /// Something else; a bill may be named.
    SomethingElse,
    /// The result of a meter test (BIL-9).
    MeterTestResult,
    /// Asks for a test of the meter.
    MeterTest,
    /// Asks for separate meters (TAR-8).
    SeparateMeters,
    /// Asks for properties to be joined or separated (TAR-11).
    Joining,
    /// Reports a change of activity or premises (TAR-7).
    ChangeOfActivity,
}

impl ComplaintKind {
    /// Those that dispute a bill, which has to be named, in the order in which they are offered.
    pub const OF_A_BILL: [Self; 9] = [
        Self::Reading,
        Self::Days,
        Self::Class,
        Self::Multiplier,
        Self::Estimate,
        Self::Duplicate,
        Self::Payment,
        Self::Fee,
        Self::NotMine,
    ];
    /// Complaints that may name a bill.
    pub const WITH_OR_WITHOUT: [Self; 3] = [Self::Disconnection, Self::Voltage, Self::SomethingElse];
    /// What is asked for or reported without a bill.
    pub const REQUESTS: [Self; 5] =
        [Self::MeterTestResult, Self::MeterTest, Self::SeparateMeters, Self::Joining, Self::ChangeOfActivity];
}

/// How a complaint stands. Its clock says beside it whether the answer is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintState {
    /// It came, and nobody has taken it up.
    Received,
    /// Somebody looks at it.
    Review,
    /// A test of the meter was ordered.
    MeterTest,
    /// The customer was right.
    Accepted,
    /// The bill stands, or what was asked for was refused.
    Rejected,
    /// It is with the regulator, or with the ministry as a grievance.
    Appealed,
    /// That was decided.
    Decided,
    /// The customer took it back.
    Withdrawn,
    /// It is done.
    Closed,
}

/// A complaint as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintSummary {
    /// Its number.
    pub id: ComplaintId,
    /// What it is about.
    pub kind: ComplaintKind,
    /// The disputed bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<BillId>,
    /// The month that the bill is named for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Day>,
    /// When it came.
    pub filed_at: i64,
    /// How it stands.
    pub state: ComplaintState,
    /// The last day for the answer; none where no source names one, or none is awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_due: Option<Day>,
    /// Working days until then; none once it is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days_left: Option<i64>,
    /// Whether the service may not be cut over the bill.
    pub protected: bool,
    /// Of the sum.
    pub currency: Currency,
    /// What is in dispute; none without a bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputed: Option<String>,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Complaint {
    /// As lists show it.
    pub summary: ComplaintSummary,
    /// The server's time.
    pub now: i64,
    /// In the customer's own words.
    pub text: String,
    /// The service point that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_point: Option<ServicePointId>,
    /// The reading seen on its meter, in register units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<Number>,
    /// What is in dispute, as it was worked out when the complaint came; none without a bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sums: Option<DisputedSums>,
    /// What the customer added, oldest first.
    pub evidence: Vec<Evidence>,
    /// What happened, oldest first.
    pub steps: Vec<ComplaintStep>,
    /// Its clock, and what protects meanwhile.
    pub rights: Rights,
    /// Standards that the case's own times are held against (Saudi Arabia): broken ones, and those whose time still runs.
    pub compensations: Vec<Compensation>,
    /// What is the customer's since the corrections, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refund>,
    /// What the customer may do now.
    pub open_to: Vec<HolderMove>,
}

/// What the customer may do to a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolderMove {
    /// Add a text or photos.
    AddEvidence,
    /// Go to whom `rights.answer.appeal_to` names.
    Appeal,
    /// Take it back.
    Withdraw,
}

/// What of a bill is in dispute. The server works it out; nobody is asked for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisputedSums {
    /// Of every amount.
    pub currency: Currency,
    /// The bill.
    pub billed: String,
    /// Of it, what is in dispute.
    pub disputed: String,
    /// The rest stays payable.
    pub undisputed: String,
    /// The last day to pay that.
    pub due_on: Day,
    /// Where the two come from.
    pub basis: SumsBasis,
}

/// Where the sums come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SumsBasis {
    /// Without a reading, or with one that the billed reading does not exceed, the whole bill is in dispute.
    WholeBill,
    /// The meter shows less than was billed: the period cannot have used more than what it shows now.
    Reading {
        /// Units that the reading leaves to the period.
        usage: Number,
        /// The part of that service point with these units, in place of the billed one.
        implied: Box<BillAnswer>,
    },
}

/// What the engine's rule `complaint` is asked of a case, and what it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rights {
    /// The question.
    pub request: ComplaintRequest,
    /// None before its rules, beyond its calendar, or once the complaint was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ComplaintOutcome>,
}

/// A guaranteed standard against a case's own times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compensation {
    /// What the engine's rule `compensation` is asked.
    pub request: CompensationRequest,
    /// What it answers.
    pub answer: CompensationAnswer,
}

/// What the customer added to a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// When.
    pub at: i64,
    /// In the customer's own words; it may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Photos, to be seen at [`PHOTO_ROUTE`](crate::own_readings::PHOTO_ROUTE).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
}
