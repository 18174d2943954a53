//! What a digital meter measured, as finely as is known of all the days asked for, in a form that stays small: a year of
//! quarter hours has 35,040.

use billing::period::{Day, date_text};
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, ServicePointId};
use crate::endpoint::{Endpoint, Method};

/// Asks for the use from `from` to `to`, both days included: at most 366 days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetIntervals {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub service_point: ServicePointId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Endpoint for GetIntervals {
    type Reply = Intervals;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/intervals";

    fn path(&self) -> String {
        format!(
            "/api/v1/accounts/{}/service-points/{}/intervals?from={}&to={}",
            self.account,
            self.service_point,
            date_text(self.from.0),
            date_text(self.to.0)
        )
    }
}

/// Spans of one length, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervals {
    /// `kWh`.
    pub unit: String,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset_seconds: i32,
    /// The first second of the first span: local midnight.
    pub start: i64,
    /// The length of each: a quarter of an hour, an hour or a day, whichever the meter sent at the least.
    pub seconds: u32,
    /// Whole millionths of the unit; null where nothing was measured. It ends with the last span that was.
    pub usages: Vec<Option<i64>>,
}
