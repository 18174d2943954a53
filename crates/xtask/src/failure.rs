//! What can go wrong while building, said so that somebody knows what to do.

use std::{io, path::PathBuf, process::ExitStatus};

/// What every step of xtask returns.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why a step stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("cannot {action} {}: {source}", path.display())]
    File { action: &'static str, path: PathBuf, source: io::Error },
    #[error("cannot start `{program}`: {source}")]
    Start { program: String, source: io::Error },
    #[error("`{command}` ended with {status}")]
    Ended { command: String, status: ExitStatus },
    #[error("{0}")]
    Says(String),
    #[error("stopped, as asked")]
    Stopped,
    /// All that is to be said has been said.
    #[error("it failed")]
    Told,
}

impl Failure {
    /// A failure that is its own sentence.
    pub(crate) fn says(sentence: impl Into<String>) -> Self {
        Self::Says(sentence.into())
    }
}
