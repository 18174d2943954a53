//! A PostgreSQL server of our own for the tests, ended with them.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::debian;
use crate::{
    failure::{Failure, Result},
    files::{self, Naming},
};

/// A running cluster; dropping it ends it and removes it.
pub(crate) struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Starts a cluster that nobody else uses.
    pub(crate) fn start() -> Result<Self> {
        let programs = need_programs()?;
        // Outside the project: the user `postgres` may not reach it below another user's home.
        let folder = std::env::temp_dir().join(format!("adad-postgres-{}", std::process::id()));
        files::remove_folder(&folder)?;
        files::make_folder(&folder)?;
        if super::is_root() {
            super::run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let port = free_port(&folder)?;
        let postgres = Self { programs, folder, port };
        let cluster = postgres.cluster();
        let initdb = ["--username=adad", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"];
        postgres.quietly(postgres.program("initdb").args(initdb).arg(&cluster))?;
        // Speed before safety: the cluster lives as long as the tests.
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{}' \
             -c fsync=off -c full_page_writes=off -c synchronous_commit=off",
            postgres.folder.display()
        );
        let log = postgres.folder.join("log");
        postgres.quietly(
            postgres
                .program("pg_ctl")
                .arg("-D")
                .arg(&cluster)
                .arg("-l")
                .arg(&log)
                .args(["-w", "-o", &options, "start"]),
        )?;
        Ok(postgres)
    }

    /// What a client connects to.
    pub(crate) fn url(&self) -> String {
        format!("postgres://adad@127.0.0.1:{}/postgres", self.port)
    }

    fn cluster(&self) -> PathBuf {
        self.folder.join("cluster")
    }

    /// One of PostgreSQL's programs, which refuse to run as root.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if super::is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.folder);
        command
    }

    fn quietly(&self, command: &mut Command) -> Result<()> {
        // To a file, not to a pipe: the server that pg_ctl leaves behind would hold the pipe open.
        let path = self.folder.join("set-up.log");
        let log = std::fs::File::options().create(true).append(true).open(&path).naming("write", &path)?;
        // Not by `super::run`, which ends early when we are asked to end: just then the cluster must be stopped.
        let status = command.stdin(Stdio::null()).stdout(log).status();
        match status.map_err(|source| super::cannot_start(command, source))? {
            status if status.success() => Ok(()),
            status => Err(Failure::Ended { command: super::shown(command), status }),
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let cluster = self.cluster();
        let stop =
            self.quietly(self.program("pg_ctl").arg("-D").arg(&cluster).args(["-m", "immediate", "stop"]));
        if let Err(failure) = stop.and_then(|()| files::remove_folder(&self.folder)) {
            eprintln!("the tests' PostgreSQL is left behind: {failure}");
        }
    }
}

/// The folder of PostgreSQL's programs, installed where that is ours to do.
pub(crate) fn need_programs() -> Result<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    debian::install("postgresql")?;
    find_programs().ok_or_else(|| {
        Failure::says(
            "The tests run on PostgreSQL too, whose `initdb` is not found: install PostgreSQL \
             (Debian: apt-get install postgresql), or go on with `cargo xtask test --without-postgres`.",
        )
    })
}

/// The folder of `initdb`. Debian has one for each version, none of them on the path.
fn find_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .map(|version| version.path().join("bin"))
        .filter(|programs| programs.join("initdb").exists())
        .max_by_key(|programs| version_in(programs));
    newest.or_else(|| super::find("initdb")?.parent().map(Path::to_owned))
}

fn version_in(programs: &Path) -> u32 {
    let version = programs.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    version.and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn free_port(folder: &Path) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).naming("find a free port for", folder)?;
    Ok(listener.local_addr().naming("find a free port for", folder)?.port())
}
