//! A bill as the wire and the record keep it: texts, exact and in a fixed order.

use serde::{Deserialize, Serialize};

use crate::finding::FindingAnswer;
use crate::money::Currency;
use crate::working::StepAnswer;

/// The outcome of rule `bill`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BillAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// Days of the period, both ends counted.
    pub days: i64,
    /// Charges, fees and discounts, in the order of the contract.
    pub lines: Vec<LineAnswer>,
    /// Their sum.
    pub subtotal: String,
    /// Each rate above zero.
    pub taxes: Vec<TaxAnswer>,
    /// Their sum.
    pub tax: String,
    /// To pay.
    pub total: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// One line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineAnswer {
    /// `tier-1`, `unit.fuel`, `fee.meter`, `discount.support`; `@2` ... from the second segment on.
    pub code: String,
    /// Units, at most six decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The same as a fraction, where six decimals do not hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_exact: Option<String>,
    /// Of the quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Of one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// With exactly the currency's minor digits.
    pub amount: String,
}

/// The tax of one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaxAnswer {
    /// Such as `0.15`.
    pub rate: String,
    /// What it is taken of.
    pub base: String,
    /// Rounded once.
    pub amount: String,
}
