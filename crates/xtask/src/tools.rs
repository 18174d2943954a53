//! Finding and installing what the commands need, with a sentence for what only a person can install.

pub(crate) mod browser;
mod debian;
pub(crate) mod mosquitto;
pub(crate) mod postgres;
pub(crate) mod pysam;
mod running;
pub(crate) mod stop;

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::LazyLock,
    thread,
    time::Duration,
};

pub(crate) use running::Running;

use crate::{
    failure::{Failure, Result},
    files, project,
};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NODE_AT_LEAST: u32 = 20;

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Runs a program to its end, its output shown. It ends early when we are asked to.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let mut child = command.spawn().map_err(|source| cannot_start(command, source))?;
    loop {
        match child.try_wait().map_err(|source| cannot_start(command, source))? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(Failure::Ended { command: shown(command), status }),
            None if stop::asked() => {
                let ended = child.kill().and_then(|()| child.wait());
                return Err(ended.map_or_else(|source| cannot_start(command, source), |_| Failure::Stopped));
            }
            None => thread::sleep(LOOK_EVERY),
        }
    }
}

/// Runs a program to its end and gives what it wrote; its errors are shown.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| cannot_start(command, source))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure::Ended { command: shown(command), status: output.status })
    }
}

/// Runs a program to its end; what it says is shown only when it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<()> {
    let output = command.output().map_err(|source| cannot_start(command, source))?;
    if output.status.success() {
        return Ok(());
    }
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Err(Failure::Ended { command: shown(command), status: output.status })
}

/// A program of this name on the path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Whether we are root, who may install and whom PostgreSQL refuses.
pub(crate) fn is_root() -> bool {
    static IS_ROOT: LazyLock<bool> = LazyLock::new(|| {
        let id = Command::new("id").arg("-u").output();
        id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
    });
    *IS_ROOT
}

pub(crate) fn cannot_start(command: &Command, source: std::io::Error) -> Failure {
    Failure::Start { program: command.get_program().to_string_lossy().into_owned(), source }
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}

/// `cargo`, the one that started xtask.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project::root());
    command
}

/// The compiler's browser target, added when it is missing.
pub(crate) fn need_wasm_target() -> Result<()> {
    let folder = output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if PathBuf::from(folder.trim()).exists() {
        return Ok(());
    }
    if find("rustup").is_none() {
        return Err(Failure::says(format!(
            "The Rust target {WASM_TARGET} is missing, and there is no rustup to add it: \
             install rustup (https://rustup.rs), or your system's package of that target."
        )));
    }
    println!("Adding the Rust target {WASM_TARGET} ...");
    run(Command::new("rustup").args(["target", "add", WASM_TARGET]).current_dir(project::root()))
}

/// A C compiler: SQLite is C.
pub(crate) fn need_c_compiler() -> Result<()> {
    if std::env::var_os("CC").is_some() || ["cc", "gcc", "clang"].iter().any(|name| find(name).is_some()) {
        return Ok(());
    }
    Err(Failure::says(
        "A C compiler is needed, for SQLite and for linking: install one (Debian: apt-get install gcc libc6-dev; \
         macOS: xcode-select --install).",
    ))
}

/// Makes sure that there is wrk, which asks a server as fast as it answers; it is installed where that is ours to do.
pub(crate) fn need_wrk() -> Result<()> {
    if find("wrk").is_none() {
        debian::install("wrk")?;
    }
    find("wrk").map(|_| ()).ok_or_else(|| {
        Failure::says("The bench of the server needs wrk: install it (Debian: apt-get install wrk; macOS: brew install wrk).")
    })
}

/// Node, new enough.
pub(crate) fn need_node() -> Result<()> {
    let missing = || {
        Failure::says(format!(
            "Node {NODE_AT_LEAST} or newer is needed, with npm: install it from https://nodejs.org or \
             with your system's packages (Debian: apt-get install nodejs npm)."
        ))
    };
    let answer = Command::new("node").arg("--version").output().map_err(|_| missing())?;
    let version = String::from_utf8_lossy(&answer.stdout).into_owned();
    let major: Option<u32> =
        version.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse().ok());
    match major {
        Some(major) if major >= NODE_AT_LEAST && find("npm").is_some() => Ok(()),
        _ => Err(missing()),
    }
}

/// The npm packages of `e2e/package-lock.json`, installed when they are not the ones that are there.
pub(crate) fn need_npm_packages() -> Result<()> {
    need_node()?;
    let lock = files::read(&project::e2e().join("package-lock.json"))?;
    let marker = project::e2e().join("node_modules/.installed-lock.json");
    if std::fs::read(&marker).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of e2e/package-lock.json ...");
    run(Command::new("npm")
        .args(["ci", "--no-fund", "--no-audit", "--loglevel=error"])
        // Browsers come from the system: nothing is downloaded beside the packages themselves.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .env("PUPPETEER_SKIP_DOWNLOAD", "1")
        .current_dir(project::e2e()))?;
    files::write(&marker, &lock)
}
