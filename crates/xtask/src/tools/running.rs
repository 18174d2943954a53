//! A program that runs beside us and ends with us.

use std::{
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use super::cannot_start;
use crate::failure::{Failure, Result};

const ENDS_WITHIN: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A running program; dropping it ends it.
pub(crate) struct Running {
    child: Child,
    name: String,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().map_err(|source| cannot_start(&command, source))?;
        Ok(Self { child, name })
    }

    pub(crate) fn has_ended(&mut self) -> Result<bool> {
        let ended = self.child.try_wait();
        ended
            .map(|status| status.is_some())
            .map_err(|source| Failure::Start { program: self.name.clone(), source })
    }

    /// Asks to end, as Ctrl-C and a service manager do, so that what is being written gets written.
    fn ask_to_end(&self) -> bool {
        let id = self.child.id().to_string();
        cfg!(unix) && Command::new("kill").args(["-TERM", &id]).status().is_ok_and(|status| status.success())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.has_ended().unwrap_or(true) {
            return;
        }
        let begun = Instant::now();
        if self.ask_to_end() {
            while begun.elapsed() < ENDS_WITHIN {
                if self.has_ended().unwrap_or(true) {
                    return;
                }
                thread::sleep(LOOK_EVERY);
            }
        }
        // It does not listen, or nobody could ask it.
        if self.child.kill().is_ok() && self.child.wait().is_err() {
            eprintln!("`{}` may still be running", self.name);
        }
    }
}
