//! What was used, in spans.

use billing::number::Number;
use billing::period::{Day, date_text};
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, Quality, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// The length of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Quarters of civil hours. What the meter sent in longer spans is in none of them
    /// ([`GetIntervals`](crate::intervals::GetIntervals) tells how fine it sends).
    QuarterHour,
    /// Civil hours.
    Hour,
    /// Civil days.
    Day,
    /// Civil months.
    Month,
    /// Civil years.
    Year,
    /// From one register reading to the next, for a meter that is read by hand.
    Reading,
}

impl Step {
    /// As it stands in the query.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::QuarterHour => "quarter-hour",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Reading => "reading",
        }
    }
}

/// Asks for the use from `from` to `to`, both days included, in spans of `step`. A step of less than a day
/// reaches at most 62 days; a day at most 800; the rest any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetConsumption {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub service_point: ServicePointId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// In which spans.
    pub step: Step,
}

impl Endpoint for GetConsumption {
    type Reply = Consumption;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/consumption";

    fn path(&self) -> String {
        format!(
            "/api/v1/accounts/{}/service-points/{}/consumption?from={}&to={}&step={}",
            self.account,
            self.service_point,
            date_text(self.from.0),
            date_text(self.to.0),
            self.step.code()
        )
    }
}

/// Spans in order. One in which nothing was measured has no usage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consumption {
    /// `kWh` or `imp gal`.
    pub unit: String,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset_seconds: i32,
    /// All spans that begin within the days asked for.
    pub spans: Vec<Span>,
}

/// One span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Its first second.
    pub start: i64,
    /// The first second after it.
    pub end: i64,
    /// Units used; null when nothing was measured.
    pub usage: Option<Number>,
    /// Whether part of it was estimated.
    pub quality: Quality,
}
