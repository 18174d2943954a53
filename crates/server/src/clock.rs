//! The present time. Nothing else in the program asks for it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// 2026-09-18T20:14:00+03:00: the instant at which a demo begins, whenever it is seeded.
pub const DEMO_STARTS_AT: i64 = 1_789_751_640;

/// Gives the time, in seconds since 1970 UTC.
#[derive(Debug)]
pub enum Clock {
    /// The machine's clock, and seconds ahead of it: none, or those of a demo.
    Running {
        /// How far ahead.
        ahead_s: i64,
    },
    /// Stands still until it is set: for tests.
    Standing(AtomicI64),
}

impl Clock {
    /// The machine's own time.
    #[must_use]
    pub const fn of_the_machine() -> Self {
        Self::Running { ahead_s: 0 }
    }

    /// Stands at `instant`.
    #[must_use]
    pub const fn standing(instant: i64) -> Self {
        Self::Standing(AtomicI64::new(instant))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> i64 {
        match self {
            Self::Running { ahead_s } => machine_time().saturating_add(*ahead_s),
            Self::Standing(instant) => instant.load(Ordering::Relaxed),
        }
    }

    /// Sets a standing clock; a running one cannot be set.
    pub fn set(&self, to: i64) {
        if let Self::Standing(instant) = self {
            instant.store(to, Ordering::Relaxed);
        }
    }
}

/// How far ahead of the machine's clock a demo is that begins at this moment.
#[must_use]
pub fn demo_ahead_s() -> i64 {
    DEMO_STARTS_AT - machine_time()
}

fn machine_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
