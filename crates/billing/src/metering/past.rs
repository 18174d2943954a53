//! Periods on record, as facts of an estimate or a check.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::Refusal;
use crate::number::Number;
use crate::period::Period;

/// A period on record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PastPeriod {
    /// Its days.
    pub period: Period,
    /// Units used in them.
    pub usage: Number,
    /// How they were read.
    #[serde(default)]
    pub quality: Quality,
}

/// How a reading came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Read at the meter.
    #[default]
    Actual,
    /// Read by the customer.
    Customer,
    /// Not read.
    Estimated,
}

impl PastPeriod {
    /// Whether somebody read the meter.
    #[must_use]
    pub const fn is_real(&self) -> bool {
        !matches!(self.quality, Quality::Estimated)
    }
}

/// Checks the periods of the list at `field`.
pub(crate) fn check(history: &[PastPeriod], field: &str) -> Result<(), Refusal> {
    bounds::list(history, 0, field)?;
    for (i, past) in history.iter().enumerate() {
        let field = format!("{field}/{i}");
        past.period.checked().map_err(|refusal| refusal.error.at(format!("{field}/period/to")))?;
        bounds::not_negative(past.usage, &format!("{field}/usage"))?;
    }
    Ok(())
}
