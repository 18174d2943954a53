//! How the next real reading settles a run of estimated bills (BIL-4): both ways, side by side.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::bill::{self, BillAnswer, BillFacts, Tariff};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::Say;
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Period;
use crate::working::{Basis, Working};

/// Estimated bills, and what the next real reading shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SettlementRequest {
    /// Which prices.
    pub tariff: Tariff,
    /// The breaker's rating, for a schedule whose meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// The estimated bills, oldest first, each beginning on the day after the one before.
    pub estimated: Vec<EstimatedBill>,
    /// The period that the reading itself ended, not billed yet; it follows the last estimate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Period>,
    /// Units of the whole time by the readings at both ends.
    pub usage: Number,
}

/// A bill whose use was estimated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EstimatedBill {
    /// Its days.
    pub period: Period,
    /// Units billed.
    pub usage: Number,
}

/// A settled run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettlementAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// The estimated bills as they were issued.
    pub bills: Vec<EstimatedTotal>,
    /// Their sum.
    pub billed: String,
    /// The whole time by its readings: tiers over all its days, fees for each billing period.
    pub interval: BillAnswer,
    /// Still to pay; below zero what comes back.
    pub difference: String,
}

/// What an estimated bill charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EstimatedTotal {
    /// Its days.
    pub period: Period,
    /// Units billed.
    pub usage: String,
    /// With tax.
    pub total: String,
}

const SETTLED: Basis = Basis::new("BIL-4", "adad-estimate");

/// Settles a run of estimated bills.
///
/// # Errors
/// [`BillingError::PeriodsApart`] at the period that leaves a gap or overlaps; [`BillingError::OutOfRange`] for a run
/// of none or above 1,000; as [`bill::calculate`] for each bill.
pub(super) fn settle(
    run: &SettlementRequest,
    working: &mut Working,
    say: Say<'_>,
) -> Result<SettlementAnswer, Refusal> {
    bounds::list(&run.estimated, 1, "/estimated")?;
    let whole = whole(run)?;
    let facts = |period, usage| BillFacts {
        tariff: run.tariff.clone(),
        period,
        usage,
        breaker_amps: run.breaker_amps,
        intervals: None,
    };
    let (mut bills, mut totals) = (Vec::new(), Vec::new());
    for (i, estimated) in run.estimated.iter().enumerate() {
        let bill = bill::calculate(&facts(estimated.period, estimated.usage))
            .map_err(|refusal| of_bill(refusal, &format!("/estimated/{i}")))?;
        totals.push((Cow::Owned(format!("bill-{}", i + 1)), bill.total.fraction()));
        bills.push(EstimatedTotal {
            period: estimated.period,
            usage: estimated.usage.to_string(),
            total: bill.total.to_string(),
        });
    }
    let periods = run.estimated.len() + usize::from(run.open.is_some());
    let periods = i64::try_from(periods).unwrap_or(i64::MAX);
    let interval = bill::of_interval(&facts(whole, run.usage), periods)?;
    let at = |error: BillingError| error.at("/usage");
    let billed = working.sum(SETTLED, totals.into_iter()).map_err(at)?;
    let inputs: [Fraction; 2] = [interval.total.fraction(), billed];
    let difference = working.step(SETTLED, Formula::Change, &inputs).map_err(at)?;
    let money = |amount| Money::of_rounded(amount, interval.currency).map_err(at);
    Ok(SettlementAnswer {
        currency: interval.currency,
        bills,
        billed: money(billed)?.to_string(),
        difference: money(difference)?.to_string(),
        interval: interval.answer(say),
    })
}

/// All days of the run, without gaps.
fn whole(run: &SettlementRequest) -> Result<Period, Refusal> {
    let mut whole: Option<Period> = None;
    let bills = run.estimated.iter().enumerate();
    let bills = bills.map(|(i, bill)| (format!("/estimated/{i}/period"), bill.period));
    for (field, period) in bills.chain(run.open.map(|open| ("/open".to_owned(), open))) {
        period.checked().map_err(|refusal| refusal.error.at(format!("{field}/to")))?;
        whole = Some(match whole {
            None => period,
            Some(before) if before.last().next_day() == Some(period.first()) => {
                Period::new(before.first(), period.last())
            }
            Some(_) => return Err(BillingError::PeriodsApart.at(field)),
        });
    }
    whole.ok_or_else(|| BillingError::MissingField { name: "estimated".to_owned() }.at("/estimated"))
}

/// A bill's tariff and breaker are the run's own.
fn of_bill(refusal: Refusal, bill: &str) -> Refusal {
    let shared = ["/tariff", "/breaker_amps"].iter().any(|field| refusal.field.starts_with(field));
    if shared { refusal } else { refusal.under(bill) }
}
