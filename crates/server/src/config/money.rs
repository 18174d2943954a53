//! What an operator says of money.

use clap::{Args, Subcommand, ValueEnum};
use time::Date;

use super::Record;
use super::operator::day;

/// About the ledger.
#[derive(Clone, Debug, Subcommand)]
pub enum LedgerAsk {
    /// Checks that each entry, each account and the whole add up to zero, and that everything is posted once.
    Check(Record),
}

/// A deposit, fine or fee.
#[derive(Clone, Debug, Args)]
pub struct Charge {
    /// Its id: the same again changes nothing.
    #[arg(long)]
    pub id: String,
    /// The account number.
    #[arg(long)]
    pub account: String,
    /// Which.
    #[arg(long, value_enum)]
    pub kind: Charged,
    /// How much, in the account's currency.
    #[arg(long)]
    pub amount: String,
    /// The last day to pay, 2026-10-01.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub due_on: Date,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// Money that came another way than by a gateway of the portal.
#[derive(Clone, Debug, Args)]
pub struct TakeReceipt {
    /// Its id: the same again changes nothing.
    #[arg(long)]
    pub id: String,
    /// The account number.
    #[arg(long)]
    pub account: String,
    /// How much, in the account's currency.
    #[arg(long)]
    pub amount: String,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// What is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Charged {
    /// A security that is given back.
    Deposit,
    /// A fine.
    Fine,
    /// A fee for a service.
    Fee,
}

/// About refunds.
#[derive(Clone, Debug, Subcommand)]
pub enum RefundAsk {
    /// Lists what is owed.
    List(Record),
    /// Notes that one was paid out.
    Pay {
        /// Its id.
        id: String,
        /// Where the record is.
        #[command(flatten)]
        record: Record,
    },
}
