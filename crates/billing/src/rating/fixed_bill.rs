//! Rule `fixed-bill` (TAR-12): the average of a year's bills, and how the year is settled.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::bill::{self, BillFacts, Tariff};
use crate::bounds;
use crate::collection::instalments::{self, Instalment, Plan};
use crate::error::{BillingError, Refusal, Result};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::{Day, Period};
use crate::rulebook::{self, Term};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FixedBillRequest {
    /// Which prices.
    pub tariff: Tariff,
    /// The day whose schedule and tax count for all months.
    pub on: Day,
    /// The breaker's rating, for a schedule whose meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// The last 12 months.
    pub months: Vec<MonthUse>,
    /// The year that ends, where there was a fixed bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle: Option<YearToSettle>,
}

/// The use of one billing period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MonthUse {
    /// Its days.
    pub period: Period,
    /// Units used in them.
    pub usage: Number,
}

/// A year of fixed bills at its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct YearToSettle {
    /// Paid each month.
    pub fixed: Number,
    /// What the year's bills really came to, each with tax.
    pub bills: Vec<Number>,
    /// When the first of 12 further parts is due, for a customer who keeps the fixed bill; absent for one who leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread_from: Option<Day>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FixedBillAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// The months' bills at the schedule of the day, with tax, in order.
    pub bills: Vec<String>,
    /// To pay each month.
    pub fixed: String,
    /// Of the year that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<YearSettled>,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step that joins the bills, in order.
    pub working: Vec<StepAnswer>,
}

/// A settled year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct YearSettled {
    /// The fixed bills of the year.
    pub paid: String,
    /// The real bills of the year.
    pub actual: String,
    /// What the customer gets as credit.
    pub credit: String,
    /// What the customer still owes.
    pub due: String,
    /// What is owed, over the next 12 months; empty for who leaves or owes nothing.
    pub instalments: Vec<Instalment>,
}

/// The average of 12 months' bills, all at the schedule and tax of one day, each with limits by its own days; and
/// the settlement of the year before: credit, or due at once, or over the next 12 months.
///
/// # Errors
/// [`BillingError::WrongCount`] at `/months` or `/settle/bills` for another number than 12; as [`bill::calculate`]
/// below `/months/i`; [`BillingError::FinerThanMinorUnit`]; [`BillingError::NotADate`] at `/settle/spread_from`.
///
/// # Source
/// TAR-12; the months in `rulebooks/sa/billing.toml`.
pub fn fixed_bill(request: &FixedBillRequest, say: Say<'_>) -> Result<FixedBillAnswer, Refusal> {
    let at = |error: BillingError| error.at("/months");
    let term = rulebook::needed("sa.fixed-bill-months").map_err(at)?;
    twelve(term, request.months.len(), "/months")?;
    let mut bills = Vec::with_capacity(request.months.len());
    for (i, month) in request.months.iter().enumerate() {
        let facts = BillFacts {
            tariff: request.tariff.clone(),
            period: month.period,
            usage: month.usage,
            breaker_amps: request.breaker_amps,
            intervals: None,
        };
        let bill = bill::on_day(&facts, request.on.0).map_err(|refusal| of_month(refusal, i))?;
        bills.push(bill);
    }
    let Some(currency) = bills.first().map(|bill| bill.currency) else {
        return Err(at(BillingError::WrongCount { needed: term.count() }));
    };
    let basis = term.basis("TAR-12");
    let mut working = Working::new();
    let sum = total(bills.iter().map(|bill| bill.total), basis, &mut working).map_err(at)?;
    let digits = Fraction::count(i64::from(currency.minor_digits()));
    let inputs = [sum, term.value.fraction(), digits];
    let fixed = working.step(basis, Formula::Average, &inputs).map_err(at)?;
    let settlement = (request.settle.as_ref())
        .map(|year| settle(year, currency, term, &mut working).map_err(|refusal| refusal.under("/settle")))
        .transpose()?;
    let findings: Vec<Finding> = bills.iter().flat_map(|bill| bill.findings.clone()).collect();
    Ok(FixedBillAnswer {
        currency,
        bills: bills.iter().map(|bill| bill.total.to_string()).collect(),
        fixed: Money::of_rounded(fixed, currency).map_err(at)?.to_string(),
        settlement,
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

fn twelve(term: &Term, given: usize, field: &str) -> Result<(), Refusal> {
    let needed = term.count();
    if i64::try_from(given) == Ok(needed) {
        return Ok(());
    }
    Err(BillingError::WrongCount { needed }.at(field))
}

fn total(bills: impl Iterator<Item = Money>, basis: Basis, working: &mut Working) -> Result<Fraction> {
    let named = |(i, bill): (usize, Money)| (Cow::Owned(format!("bill-{}", i + 1)), bill.fraction());
    working.sum(basis, bills.enumerate().map(named))
}

fn settle(
    year: &YearToSettle,
    currency: Currency,
    term: &Term,
    working: &mut Working,
) -> Result<YearSettled, Refusal> {
    twelve(term, year.bills.len(), "/bills")?;
    let at = |error: BillingError| error.at("/bills");
    let basis = term.basis("TAR-12");
    let fixed = bounds::money(year.fixed, currency, "/fixed")?;
    let mut bills = Vec::with_capacity(year.bills.len());
    for (i, bill) in year.bills.iter().enumerate() {
        bills.push(bounds::money(*bill, currency, &format!("/bills/{i}"))?);
    }
    let actual = total(bills.into_iter(), basis, working).map_err(at)?;
    let digits = Fraction::count(i64::from(currency.minor_digits()));
    let inputs = [fixed.fraction(), term.value.fraction(), digits];
    let paid = working.step(basis, Formula::FeeTimes, &inputs).map_err(at)?;
    let credit = working.step(basis, Formula::Excess, &[paid, actual]).map_err(at)?;
    let due = working.step(basis, Formula::Excess, &[actual, paid]).map_err(at)?;
    let money = |amount| Money::of_rounded(amount, currency).map_err(at);
    let due = money(due)?;
    let instalments = match year.spread_from {
        Some(Day(first_due)) if due.minor() > 0 => {
            // Less than a minor unit a month is paid in fewer months.
            let months = u32::try_from(due.minor().min(i128::from(term.count()))).unwrap_or(0);
            let plan = Plan { amount: due, months, first_due };
            let parts = plan
                .divide(Some(term), basis, working)
                .map_err(|refusal| refusal.error.at("/spread_from"))?;
            instalments::answers(&parts)
        }
        _ => Vec::new(),
    };
    Ok(YearSettled {
        paid: money(paid)?.to_string(),
        actual: money(actual)?.to_string(),
        credit: money(credit)?.to_string(),
        due: due.to_string(),
        instalments,
    })
}

/// A month has its own period and usage; schedule, breaker and day are the request's.
fn of_month(refusal: Refusal, month: usize) -> Refusal {
    if refusal.error.code() == "no-tariff-in-force" {
        return refusal.error.at("/on");
    }
    let own = ["/period", "/usage"].iter().any(|field| refusal.field.starts_with(field));
    if own { refusal.under(&format!("/months/{month}")) } else { refusal }
}
