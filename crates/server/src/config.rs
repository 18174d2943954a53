//! What an operator chooses, on the command line or in the environment.

pub mod case;
pub mod gateway;
pub mod key;
pub mod money;
pub mod operator;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand};

use self::key::Key;
use crate::mqtt::{Broker, BrokerError};

/// Adad: meter readings, bills and their reasons.
#[derive(Debug, Parser)]
#[command(name = "adad", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `adad` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the API and the portal.
    Serve(Serve),
    /// Fills an empty record with the demo.
    Seed(Seed),
    /// Issues the bills of a period for every account, or one that was held.
    BillRun(BillRun),
    /// Puts a test of a meter on record and, where it ran fast or slow, corrects the bills made from it.
    MeterTest(operator::MeterTested),
    /// Corrects every bill of a service point that was made with a wrong multiplier.
    CorrectMultiplier(operator::CorrectMultiplier),
    /// Puts on record that a meter was taken away and another fitted: the period is billed from both.
    MeterExchange(operator::MeterExchanged),
    /// Gives a head-end its key, ends it, or says which meters are its own.
    HeadEnd {
        /// What.
        #[command(subcommand)]
        ask: operator::HeadEnd,
    },
    /// Asks the head-end of a meter to do something to it.
    Command {
        /// What.
        #[command(subcommand)]
        order: operator::MeterOrder,
    },
    /// Looks at the ledger.
    Ledger {
        /// What.
        #[command(subcommand)]
        ask: money::LedgerAsk,
    },
    /// Enters a deposit, fine or fee of an account (PAY-5).
    Charge(money::Charge),
    /// Notes what is done about a debt, a complaint or a dire need.
    Case {
        /// What.
        #[command(subcommand)]
        ask: case::CaseAsk,
    },
    /// Takes money that came at an office or by a bank, over what is due.
    Receipt(money::TakeReceipt),
    /// Lists what is owed back to customers, and notes what was paid out (BIL-13).
    Refund {
        /// What.
        #[command(subcommand)]
        ask: money::RefundAsk,
    },
    /// Looks at the rules in force.
    Rulebook {
        /// At what.
        #[command(subcommand)]
        ask: RulebookAsk,
    },
    /// A payment gateway to try payments at: it speaks as KNET does, and no money moves.
    Gateway(gateway::Gateway),
    /// Takes readings from a file.
    Import {
        /// Of which kind.
        #[command(subcommand)]
        file: Import,
    },
    /// Sends readings into a running server, as a head-end does.
    Feed(Feed),
    /// Computes a rule of the engine: the request on standard input, the answer on standard output.
    Compute(Compute),
}

/// About the rulebooks.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum RulebookAsk {
    /// Lists what no source gives and is assumed, with what would settle each.
    Assumed,
}

/// Where the record is.
#[derive(Clone, Debug, Args)]
pub struct Record {
    /// `sqlite:FILE` or `postgres://...`
    #[arg(long, env = "ADAD_DATABASE_URL", default_value = "sqlite:data/adad.db")]
    pub database_url: String,
}

/// Seeds.
#[derive(Clone, Debug, Args)]
pub struct Seed {
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
    /// Adds so many made-up accounts too, to measure with: the bills of 2026-08 are not issued for them yet.
    #[arg(long, default_value_t = 0)]
    pub accounts: u32,
    /// Their meters are digital, to be fed: else they are read by hand.
    #[arg(long, requires = "accounts")]
    pub digital: bool,
}

/// Bills.
#[derive(Clone, Debug, Args)]
pub struct BillRun {
    /// The month in which the bills are issued, 2026-09: their period ends on the 27th of it.
    #[arg(long, required_unless_present = "release", conflicts_with = "release")]
    pub period: Option<String>,
    /// Issues one bill that was held, after its review.
    #[arg(long, value_name = "ID")]
    pub release: Option<String>,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// Serves.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Address and port.
    #[arg(long, env = "ADAD_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
    /// The folder of the built portal.
    #[arg(long, env = "ADAD_PORTAL", default_value = "dist")]
    pub portal: PathBuf,
    /// Seeds an empty record with the demo, and runs on the demo's time.
    #[arg(long, env = "ADAD_DEMO", value_parser = BoolishValueParser::new())]
    pub demo: bool,
    /// Sends the session cookie over https only: for a server behind a proxy that ends TLS.
    #[arg(long, env = "ADAD_HTTPS_ONLY", value_parser = BoolishValueParser::new())]
    pub https_only: bool,
    /// Bytes of the largest meter file.
    #[arg(long, env = "ADAD_MAX_UPLOAD", default_value_t = 64 << 20)]
    pub max_upload: u64,
    /// Codes that an account may ask for in a quarter of an hour.
    #[arg(long, env = "ADAD_SIGN_IN_CODES", default_value_t = 10)]
    pub sign_in_codes: u32,
    /// Where payments are made: of a demo at a sandbox that it starts itself.
    #[command(flatten)]
    pub payments: gateway::Payments,
    /// The head-end's key.
    #[command(flatten)]
    pub key: Key,
    /// Where head-ends speak by MQTT.
    #[command(flatten)]
    pub mqtt: Mqtt,
    /// What this record's session at the broker is called: another for each record at one broker.
    #[arg(long, env = "ADAD_MQTT_CLIENT", default_value = "adad", value_name = "NAME")]
    pub mqtt_client: String,
}

/// A broker.
#[derive(Clone, Debug, Args)]
pub struct Mqtt {
    /// The broker, `mqtt://HOST:PORT` or with TLS `mqtts://HOST:PORT`. A name and a password for it are read from
    /// ADAD_MQTT_USER and ADAD_MQTT_PASSWORD.
    #[arg(long = "mqtt", env = "ADAD_MQTT", value_name = "URL")]
    pub address: Option<String>,
    /// The certificates that sign the broker's, in PEM; else those of the machine.
    #[arg(long = "mqtt-ca", env = "ADAD_MQTT_CA", value_name = "FILE")]
    pub ca: Option<PathBuf>,
}

impl Mqtt {
    /// The broker, if one is named.
    ///
    /// # Errors
    /// [`BrokerError`].
    pub fn broker(&self) -> Result<Option<Broker>, BrokerError> {
        let Some(address) = &self.address else { return Ok(None) };
        // From the environment, not arguments: anybody can read a running program's arguments.
        let login = std::env::var("ADAD_MQTT_USER").ok().zip(std::env::var("ADAD_MQTT_PASSWORD").ok());
        Broker::at(address, self.ca.clone(), login).map(Some)
    }
}

/// Files that readings come from.
#[derive(Clone, Debug, Subcommand)]
pub enum Import {
    /// A Green Button file (ESPI in Atom XML).
    GreenButton {
        /// The file.
        file: PathBuf,
        /// The account number.
        #[arg(long)]
        account: String,
        /// Which of its electricity points, if there are several.
        #[arg(long)]
        service_point: Option<String>,
        /// Where the record is.
        #[command(flatten)]
        record: Record,
        /// Bytes of the largest file.
        #[arg(long, env = "ADAD_MAX_UPLOAD", default_value_t = 64 << 20)]
        max_upload: u64,
    },
}

/// Sends readings.
#[derive(Clone, Debug, Args)]
pub struct Feed {
    /// The server's address.
    #[arg(long, env = "ADAD_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// Whose meter: from the demo's generator, or from `--file`.
    #[arg(long, required_unless_present = "all_demo", conflicts_with = "all_demo")]
    pub account: Option<String>,
    /// All digital meters of the demo.
    #[arg(long)]
    pub all_demo: bool,
    /// A Green Button file, moved by whole weeks so that it plays now.
    #[arg(long, requires = "account")]
    pub file: Option<PathBuf>,
    /// How many seconds of the meter's time pass in one of ours.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub speed: u32,
    /// The record whose key file is used.
    #[command(flatten)]
    pub record: Record,
    /// The head-end's key.
    #[command(flatten)]
    pub key: Key,
    /// Sends by MQTT; the server is still asked for its meters.
    #[command(flatten)]
    pub mqtt: Mqtt,
}

/// Computes.
#[derive(Clone, Debug, Args)]
pub struct Compute {
    /// The rule's name.
    #[arg(required_unless_present = "list")]
    pub rule: Option<String>,
    /// Names the rules.
    #[arg(long)]
    pub list: bool,
    /// Prints the JSON Schemas of the rule's request and outcome.
    #[arg(long)]
    pub schema: bool,
}
