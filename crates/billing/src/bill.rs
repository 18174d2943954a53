//! Rule `bill`: facts in; lines, taxes, total and working out.

mod answer;
mod bands;
mod facts;
mod inline;
mod rating;
mod segments;
mod shares;
mod taxes;
mod variants;

use std::borrow::Cow;

pub use answer::{BillAnswer, LineAnswer, TaxAnswer};
pub use bands::{TierBounds, tiers};
pub use facts::*;
pub(crate) use variants::{of_change, of_interval, of_share, on_day};

use crate::bounds;
use crate::error::{BillingError, Refusal, Result};
use crate::finding::{Finding, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::rulebook;
use crate::working::{Basis, Step, Working};
use segments::Pricing;

/// A calculated bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Of every amount.
    pub currency: Currency,
    /// Of the usage.
    pub unit: Cow<'static, str>,
    /// Days of the period, both ends counted.
    pub days: i64,
    /// In the order of the contract.
    pub lines: Vec<Line>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Each rate above zero.
    pub taxes: Vec<Tax>,
    /// Sum of the taxes.
    pub tax: Money,
    /// To pay.
    pub total: Money,
    /// Facts beside the result.
    pub findings: Vec<Finding>,
    /// Every step, in order.
    pub working: Working,
}

/// One charge, fee or discount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `tier-1`, `unit.fuel`, `fee.meter`, `discount.support`; `@2` ... from the second segment on.
    pub code: Cow<'static, str>,
    /// What is charged by the unit.
    pub charge: Option<Charge>,
    /// Rounded once.
    pub amount: Money,
    /// The place of its segment of the period, from 0.
    pub segment: usize,
    /// Its steps' places in the working, its amount's last.
    pub steps: Steps,
}

/// A line's share, the limits below and above it, its quantity and its amount: places in the working.
pub type Steps = [Option<usize>; 5];

/// Units at a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What the amount was calculated from.
    pub exact: Fraction,
    /// At most six decimals; printed quantities add up to the usage.
    pub printed: Fraction,
    /// Of one unit.
    pub price: Number,
}

/// The tax of one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tax {
    /// Such as 0.15.
    pub rate: Number,
    /// What it is taken of.
    pub base: Money,
    /// Rounded once.
    pub amount: Money,
    /// The document behind the rate.
    pub source: &'static str,
}

/// Calculates a bill: limits by the days, tiers, charges, fees, discounts, tax.
///
/// Amounts stay fractions until each line's one rounding, half away from zero to the minor unit; tax is
/// rounded once per rate, on the sum of the rounded lines.
///
/// # Errors
/// A [`Refusal`] naming the field: a reversed period, negative usage, a schedule unknown or not in force,
/// a price not published, a missing breaker, limits that do not rise, usage beyond the last tier,
/// intervals that disagree, or a number too large.
///
/// # Source
/// TAR-1 to TAR-5 of the rules; `rulebooks/*/*.toml` for every figure.
pub fn calculate(facts: &BillFacts) -> Result<Bill, Refusal> {
    checked(facts)?;
    price(facts, &Pricing::of(facts)?, Working::new())
}

fn checked(facts: &BillFacts) -> Result<(), Refusal> {
    facts.period.checked()?;
    bounds::not_negative(facts.usage, "/usage")
}

/// Goes on from `working` to the total.
fn price(facts: &BillFacts, pricing: &Pricing<'_>, mut working: Working) -> Result<Bill, Refusal> {
    let digits = Fraction::count(i64::from(pricing.currency.minor_digits()));
    working.step(pricing.rounding, Formula::Rounding, &[digits])?;
    let shares = shares::of(facts, pricing, &mut working)?;
    let lines = rating::lines(facts, pricing, &shares, &mut working)?;
    let subtotal = sum_of(&mut working, pricing.sums, &lines)?;
    let taxes = taxes::of(pricing, &lines, subtotal, &mut working)?;
    let amount = |tax: &Tax| (Cow::Borrowed("tax"), tax.amount.fraction());
    let tax = working.sum(pricing.sums, taxes.iter().map(amount))?;
    let parts = [(Cow::Borrowed("subtotal"), subtotal), (Cow::Borrowed("tax"), tax)];
    let total = working.sum(pricing.sums, parts.into_iter())?;
    let money = |amount| Money::of_rounded(amount, pricing.currency);
    Ok(Bill {
        currency: pricing.currency,
        days: facts.period.days(),
        lines,
        subtotal: money(subtotal)?,
        taxes,
        tax: money(tax)?,
        total: money(total)?,
        findings: findings(pricing),
        unit: pricing.unit.clone(),
        working,
    })
}

fn sum_of(working: &mut Working, basis: Basis, lines: &[Line]) -> Result<Fraction> {
    working.sum(basis, lines.iter().map(|line| (line.code.clone(), line.amount.fraction())))
}

fn findings(pricing: &Pricing<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let last = pricing.period.last();
    let term = match pricing.country {
        None => rulebook::newest_term(MAX_PERIOD_DAYS),
        Some("sa") => rulebook::term_on(MAX_PERIOD_DAYS, last),
        Some(_) => None,
    };
    let days = pricing.period.days();
    if let Some(most) = term.map(|term| term.value.millionths() / crate::number::MILLION)
        && days > most
    {
        findings.push(Finding::PeriodTooLong { days, most });
    }
    for assumed in pricing.segments.iter().flat_map(|segment| segment.version.assumed) {
        let told = |known: &Finding| matches!(known, Finding::AssumedParameter { name, value } if (*name, *value) == (assumed.name, assumed.value));
        if !findings.iter().any(told) {
            findings.push(Finding::AssumedParameter { name: assumed.name, value: assumed.value });
        }
    }
    findings
}

/// BIL-1: the longest reading period that the Saudi guide allows.
const MAX_PERIOD_DAYS: &str = "sa.max-period-days";

impl Bill {
    /// The steps that make one line.
    pub fn steps_of<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = Step<'a>> {
        line.steps.into_iter().flatten().filter_map(|at| self.working.step_at(at))
    }

    /// The bill as the wire and the record keep it; `say` brings the sentences of the findings.
    #[must_use]
    pub fn answer(&self, say: Say<'_>) -> BillAnswer {
        BillAnswer {
            currency: self.currency,
            days: self.days,
            lines: self.lines.iter().map(|line| line.answer(&self.unit)).collect(),
            subtotal: self.subtotal.to_string(),
            taxes: self.taxes.iter().map(Tax::answer).collect(),
            tax: self.tax.to_string(),
            total: self.total.to_string(),
            findings: self.findings.iter().map(|finding| finding.answer(say)).collect(),
            working: self.working.answer(),
        }
    }
}

impl Line {
    fn answer(&self, unit: &str) -> LineAnswer {
        let charge = self.charge.as_ref();
        LineAnswer {
            code: self.code.to_string(),
            quantity: charge.map(|charge| charge.printed.to_string()),
            quantity_exact: charge
                .filter(|charge| charge.exact != charge.printed)
                .map(|charge| charge.exact.ratio()),
            unit: charge.map(|_| unit.to_owned()),
            price: charge.map(|charge| charge.price.to_string()),
            amount: self.amount.to_string(),
        }
    }
}

impl Tax {
    /// The tax as the wire shows it.
    #[must_use]
    pub fn answer(&self) -> TaxAnswer {
        TaxAnswer {
            rate: self.rate.to_string(),
            base: self.base.to_string(),
            amount: self.amount.to_string(),
        }
    }
}

/// One customer's bill over several service points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Sum of the parts' lines.
    pub subtotal: Money,
    /// Each rate once, over all parts.
    pub taxes: Vec<Tax>,
    /// To pay.
    pub total: Money,
}

/// Adds up the bills of one customer, with tax taken once per rate over all of them. `currency` is the account's.
///
/// # Errors
/// [`BillingError::WrongType`] if a part is in another currency; [`BillingError::NumberTooLarge`].
pub fn statement(parts: &[&Bill], currency: Currency) -> Result<Statement> {
    if parts.iter().any(|part| part.currency != currency) {
        return Err(BillingError::WrongType);
    }
    let mut subtotal = Fraction::ZERO;
    let mut taxes: Vec<Tax> = Vec::new();
    for part in parts {
        subtotal = subtotal.plus(part.subtotal.fraction())?;
        for tax in &part.taxes {
            match taxes.iter_mut().find(|known| known.rate == tax.rate) {
                Some(known) => {
                    let base = known.base.fraction().plus(tax.base.fraction())?;
                    known.base = Money::of_rounded(base, currency)?;
                    known.amount = Money::of_rounded(base.times(tax.rate.fraction())?, currency)?;
                }
                None => taxes.push(*tax),
            }
        }
    }
    let tax = taxes.iter().try_fold(Fraction::ZERO, |sum, tax| sum.plus(tax.amount.fraction()))?;
    Ok(Statement {
        subtotal: Money::of_rounded(subtotal, currency)?,
        total: Money::of_rounded(subtotal.plus(tax)?, currency)?,
        taxes,
    })
}
