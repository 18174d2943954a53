//! Facts the customer should know that are no errors.

use serde::{Deserialize, Serialize};

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
}

impl Finding {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PeriodTooLong { .. } => "period-too-long",
            Self::AssumedParameter { .. } => "assumed-parameter",
        }
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
