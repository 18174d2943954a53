//! `adad`: the server and its commands.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::commands;
use server::config::Cli;

/// SQLite's too: the system's own gives memory back to the kernel after each large reply, and asks for it again.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    commands::run(Cli::parse().command)
}
