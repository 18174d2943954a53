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

/// A meter that was taken away, and the one that was fitted in its place.
#[derive(Clone, Debug, Args)]
pub struct MeterExchanged {
    /// The service point whose present meter was taken away.
    #[arg(long, value_name = "ID")]
    pub service_point: String,
    /// The day, 2026-09-14.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub on: Date,
    /// The time of day there, 10:30: what a digital meter reports from then on is the new one's.
    #[arg(long, value_name = "TIME", value_parser = second_of_day)]
    pub time: i64,
    /// What the old meter showed last.
    #[arg(long, value_name = "REGISTER", value_parser = number)]
    pub last: Number,
    /// The number on the new meter's plate.
    #[arg(long, value_name = "NUMBER")]
    pub number: String,
    /// What the new meter is.
    #[arg(long, value_enum)]
    pub kind: FittedKind,
    /// Units for one unit of its register.
    #[arg(long, default_value = "1", value_parser = number)]
    pub multiplier: Number,
    /// Digits before its register's point; without them no roll-over is recognised.
    #[arg(long)]
    pub digits: Option<u32>,
    /// What the new meter showed first.
    #[arg(long, value_name = "REGISTER", default_value = "0", value_parser = number)]
    pub first: Number,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

/// What a new meter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FittedKind {
    /// Somebody reads it.
    Mechanical,
    /// It reports by itself.
    Digital,
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

/// Seconds since midnight of `10:30`.
fn second_of_day(text: &str) -> Result<i64, String> {
    let part = |part: &str, below: i64| {
        let number = part.parse::<i64>().ok().filter(|_| part.len() == 2)?;
        (0..below).contains(&number).then_some(number)
    };
    let time = text.split_once(':').and_then(|(hours, minutes)| Some((part(hours, 24)?, part(minutes, 60)?)));
    time.map(|(hours, minutes)| hours * 3600 + minutes * 60)
        .ok_or_else(|| "a time of day is 00:00 to 23:59".to_owned())
}
