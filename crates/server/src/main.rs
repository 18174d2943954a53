//! `adad`: the server and its commands.

use std::process::ExitCode;

use clap::Parser;
use server::commands;
use server::config::Cli;

fn main() -> ExitCode {
    commands::run(Cli::parse().command)
}
