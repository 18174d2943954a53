//! Why a payment is refused.

use billing::money::Money;

/// Why a payment, or a link for one, is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentRefusal {
    /// Nothing, and less than nothing, cannot be paid.
    AmountZero {
        /// The smallest sum.
        smallest: Money,
    },
    /// A sum with parts below the smallest unit.
    AmountTooPrecise {
        /// The smallest sum.
        smallest: Money,
    },
    /// More than is due, without the word that it is paid ahead.
    AmountAboveDue {
        /// The sum.
        amount: Money,
        /// All that is due.
        due: Money,
    },
    /// A link is made for no more than what is due.
    LinkAboveDue {
        /// All that is due.
        due: Money,
    },
    /// More than the link is for.
    AmountAboveLink {
        /// What can still be paid by it.
        limit: Money,
    },
    /// More than a gateway takes at once.
    AmountTooLarge {
        /// The most.
        most: Money,
    },
    /// The link's sum is paid.
    LinkAlreadyPaid,
    /// A payment of the same sum waits for the bank.
    InProgress {
        /// It was started so long ago.
        seconds: u32,
    },
    /// The gateway does not answer, so that no payment can begin.
    GatewayUnavailable,
    /// The gateway does not say how a payment ended that is to be given up: it may have been paid.
    BankSilent,
    /// This account is not paid for here (PAY-4).
    NotPaidHere,
    /// What was sent in the gateway's name is not of its making, or was changed on the way.
    NotificationFalse,
}

impl PaymentRefusal {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AmountZero { .. } => "amount-zero",
            Self::AmountTooPrecise { .. } => "amount-too-precise",
            Self::AmountAboveDue { .. } => "amount-above-due",
            Self::LinkAboveDue { .. } => "link-above-due",
            Self::AmountAboveLink { .. } => "amount-above-link",
            Self::AmountTooLarge { .. } => "amount-too-large",
            Self::LinkAlreadyPaid => "link-already-paid",
            Self::InProgress { .. } => "payment-in-progress",
            Self::GatewayUnavailable => "gateway-unavailable",
            Self::BankSilent => "bank-silent",
            Self::NotPaidHere => "not-paid-here",
            Self::NotificationFalse => "notification-false",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::LinkAlreadyPaid | Self::InProgress { .. } => 409,
            Self::GatewayUnavailable | Self::BankSilent => 503,
            _ => 422,
        }
    }

    /// Whether the request's `amount` caused it.
    #[must_use]
    pub const fn is_about_amount(&self) -> bool {
        matches!(
            self,
            Self::AmountZero { .. }
                | Self::AmountTooPrecise { .. }
                | Self::AmountAboveDue { .. }
                | Self::LinkAboveDue { .. }
                | Self::AmountAboveLink { .. }
                | Self::AmountTooLarge { .. }
        )
    }
}
