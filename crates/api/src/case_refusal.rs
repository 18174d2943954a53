//! Why a plan, an acknowledgement or a certificate is refused.

use billing::money::Money;

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
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::CertificateUnknown => 404,
            Self::AcknowledgementChanged | Self::PaymentUnsettled => 409,
            Self::PlanNotOpen { .. } | Self::DuesOutstanding { .. } => 422,
        }
    }
}
