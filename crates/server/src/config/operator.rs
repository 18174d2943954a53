//! What an operator says of a meter.

use api::meters::TestResult;
use billing::number::Number;
use billing::period::parse_date;
use clap::{Args, Subcommand, ValueEnum};
use time::Date;
use words::Language;
use words::codes::billing_error_words;

use super::Record;

/// A test of a meter.
#[derive(Clone, Debug, Args)]
pub struct MeterTested {
    /// The service point whose present meter was tested.
    #[arg(long, value_name = "ID")]
    pub service_point: String,
    /// The day of the test, 2026-09-14.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub on: Date,
    /// What it found.
    #[arg(long, value_enum)]
    pub result: Tested,
    /// How far off it was, in percent of the true use.
    #[arg(long, value_name = "PERCENT", default_value = "0", value_parser = number)]
    pub error_percent: Number,
    /// Since when it ran so: the bills whose days begin then or later, up to the day of the test, are corrected.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<Date>,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// What a test found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tested {
    /// Within what is allowed.
    Accurate,
    /// It counts more than was used.
    Fast,
    /// It counts less than was used.
    Slow,
}

impl From<Tested> for TestResult {
    fn from(tested: Tested) -> Self {
        match tested {
            Tested::Accurate => Self::Accurate,
            Tested::Fast => Self::Fast,
            Tested::Slow => Self::Slow,
        }
    }
}

/// A wrong multiplier.
#[derive(Clone, Debug, Args)]
pub struct CorrectMultiplier {
    /// The service point.
    #[arg(long, value_name = "ID")]
    pub service_point: String,
    /// The right multiplier of its present meter.
    #[arg(long, value_parser = number)]
    pub right: Number,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// About head-ends.
#[derive(Clone, Debug, Subcommand)]
pub enum HeadEnd {
    /// Adds one and prints its key, once: the record keeps only the key's hash.
    Add(NamedHeadEnd),
    /// Ends its key.
    Revoke(NamedHeadEnd),
    /// From now on this meter takes its word alone.
    Assign {
        /// The head-end.
        #[command(flatten)]
        head_end: NamedHeadEnd,
        /// The number on the meter's plate.
        #[arg(long, value_name = "NUMBER")]
        meter: String,
    },
}

/// A head-end by its name.
#[derive(Clone, Debug, Args)]
pub struct NamedHeadEnd {
    /// Small letters, digits and hyphens.
    #[arg(value_parser = head_end_name)]
    pub name: String,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// What to do to a meter.
#[derive(Clone, Debug, Subcommand)]
pub enum MeterOrder {
    /// Cuts the supply. Over a debt only where the rules allow it now: notices, protection, forbidden times.
    Disconnect {
        /// Which.
        #[command(flatten)]
        meter: OneMeter,
        /// Why; the customer is told. The sum of a debt is what the account owes now.
        #[arg(long, value_enum)]
        reason: Reason,
        /// How long maintenance takes.
        #[arg(long, value_name = "HOURS", required_if_eq("reason", "maintenance"))]
        hours: Option<u32>,
    },
    /// Restores the supply.
    Connect(OneMeter),
    /// The meter runs on credit.
    Prepaid(OneMeter),
    /// The meter is billed.
    Postpaid(OneMeter),
}

/// A meter.
#[derive(Clone, Debug, Args)]
pub struct OneMeter {
    /// The number on its plate.
    #[arg(long = "meter", value_name = "NUMBER")]
    pub number: String,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// Why a supply is cut (MET-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Reason {
    /// Work on the network.
    Maintenance,
    /// Overdue bills.
    Debt,
    /// Unsteady voltage.
    Protection,
    /// The customer asked for it.
    Request,
}

/// A name that is a topic's level too.
fn head_end_name(text: &str) -> Result<String, String> {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    // `adad feed` speaks under this name with the server's own key.
    match plain && !text.is_empty() && text != crate::mqtt::DEMO {
        true => Ok(text.to_owned()),
        false => Err("a head-end's name has small letters, digits and hyphens, and is not `demo`".to_owned()),
    }
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|error| billing_error_words(Language::English, &error))
}

pub(super) fn number(text: &str) -> Result<Number, String> {
    Number::parse(text).map_err(|error| billing_error_words(Language::English, &error))
}
