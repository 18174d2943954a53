//! Rule `allocation`: a receipt over debts, oldest first.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{FindingAnswer, Say};
use crate::formula::Formula;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Day;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationRequest {
    /// Of every amount.
    pub currency: Currency,
    /// The money that arrived.
    pub receipt: Number,
    /// What is owed, in any order.
    pub debts: Vec<Debt>,
}

/// One debt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Debt {
    /// The caller's name for it.
    pub id: String,
    /// Since when it is due.
    pub due: Day,
    /// How much is left of it.
    pub amount: Number,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocationAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// Every debt, oldest first; of the same day in the order of the request.
    pub allocations: Vec<AllocationPart>,
    /// Of the receipt, what no debt took: it stays the customer's credit.
    pub remainder: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// What a debt got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocationPart {
    /// The caller's name for it.
    pub id: String,
    /// Since when it is due.
    pub due: Day,
    /// Paid by this receipt.
    pub paid: String,
    /// Still owed.
    pub left: String,
}

/// Pays debts oldest first; what is paid and the remainder add up to the receipt.
///
/// # Errors
/// [`BillingError::Negative`], [`BillingError::FinerThanMinorUnit`], [`BillingError::OutOfRange`] above 1,000 debts.
///
/// # Source
/// Plain arithmetic; the order is the library's own rule.
pub fn allocation(request: &AllocationRequest, _: Say<'_>) -> Result<AllocationAnswer, Refusal> {
    const OWN: Basis = Basis::new("allocation", "own-sum");
    let currency = request.currency;
    bounds::list(&request.debts, 0, "/debts")?;
    let receipt = bounds::money(request.receipt, currency, "/receipt")?;
    let mut debts = Vec::with_capacity(request.debts.len());
    for (i, debt) in request.debts.iter().enumerate() {
        debts.push((debt, bounds::money(debt.amount, currency, &format!("/debts/{i}/amount"))?));
    }
    debts.sort_by_key(|(debt, _)| debt.due);
    let at = |error: BillingError| error.at("/receipt");
    let mut working = Working::new();
    let mut left = receipt.fraction();
    let mut allocations = Vec::with_capacity(debts.len());
    for (debt, amount) in debts {
        let paid = working.step(OWN, Formula::Smaller, &[left, amount.fraction()]).map_err(at)?;
        left = working.step(OWN, Formula::Remainder, &[left, paid]).map_err(at)?;
        let owed = amount.fraction().minus(paid).map_err(at)?;
        let money = |amount| Money::of_rounded(amount, currency).map_err(at);
        allocations.push(AllocationPart {
            id: debt.id.clone(),
            due: debt.due,
            paid: money(paid)?.to_string(),
            left: money(owed)?.to_string(),
        });
    }
    Ok(AllocationAnswer {
        currency,
        allocations,
        remainder: Money::of_rounded(left, currency).map_err(at)?.to_string(),
        findings: Vec::new(),
        working: working.answer(),
    })
}
