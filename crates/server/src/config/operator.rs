//! What an operator says of a meter.

use billing::number::Number;
use billing::period::parse_date;
use clap::{Args, ValueEnum};
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

fn day(text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|error| billing_error_words(Language::English, &error))
}

fn number(text: &str) -> Result<Number, String> {
    Number::parse(text).map_err(|error| billing_error_words(Language::English, &error))
}
