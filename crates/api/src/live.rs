//! The living meter: server-sent events of `GET /api/v1/accounts/{account}/live`.
//!
//! An event is named `reading` and carries a [`LiveReading`] as its data, or `alert` and carries an
//! [`Alert`](crate::alerts::Alert). Its id rises; a stream that is opened with `Last-Event-ID` continues after it
//! without loss.

use billing::number::Number;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, ServicePointId};

/// The route as the server knows it.
pub const ROUTE: &str = "/api/v1/accounts/{account}/live";

/// The stream's address.
#[must_use]
pub fn path(account: &AccountId) -> String {
    format!("/api/v1/accounts/{account}/live")
}

/// A short span that a digital meter has just reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveReading {
    /// Where.
    pub service_point: ServicePointId,
    /// The span's first second.
    pub start: i64,
    /// Its length.
    pub seconds: u32,
    /// Units used in it.
    pub usage: Number,
    /// Mean power over it, in watts.
    pub power_watts: Number,
    /// Used since local midnight, this span included.
    pub today: Number,
    /// Used since the open period began, this span included.
    pub period: Number,
}
