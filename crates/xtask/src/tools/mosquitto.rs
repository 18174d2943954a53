//! A broker for the tests of MQTT: they start Mosquitto themselves.

use std::path::PathBuf;

use super::debian;
use crate::failure::{Failure, Result};

/// Where Debian puts it, which is on the path of root alone.
const DEBIAN: &str = "/usr/sbin/mosquitto";

/// Mosquitto's program, installed where that is ours to do.
pub(crate) fn need() -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install("mosquitto")?;
    find().ok_or_else(|| {
        Failure::says(
            "The tests of MQTT need Mosquitto: install it (Debian: apt-get install mosquitto; macOS: brew install \
             mosquitto), or go on with `cargo xtask test --without-mosquitto`.",
        )
    })
}

/// Mosquitto's program, if it is here.
pub(crate) fn find() -> Option<PathBuf> {
    let debian = PathBuf::from(DEBIAN);
    super::find("mosquitto").or_else(|| debian.exists().then_some(debian))
}
