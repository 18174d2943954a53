//! NREL's PySAM in a virtual environment of its own under target/: a peer that the slow tests and a bench ask.

use std::{path::PathBuf, process::Command};

use super::debian;
use crate::{
    failure::{Failure, Result},
    files, project,
};

/// One version, so that a run can be repeated.
const PACKAGE: &str = "nrel-pysam==7.1.1.post1";

/// A Python that has PySAM, installed from PyPI at the first time.
pub(crate) fn need() -> Result<PathBuf> {
    let folder = project::target().join("pysam");
    let python = folder.join("bin/python");
    let marker = folder.join("installed");
    if std::fs::read(&marker).is_ok_and(|installed| installed == PACKAGE.as_bytes()) {
        return Ok(python);
    }
    println!("Installing {PACKAGE} from PyPI into {} ...", folder.display());
    files::remove_folder(&folder)?;
    let make = || super::quietly(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    if make().is_err() {
        debian::install("python3-venv")?;
        make().map_err(|failure| {
            Failure::says(format!(
                "PySAM needs python3 with its module venv (Debian: apt-get install python3-venv): {failure}"
            ))
        })?;
    }
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", PACKAGE];
    super::quietly(Command::new(&python).args(install)).map_err(|failure| {
        Failure::says(format!(
            "{PACKAGE} could not be had from PyPI, so nothing was compared with utilityrate5: \
             is the network there, and has PyPI a wheel for this machine? ({failure})"
        ))
    })?;
    files::write(&marker, PACKAGE.as_bytes())?;
    Ok(python)
}
