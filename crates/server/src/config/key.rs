//! The head-end's key.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::secrets;
use crate::store::sqlite_file;

/// Beside an SQLite file, readable by its owner alone.
const KEY_FILE: &str = "head-end.key";

/// The key that a head-end shows.
#[derive(Clone, Debug, Args)]
pub struct Key {
    /// The file that holds it; beside an SQLite file by default.
    #[arg(long, env = "ADAD_HEAD_END_KEY_FILE")]
    pub key_file: Option<PathBuf>,
}

/// Why the head-end's key is not known.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is no place for one.
    #[error("no head-end key: set ADAD_HEAD_END_KEY, or name a file with --key-file")]
    Nowhere,
    /// The file fails.
    #[error("the head-end key file {}: {error}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// How.
        error: std::io::Error,
    },
    /// The machine gives no random numbers.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

impl Key {
    /// The key from the environment or its file.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read(&self, database_url: &str) -> Result<String, KeyError> {
        // From the environment, not an argument: anybody can read a running program's arguments.
        if let Some(key) = std::env::var("ADAD_HEAD_END_KEY").ok().filter(|key| !key.is_empty()) {
            return Ok(key);
        }
        let file = self.file(database_url)?;
        let key = std::fs::read_to_string(&file).map_err(|error| KeyError::File { file, error })?;
        Ok(key.trim().to_owned())
    }

    /// The key as [`Key::read`] gives it; a file that is missing is made, with a new key.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read_or_make(&self, database_url: &str) -> Result<String, KeyError> {
        let known = self.read(database_url);
        let missing = matches!(&known, Err(KeyError::File { error, .. }) if error.kind() == std::io::ErrorKind::NotFound);
        if !missing {
            return known;
        }
        let (file, key) = (self.file(database_url)?, secrets::token()?);
        write_private(&file, &key).map_err(|error| KeyError::File { file, error })?;
        Ok(key)
    }

    fn file(&self, database_url: &str) -> Result<PathBuf, KeyError> {
        let beside = || sqlite_file(database_url).map(|file| Path::new(file).with_file_name(KEY_FILE));
        self.key_file.clone().or_else(beside).ok_or(KeyError::Nowhere)
    }
}

#[cfg(unix)]
fn write_private(file: &Path, key: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut new = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    new.write_all(key.as_bytes())
}

#[cfg(not(unix))]
fn write_private(file: &Path, key: &str) -> std::io::Result<()> {
    std::fs::write(file, key)
}
