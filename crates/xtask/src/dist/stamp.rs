//! What `dist/` holds and whether it is still what the sources say: a hash over everything that goes into it.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    failure::{Failure, Result},
    files, project,
};

/// What was built.
#[derive(Deserialize, Serialize)]
pub(crate) struct Built {
    /// The hash of what it was built from.
    pub(super) sources: String,
    /// The files under `dist/` that each lazy page loads when it is first opened.
    pub(super) pages: BTreeMap<String, Vec<String>>,
}

/// What the portal is made of. xtask itself is among it, for it makes the portal.
const SOURCES: &[&str] = &[
    "src",
    "style",
    "public",
    "crates/api",
    "crates/billing",
    "crates/green-button",
    "crates/words",
    "crates/xtask/src/dist",
    "crates/xtask/src/dist.rs",
    "e2e/package-lock.json",
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain.toml",
];

/// The hash of all sources, names and contents.
pub(super) fn of_sources() -> Result<String> {
    let root = project::root();
    let mut hash = Sha256::new();
    for source in SOURCES {
        for path in files::walk(&root.join(source))? {
            let contents = files::read(&path)?;
            hash.update(path.strip_prefix(&root).unwrap_or(&path).as_os_str().as_encoded_bytes());
            hash.update(contents.len().to_le_bytes());
            hash.update(contents);
        }
    }
    Ok(hex(&hash.finalize()))
}

/// What is in `dist/`, if it was built from sources with this hash.
pub(super) fn built_from(sources: &str) -> Option<Built> {
    let built: Built = serde_json::from_slice(&files::read(&path()).ok()?).ok()?;
    (built.sources == sources && project::dist().join("index.html").exists()).then_some(built)
}

/// Notes what was built. The note lies outside `dist/`, all of which is served.
pub(super) fn save(built: &Built) -> Result<()> {
    let note = serde_json::to_vec_pretty(built).map_err(|error| Failure::says(error.to_string()))?;
    files::write(&path(), &note)
}

/// Lets the next build begin anew.
pub(super) fn forget() -> Result<()> {
    files::remove_file(&path())
}

fn path() -> PathBuf {
    project::target().join("portal/dist.json")
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
