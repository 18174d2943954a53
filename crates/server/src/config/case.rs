//! What an operator says of a debt.

use clap::{Subcommand, ValueEnum};
use time::Date;

use super::Record;
use super::operator::day;

/// About a debt and what is done about it.
#[derive(Clone, Debug, Subcommand)]
pub enum CaseAsk {
    /// Notes that a notice or warning of all that is overdue was served.
    Notice {
        /// Its id: the same again changes nothing.
        #[arg(long)]
        id: String,
        /// The account number.
        #[arg(long)]
        account: String,
        /// Which step.
        #[arg(long, value_enum)]
        step: Step,
        /// The day on which it was served, 2026-10-01.
        #[arg(long, value_name = "DAY", value_parser = day)]
        served_on: Date,
        /// Where the record is.
        #[command(flatten)]
        record: Record,
    },
}

/// A step of the ladder before a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// The first notice (Saudi Arabia).
    Notice,
    /// The last one before a cut (Saudi Arabia).
    FinalNotice,
    /// One of the warnings (Kuwait).
    Warning,
}
