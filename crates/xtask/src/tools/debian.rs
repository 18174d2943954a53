//! Installing a Debian package where we may: as root, on Debian and its children.

use std::process::Command;

use crate::failure::Result;

/// Installs the package if we are root and there is apt-get. Whether it is there afterwards is for the caller
/// to see: elsewhere this does nothing.
pub(super) fn install(package: &str) -> Result<()> {
    if !super::is_root() || super::find("apt-get").is_none() {
        return Ok(());
    }
    println!("Installing Debian's {package} ...");
    super::run(Command::new("apt-get").args(["update", "-qq"]))?;
    super::run(
        Command::new("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends", package])
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}
