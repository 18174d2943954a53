//! What a head-end hands over at once, readings and events alike: each item is judged alone, so that one that is wrong
//! does not hold up the rest.

use billing::finding::Message;
use billing::number::Number;
use serde::{Deserialize, Serialize};

/// The most items of a batch.
pub const MOST_ITEMS: usize = 1_000;

/// An item that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedItem {
    /// Its place in the batch, from 0.
    pub index: u64,
    /// The stable code of the [`ItemFault`].
    pub code: String,
    /// A JSON pointer into the batch, where a single value caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The sentence in both languages.
    pub message: Message,
}

/// Why an item is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemFault {
    /// It is not of the shape of such an item.
    Malformed {
        /// A JSON pointer into the item; empty for the whole.
        field: String,
    },
    /// No meter of that service point, or one that reports to another head-end.
    MeterUnknown,
    /// MET-6: a meter that does not speak by itself.
    MeterKind,
    /// A span of no length, or a longer one than a meter reports.
    SpanLength {
        /// The longest, in seconds.
        most_seconds: u32,
    },
    /// Below zero: a meter does not count backwards.
    Negative,
    /// It ends later than the server's time.
    Future,
    /// Its time is off by an hour or more, or before the meter was fitted: the meter's clock is wrong.
    ClockOff,
    /// More than what can flow through the supply in that time.
    Spike {
        /// The most, in units.
        most: Number,
    },
    /// Another reading, or this span with another value, holds the time already; the first is kept.
    Overlaps,
    /// The same id came before with other contents; the first is kept.
    RepeatConflict,
}

impl ItemFault {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "item-malformed",
            Self::MeterUnknown => "item-meter-unknown",
            Self::MeterKind => "item-meter-kind",
            Self::SpanLength { .. } => "item-span-length",
            Self::Negative => "item-negative",
            Self::Future => "item-future",
            Self::ClockOff => "item-clock-off",
            Self::Spike { .. } => "item-spike",
            Self::Overlaps => "item-overlaps",
            Self::RepeatConflict => "item-repeat-conflict",
        }
    }
}
