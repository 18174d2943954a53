//! How much of what head-ends hand over may wait to be written: beyond that they are told to come again, so that the
//! server's memory and their patience have an end.

use api::problem::ApiError;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Batches that are written or wait for it: a thousand readings each, a few seconds' work for one disk.
const MOST_BATCHES: usize = 64;

/// Counts the batches at work.
#[derive(Debug)]
pub struct Intake(Semaphore);

impl Default for Intake {
    fn default() -> Self {
        Self::of(MOST_BATCHES)
    }
}

impl Intake {
    /// Takes so many batches at a time.
    #[must_use]
    pub fn of(batches: usize) -> Self {
        Self(Semaphore::new(batches))
    }

    /// A place for one batch, as long as it is held.
    ///
    /// # Errors
    /// [`ApiError::ServerBusy`] if all are taken.
    pub fn enter(&self) -> Result<SemaphorePermit<'_>, ApiError> {
        self.0.try_acquire().map_err(|_| ApiError::ServerBusy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_batch_after_the_last_place_is_sent_away_until_one_is_free() {
        let intake = Intake::of(2);
        let first = intake.enter().unwrap();
        let _second = intake.enter().unwrap();
        assert_eq!(intake.enter().err(), Some(ApiError::ServerBusy));
        drop(first);
        assert!(intake.enter().is_ok());
    }
}
