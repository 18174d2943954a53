//! Facts the customer should know that are no errors.

pub mod debt;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::hafez::eligibility::HafezCondition;
use crate::money::Money;
use crate::number::Number;

/// A sentence in both languages. The engine knows no language: its callers bring the sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Arabic.
    pub ar: String,
    /// English.
    pub en: String,
}

/// Turns a finding into its sentence.
pub type Say<'a> = &'a dyn Fn(&Finding) -> Message;

/// One fact beside a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The reading period is longer than the service guide allows (BIL-1). Still billed with full tiers.
    PeriodTooLong {
        /// Its days.
        days: i64,
        /// The most allowed.
        most: i64,
    },
    /// The result rests on a figure that no public source gives.
    AssumedParameter {
        /// Which: a key such as `proration`, `start-day`, `tier-rounding`, `meter-fee`.
        name: &'static str,
        /// What is assumed, as the rulebook writes it.
        value: &'static str,
    },
    /// The meter was exchanged in the period, and the use of both is added (BIL-3).
    MeterExchanged {
        /// The old meter's last day.
        on: Date,
    },
    /// The register came full circle to zero between the readings (BIL-3).
    RegisterRolledOver,
    /// Several periods in a row have been estimated (BIL-4).
    EstimatesRepeated {
        /// How many, this one included.
        periods: i64,
    },
    /// The use lies outside the usual range of its month; the bill is held (BIL-5).
    UseUnusual {
        /// What the bill would charge.
        usage: Number,
        /// The least that is usual.
        low: Number,
        /// The most that is usual.
        high: Number,
        /// Of all three.
        unit: String,
    },
    /// A use below zero; the bill is held (BIL-5).
    UseNegative,
    /// No use at an occupied home; the bill is held (BIL-5).
    UseZero,
    /// No period on record to compare with (BIL-5).
    NoHistory,
    /// One meter serves several categories: separate meters or exact shares (TAR-8).
    SeparateMetersOrShares,
    /// A change that would reach back into the past (TAR-11).
    Backdated {
        /// The day asked for.
        on: Date,
        /// The first day that can be had.
        earliest: Date,
    },
    /// Units of different consumers get their own bills (TAR-11).
    DifferentConsumers,
    /// The bill does not give the full tiers (TAR-6).
    TiersDenied {
        /// What it takes too much.
        amount: Money,
    },
    /// A sum is the customer's and is returned in cash (BIL-8, BIL-13).
    RefundOwed {
        /// How much.
        amount: Money,
    },
    /// A part of the difference lies too far back to be claimed (BIL-8).
    ClaimLimited {
        /// How far back a claim may reach.
        months: i64,
    },
    /// The periodic test of the meter is overdue (BIL-12).
    MeterTestOverdue {
        /// When it was due.
        due: Date,
    },
    /// How often such a meter is tested was never published (BIL-12).
    TestIntervalNotPublished,
    /// The projection ends above the budget (PRE-4).
    BudgetPassed {
        /// What the period is expected to cost.
        expected: Money,
        /// What it may cost.
        budget: Money,
    },
    /// Only a digital meter of electricity can be paid in advance (PRE-2, MET-6).
    DigitalMeterNeeded,
    /// What is owed comes first (PRE-2).
    DuesUnpaid {
        /// How much.
        amount: Money,
    },
    /// The way back to paying later is not open yet (PRE-2).
    MinimumStay {
        /// From when it is.
        from: Date,
    },
    /// A condition of Hafez is not met (HAF-1).
    HafezNotEligible {
        /// Which.
        condition: HafezCondition,
    },
    /// What is shown is worth to the state, and no money of the customer (HAF-4).
    WorthToTheState,
    /// A fact about a debt, a cut, a complaint or a compensation.
    Debt(debt::DebtFinding),
}

impl Finding {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PeriodTooLong { .. } => "period-too-long",
            Self::AssumedParameter { .. } => "assumed-parameter",
            Self::MeterExchanged { .. } => "meter-exchanged",
            Self::RegisterRolledOver => "register-rolled-over",
            Self::EstimatesRepeated { .. } => "estimates-repeated",
            Self::UseUnusual { .. } => "use-unusual",
            Self::UseNegative => "use-negative",
            Self::UseZero => "use-zero",
            Self::NoHistory => "no-history",
            Self::SeparateMetersOrShares => "separate-meters-or-shares",
            Self::Backdated { .. } => "backdated",
            Self::DifferentConsumers => "different-consumers",
            Self::TiersDenied { .. } => "tiers-denied",
            Self::RefundOwed { .. } => "refund-owed",
            Self::ClaimLimited { .. } => "claim-limited",
            Self::MeterTestOverdue { .. } => "meter-test-overdue",
            Self::TestIntervalNotPublished => "test-interval-not-published",
            Self::BudgetPassed { .. } => "budget-passed",
            Self::DigitalMeterNeeded => "digital-meter-needed",
            Self::DuesUnpaid { .. } => "dues-unpaid",
            Self::MinimumStay { .. } => "minimum-stay",
            Self::HafezNotEligible { .. } => "hafez-not-eligible",
            Self::WorthToTheState => "worth-to-the-state",
            Self::Debt(finding) => finding.code(),
        }
    }

    /// What a result that rests on `value`, assumed for `name`, says of it.
    #[must_use]
    pub const fn assumed(name: &'static str, value: &'static str) -> Self {
        Self::AssumedParameter { name, value }
    }

    /// All findings as the wire shows them, each once.
    #[must_use]
    pub fn answers<'a>(findings: impl IntoIterator<Item = &'a Self>, say: Say<'_>) -> Vec<FindingAnswer> {
        let mut told: Vec<&Self> = Vec::new();
        for finding in findings {
            if !told.contains(&finding) {
                told.push(finding);
            }
        }
        told.into_iter().map(|finding| finding.answer(say)).collect()
    }

    /// The finding as the wire shows it.
    #[must_use]
    pub fn answer(&self, say: Say<'_>) -> FindingAnswer {
        FindingAnswer { code: self.code().to_owned(), message: say(self) }
    }
}

/// A finding on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingAnswer {
    /// The stable code.
    pub code: String,
    /// The sentence.
    pub message: Message,
}
