//! Where things are in the project.

use std::path::{Path, PathBuf};

/// The folder that holds the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(PathBuf::new, Path::to_owned)
}

/// The built portal.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// What cargo and xtask build; never committed.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The journeys, and with them every npm package that xtask drives.
pub(crate) fn e2e() -> PathBuf {
    root().join("e2e")
}

/// A path as the project writes it: from the root, with `/`.
pub(crate) fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
