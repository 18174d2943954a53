//! A Chromium to drive.

use std::path::PathBuf;

use super::debian;
use crate::failure::{Failure, Result};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser that `ADAD_CHROMIUM` names, or the system's, installed where that is ours to do.
pub(crate) fn need() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("ADAD_CHROMIUM") {
        return Ok(chosen.into());
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install("chromium")?;
    find().ok_or_else(|| {
        Failure::says(
            "The journeys need Chromium or Chrome: install it (Debian: apt-get install chromium), \
             or name its program in ADAD_CHROMIUM.",
        )
    })
}

fn find() -> Option<PathBuf> {
    let on_path = NAMES.iter().find_map(|name| super::find(name));
    on_path.or_else(|| MAC.iter().map(PathBuf::from).find(|path| path.exists()))
}
