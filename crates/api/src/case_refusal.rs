//! Why a plan, an acknowledgement, a certificate, or a step of a complaint is refused.

use billing::money::Money;
use billing::period::Day;

use crate::accounts::ComplaintId;

/// Why a step of a debt's way out is refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseRefusal {
    /// No plan can be agreed on.
    PlanNotOpen {
        /// Why not.
        reason: PlanClosed,
    },
    /// The acknowledgement is no longer the one that was read.
    AcknowledgementChanged,
    /// Something is still owed.
    DuesOutstanding {
        /// How much.
        amount: Money,
    },
    /// The bank has not answered about a payment yet.
    PaymentUnsettled,
    /// No certificate has that code.
    CertificateUnknown,
    /// There is an open complaint about this bill: evidence is added to it.
    ComplaintAlreadyOpen {
        /// Which.
        number: ComplaintId,
    },
    /// The complaint is answered, taken back or done: this can no longer be done to it.
    ComplaintClosed,
    /// Another step came since the caller saw the last one.
    CaseMovedOn,
    /// Nobody hears an appeal or a grievance now.
    AppealNotOpen,
    /// More photos than a complaint holds.
    TooManyPhotos {
        /// The most.
        most: usize,
    },
    /// The step does not follow from those before it.
    StepOutOfOrder,
    /// The key's role may not do this.
    RoleMissing,
    /// Medical equipment without a hospital's report, which protects nobody (DIS-5).
    ProofNeeded,
    /// A hospital's report that holds no more.
    ProofExpired {
        /// Its last day.
        until: Day,
    },
}

/// Why no plan is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanClosed {
    /// Those of non-citizens are looked at one by one (DEB-5).
    NonCitizen,
    /// Nothing is overdue.
    NothingOverdue,
    /// One is agreed and runs.
    Agreed,
    /// No correction claims anything (BIL-8).
    NoClaim,
}

impl CaseRefusal {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PlanNotOpen { .. } => "plan-not-open",
            Self::AcknowledgementChanged => "acknowledgement-changed",
            Self::DuesOutstanding { .. } => "dues-outstanding",
            Self::PaymentUnsettled => "payment-unsettled",
            Self::CertificateUnknown => "certificate-unknown",
            Self::ComplaintAlreadyOpen { .. } => "complaint-already-open",
            Self::ComplaintClosed => "complaint-closed",
            Self::CaseMovedOn => "case-moved-on",
            Self::AppealNotOpen => "appeal-not-open",
            Self::TooManyPhotos { .. } => "too-many-photos",
            Self::StepOutOfOrder => "step-out-of-order",
            Self::RoleMissing => "role-missing",
            Self::ProofNeeded => "proof-needed",
            Self::ProofExpired { .. } => "proof-expired",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::RoleMissing => 403,
            Self::CertificateUnknown => 404,
            Self::AcknowledgementChanged
            | Self::PaymentUnsettled
            | Self::ComplaintAlreadyOpen { .. }
            | Self::ComplaintClosed
            | Self::CaseMovedOn => 409,
            Self::PlanNotOpen { .. }
            | Self::DuesOutstanding { .. }
            | Self::AppealNotOpen
            | Self::TooManyPhotos { .. }
            | Self::StepOutOfOrder
            | Self::ProofNeeded
            | Self::ProofExpired { .. } => 422,
        }
    }
}
