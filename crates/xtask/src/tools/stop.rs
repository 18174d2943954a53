//! Ctrl-C and a service manager's request to end: heard, so that what we started ends with us.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::{Failure, Result};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on a request to end does not end us at once: whoever waits asks [`asked`].
pub(crate) fn listen() -> Result<()> {
    ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed))
        .map_err(|error| Failure::says(format!("Ctrl-C cannot be waited for: {error}")))
}

/// Whether we were asked to end.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
