//! What a bill is made from: the request of rule `bill`.

use serde::{Deserialize, Serialize};

use crate::money::Currency;
use crate::number::Number;
use crate::period::Period;

/// The facts of one bill: a schedule, a period, a final usage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BillFacts {
    /// Which prices.
    pub tariff: Tariff,
    /// First and last day.
    pub period: Period,
    /// Units used in the period, in the schedule's unit; not negative.
    pub usage: Number,
    /// The breaker's rating, for a schedule whose meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// Measured spans, for a period that crosses a change of price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Vec<IntervalUsage>>,
}

impl BillFacts {
    /// The facts of a bill under schedule `id` of the rulebooks.
    #[must_use]
    pub fn of_schedule(id: &str, period: Period, usage: Number, breaker_amps: Option<u32>) -> Self {
        let tariff = Tariff { id: Some(id.to_owned()), schedule: None };
        Self { tariff, period, usage, breaker_amps, intervals: None }
    }
}

/// A schedule of the rulebooks by its id, or one spelt out; exactly one of the two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Such as `sa.electricity.residential`, in the version in force on each day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A schedule of the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<InlineSchedule>,
}

/// A span of measured use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IntervalUsage {
    /// Local start, `2020-06-16T00:00`.
    pub from: String,
    /// Length.
    pub minutes: u32,
    /// Units used in it.
    pub usage: Number,
}

/// A schedule spelt out in the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InlineSchedule {
    /// Of every amount.
    pub currency: Currency,
    /// Of the usage.
    pub unit: String,
    /// Days that the limits are meant for.
    #[serde(default = "thirty")]
    pub base_days: u32,
    /// Whether limits follow the period's days.
    #[serde(default)]
    pub prorate_tiers: bool,
    /// How a limit that followed the days is rounded.
    #[serde(default)]
    pub tier_rounding: TierRounding,
    /// How amounts are rounded.
    #[serde(default)]
    pub rounding: Rounding,
    /// Price lists by total usage.
    pub bands: Vec<InlineBand>,
    /// Fixed fees.
    #[serde(default)]
    pub fees: Vec<InlineFee>,
    /// Charges on every unit beside the tiers, such as fuel.
    #[serde(default)]
    pub per_unit_charges: Vec<InlineUnitCharge>,
    /// Granted before tax, in order.
    #[serde(default)]
    pub discounts: Vec<InlineDiscount>,
    /// At most 1.
    #[serde(default)]
    pub tax_rate: Number,
}

const fn thirty() -> u32 {
    30
}

/// A price list for a range of total usage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InlineBand {
    /// The largest usage it holds for; null for any.
    #[serde(default)]
    pub usage_up_to: Option<Number>,
    /// How its tiers share the usage.
    #[serde(default)]
    pub method: Method,
    /// In rising order.
    pub tiers: Vec<InlineTier>,
    /// Fees of this band only.
    #[serde(default)]
    pub fees: Vec<InlineFee>,
}

/// One tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InlineTier {
    /// Its last unit, counted from zero; null for any.
    #[serde(default)]
    pub up_to: Option<Number>,
    /// Of one unit.
    pub price: Number,
}

/// A fixed fee.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InlineFee {
    /// Its name in the line's code.
    pub code: String,
    /// For the base days.
    pub amount: Number,
    /// Whether it follows the period's days.
    #[serde(default)]
    pub prorated: bool,
}

/// A charge on every unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InlineUnitCharge {
    /// Its name in the line's code.
    pub code: String,
    /// Of one unit.
    pub price: Number,
}

/// An amount taken off before tax.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InlineDiscount {
    /// Its name in the line's code.
    pub code: String,
    /// At most what is left of the bill.
    pub amount: Number,
}

/// How a band's tiers share the usage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Each tier's own units at its price.
    #[default]
    Graduated,
    /// All units at the price of the tier reached; a usage equal to a limit has not passed it.
    WholeBlock,
}

/// How a limit that followed the days is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TierRounding {
    /// Not at all.
    #[default]
    Exact,
    /// Half up to a whole unit, counted from zero.
    WholeUnit,
}

/// How amounts are rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Once a line, to the minor unit, halves away from zero.
    #[default]
    HalfAwayPerLine,
}
