//! What happens to a complaint: its history, which is only added to.

use billing::complaint::AppealTo;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::BillId;
use crate::meters::MeterTest;

/// One step of a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintStep {
    /// From 1.
    pub number: u32,
    /// When.
    pub at: i64,
    /// Who took it.
    pub by: StepBy,
    /// What it is.
    pub what: StepKind,
    /// Words of who took it, as text; it may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Who took a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepBy {
    /// The account's holder.
    Holder,
    /// The provider's staff.
    Staff,
    /// The regulator, or the ministry that a grievance goes to.
    Authority,
}

/// What a step is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StepKind {
    /// The complaint came.
    Filed,
    /// The customer added something.
    EvidenceAdded,
    /// Somebody of the staff has it.
    TakenUp,
    /// A test of the meter was ordered.
    TestOrdered {
        /// Why.
        trigger: TestTrigger,
    },
    /// What the test found.
    Tested {
        /// The day, the outcome and by how much.
        test: MeterTest,
    },
    /// A bill was corrected.
    Corrected {
        /// The bill in its place.
        bill: BillId,
        /// What that one comes to.
        total: String,
        /// What was paid too much, in the account's currency: the customer's (BIL-13).
        owed: String,
        /// What is to be paid beyond the old bill.
        claimed: String,
        /// What may not be claimed any more (BIL-8).
        not_claimed: String,
    },
    /// The supply is to be restored at once and without a fee (DIS-4).
    RestorationOrdered,
    /// The answer to the customer.
    Answered {
        /// Whether the customer was right.
        accepted: bool,
    },
    /// The customer went on.
    Appealed {
        /// To whom.
        to: AppealTo,
    },
    /// That was decided.
    AppealDecided {
        /// Whether for the customer.
        accepted: bool,
    },
    /// A broken standard is made good (COM-2).
    Compensated {
        /// How much, in the account's currency.
        amount: String,
        /// The last day on which it is paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paid_by: Option<Day>,
    },
    /// The customer took the complaint back.
    Withdrawn,
    /// Nothing is left to do.
    Closed,
}

impl StepKind {
    /// The word of its kind on the wire.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::EvidenceAdded => "evidence-added",
            Self::TakenUp => "taken-up",
            Self::TestOrdered { .. } => "test-ordered",
            Self::Tested { .. } => "tested",
            Self::Corrected { .. } => "corrected",
            Self::RestorationOrdered => "restoration-ordered",
            Self::Answered { .. } => "answered",
            Self::Appealed { .. } => "appealed",
            Self::AppealDecided { .. } => "appeal-decided",
            Self::Compensated { .. } => "compensated",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }
}

/// Why a meter is tested. It says who pays for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestTrigger {
    /// The bill is not plausible (BIL-5): at the provider's cost.
    ImplausibleBill,
    /// The customer asked for it: the fee comes back if the meter proves faulty.
    CustomerAsked,
}
