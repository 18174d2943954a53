//! What `adad` does.

mod bill_run;
mod case;
mod compute;
mod correct;
mod feed;
mod gateway;
mod head_end;
mod import;
mod ledger;
mod meter_exchange;
mod meter_order;
mod rulebook;
mod seed;
mod serve;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::key::KeyError;
use crate::config::{Command, Import};
use crate::error::Error;
use crate::store::StoreError;

/// The exit status of a request that the engine refuses.
const REFUSED: u8 = 2;

/// Why a command ends early.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The record.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An action or the engine.
    #[error(transparent)]
    Failed(#[from] Error),
    /// The head-end's key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// Which.
        address: std::net::SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// A file or folder cannot be read.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Input or output.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The broker.
    #[error(transparent)]
    Broker(#[from] crate::mqtt::BrokerError),
    /// What goes to the broker.
    #[error(transparent)]
    Send(#[from] crate::mqtt::send::SendError),
    /// A meter file.
    #[error(transparent)]
    MeterFile(#[from] green_button::GreenButtonError),
    /// The other side of a feed.
    #[error("the server: {0}")]
    Server(#[from] ureq::Error),
    /// A sentence that says what to do.
    #[error("{0}")]
    Says(String),
}

/// Runs a command and gives the program's exit status.
#[must_use]
pub fn run(command: Command) -> ExitCode {
    let done = match command {
        Command::Serve(serve) => with_runtime(serve::serve(serve)),
        Command::Seed(ask) => with_runtime(seed::seed(ask)),
        Command::BillRun(ask) => with_runtime(bill_run::bill_run(ask)),
        Command::MeterTest(ask) => with_runtime(correct::meter_test(ask)),
        Command::CorrectMultiplier(ask) => with_runtime(correct::correct_multiplier(ask)),
        Command::MeterExchange(ask) => with_runtime(meter_exchange::meter_exchange(ask)),
        Command::Import {
            file: Import::GreenButton { file, account, service_point, record, max_upload },
        } => with_runtime(import::import(file, account, service_point, record, max_upload)),
        Command::HeadEnd { ask } => with_runtime(head_end::head_end(ask)),
        Command::Command { order } => with_runtime(meter_order::meter_order(order)),
        Command::Ledger { ask } => with_runtime(ledger::ledger(ask)),
        Command::Case { ask } => with_runtime(case::case(ask)),
        Command::Charge(ask) => with_runtime(ledger::charge(ask)),
        Command::Receipt(ask) => with_runtime(ledger::receipt(ask)),
        Command::Refund { ask } => with_runtime(ledger::refund(ask)),
        Command::Gateway(ask) => with_runtime(gateway::gateway(ask)),
        Command::Rulebook { ask } => rulebook::rulebook(&ask),
        Command::Feed(feed) => feed::feed(&feed),
        Command::Compute(compute) => return compute::compute(&compute),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("adad: {error}");
            ExitCode::FAILURE
        }
    }
}

fn with_runtime(work: impl Future<Output = Result<(), CommandError>>) -> Result<(), CommandError> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
