//! How this operator bills, from `data/billing.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::{Error, Result};

/// The figures.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// From a bill's issue to its last day to pay.
    pub days_to_pay: i64,
    /// How long before the day of issue own readings are first taken.
    pub own_reading_opens_days_before_issue: i64,
    /// How long before the day of issue an own reading counts as the period's end.
    pub own_reading_counts_as_end_days: i64,
    /// How many days before a tier a customer is told who has chosen no number.
    pub alert_days_before_tier: u32,
    /// How many days after its issue a bill that could not be told before is still told.
    pub bill_is_told_days: i64,
    /// How many days before its last day to pay an unpaid bill is told again.
    pub alert_days_before_due: i64,
    /// For how long a gateway's page is taken to be open; then a payment that was not begun counts as given up.
    pub payment_page_s: i64,
    /// After how long the gateway is asked for the last time about a payment that was given up.
    pub payment_last_look_s: i64,
}

/// The practice of this version.
///
/// # Errors
/// [`Error::Bug`] if the file is not as it must be; a test holds that it is.
pub fn practice() -> Result<Practice> {
    static READ: OnceLock<Option<Practice>> = OnceLock::new();
    let read = READ.get_or_init(|| toml::from_str(include_str!("../data/billing.toml")).ok());
    (*read).ok_or(Error::Bug("data/billing.toml cannot be read"))
}
