//! Rule `split`: a bill among sub-meters, days or heads.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::parts::{LeftOver, divide};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{FindingAnswer, Say};
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SplitRequest {
    /// Of every amount.
    pub currency: Currency,
    /// The bill.
    pub amount: Number,
    /// What the weights count.
    pub by: SplitBy,
    /// Who shares it.
    pub parts: Vec<SplitPart>,
}

/// What the weights of a split count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SplitBy {
    /// Units of each one's own meter.
    SubMeters,
    /// Days that each one was there.
    Days,
    /// People in each one's home.
    Heads,
}

/// One who shares the bill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SplitPart {
    /// Who.
    pub name: String,
    /// Units, days or heads; not negative, and not zero for all.
    pub weight: Number,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SplitAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// What the weights count.
    pub by: SplitBy,
    /// In the order of the request.
    pub parts: Vec<SplitAmount>,
    /// Their sum: the bill.
    pub total: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// What one of them pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SplitAmount {
    /// Who.
    pub name: String,
    /// Units, days or heads.
    pub weight: String,
    /// With exactly the currency's minor digits.
    pub amount: String,
}

/// Divides a bill by weight. Every part is rounded down; the minor units left over go one each to the parts that
/// rounding down took most from, of equal ones to the first, so the parts add up to the bill.
///
/// # Errors
/// [`BillingError::Negative`], [`BillingError::FinerThanMinorUnit`], [`BillingError::OutOfRange`] for no part, above
/// 1,000 parts or weights that are all zero, [`BillingError::NumberTooLarge`].
///
/// # Source
/// Plain arithmetic; who gets the left-over minor units is the library's own rule.
pub fn split(request: &SplitRequest, _: Say<'_>) -> Result<SplitAnswer, Refusal> {
    const OWN: Basis = Basis::new("split", "own-sum");
    let amount = bounds::money(request.amount, request.currency, "/amount")?;
    bounds::list(&request.parts, 1, "/parts")?;
    let mut weights = Vec::with_capacity(request.parts.len());
    for (i, part) in request.parts.iter().enumerate() {
        bounds::not_negative(part.weight, &format!("/parts/{i}/weight"))?;
        weights.push(part.weight.fraction());
    }
    if weights.iter().all(|weight| weight.is_zero()) {
        let (least, most) = (Number::from_millionths(1), Number::from_units(u32::MAX));
        return Err(BillingError::OutOfRange { least, most }.at("/parts"));
    }
    let at = |error: BillingError| error.at("/amount");
    let mut working = Working::new();
    let parts = divide(amount, &weights, LeftOver::ToTheLargestRests, OWN, &mut working).map_err(at)?;
    let named = |(i, part): (usize, &Money)| (Cow::Owned(format!("part-{}", i + 1)), part.fraction());
    let total: Fraction = working.sum(OWN, parts.iter().enumerate().map(named)).map_err(at)?;
    let amounts = request.parts.iter().zip(&parts).map(|(part, amount)| SplitAmount {
        name: part.name.clone(),
        weight: part.weight.to_string(),
        amount: amount.to_string(),
    });
    Ok(SplitAnswer {
        currency: request.currency,
        by: request.by,
        parts: amounts.collect(),
        total: Money::of_rounded(total, request.currency).map_err(at)?.to_string(),
        findings: Vec::new(),
        working: working.answer(),
    })
}
