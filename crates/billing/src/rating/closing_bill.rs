//! Rule `closing-bill` (TAR-13): the last bill of a customer, set off against the deposit.

use serde::{Deserialize, Serialize};

use crate::bill::{self, BillAnswer, BillFacts, IntervalUsage, Tariff};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Period;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClosingBillRequest {
    /// Which prices.
    pub tariff: Tariff,
    /// The part period: the day after the last bill to the last day of the supply.
    pub period: Period,
    /// Units used in it.
    pub usage: Number,
    /// The breaker's rating, for a schedule whose meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// Measured spans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Vec<IntervalUsage>>,
    /// What the customer left with the provider.
    pub deposit: Number,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClosingBillAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// Of the part period.
    pub bill: BillAnswer,
    /// What the customer left with the provider.
    pub deposit: String,
    /// Still to pay.
    pub due: String,
    /// Of the deposit, what comes back.
    pub returned: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// The steps of the set-off, in order; the bill has its own.
    pub working: Vec<StepAnswer>,
}

/// Prices the part period with limits by its days and fixed fees in full unless prorated, and sets it off against
/// the deposit: one of `due` and `returned` is zero.
///
/// # Errors
/// [`BillingError::Negative`] and [`BillingError::FinerThanMinorUnit`] at `/deposit`; as [`bill::calculate`].
///
/// # Source
/// The ministry's services 4, 5, 7, 9 and 12, TAR-13; the set-off is assumed.
pub fn closing_bill(request: &ClosingBillRequest, say: Say<'_>) -> Result<ClosingBillAnswer, Refusal> {
    const SET_OFF: Basis = Basis::new("TAR-13", "kw-assumed");
    let bill = bill::calculate(&BillFacts {
        tariff: request.tariff.clone(),
        period: request.period,
        usage: request.usage,
        breaker_amps: request.breaker_amps,
        intervals: request.intervals.clone(),
    })?;
    let deposit = bounds::money(request.deposit, bill.currency, "/deposit")?;
    let mut working = Working::new();
    let mut excess = |amount: Money, earlier: Money| {
        let inputs = [amount.fraction(), earlier.fraction()];
        let excess = working.step(SET_OFF, Formula::Excess, &inputs)?;
        Money::of_rounded(excess, bill.currency)
    };
    let at = |error: BillingError| error.at("/deposit");
    let due = excess(bill.total, deposit).map_err(at)?;
    let returned = excess(deposit, bill.total).map_err(at)?;
    let mut findings = vec![Finding::assumed("deposit-set-off", "bill")];
    findings.extend(bill.findings.iter().cloned());
    Ok(ClosingBillAnswer {
        currency: bill.currency,
        bill: bill.answer(say),
        deposit: deposit.to_string(),
        due: due.to_string(),
        returned: returned.to_string(),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}
