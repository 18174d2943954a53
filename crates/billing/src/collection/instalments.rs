//! Rule `instalments` (DEB-5, BIL-8): a sum in equal monthly parts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use time::Date;

use super::parts::{LeftOver, divide};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::{Day, months_later};
use crate::rulebook::{self, Term};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InstalmentsRequest {
    /// All that is to be paid.
    pub amount: Number,
    /// Of both amounts.
    pub currency: Currency,
    /// How many instalments.
    pub months: u32,
    /// When the first is due.
    pub first_due: Day,
    /// Paid at once.
    #[serde(default)]
    pub down_payment: Number,
    /// What the sum comes from.
    #[serde(default)]
    pub cause: Cause,
}

/// What a sum comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Bills that were not paid (DEB-5).
    #[default]
    Debt,
    /// A provider's claim after an error of its own (BIL-8).
    BillingError,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InstalmentsAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// Paid at once.
    pub down_payment: String,
    /// In order.
    pub instalments: Vec<Instalment>,
    /// The down payment and all instalments: the amount.
    pub total: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// One part of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Instalment {
    /// From 1.
    pub number: u32,
    /// When it is due; a day that the month lacks falls on its last.
    pub due: Day,
    /// With exactly the currency's minor digits.
    pub amount: String,
}

/// Equal instalments but for the minor units left over, which go one each to the first.
///
/// # Errors
/// [`BillingError::TooManyMonths`] at `/months` above the rule's most or above the minor units left,
/// [`BillingError::OutOfRange`] for no month or a down payment above the amount,
/// [`BillingError::FinerThanMinorUnit`], [`BillingError::Negative`], [`BillingError::NotADate`] beyond the year 9999.
///
/// # Source
/// DEB-5 with `rulebooks/kw/collection.toml`, assumed; BIL-8 with `rulebooks/sa/billing.toml`.
pub fn instalments(request: &InstalmentsRequest, say: Say<'_>) -> Result<InstalmentsAnswer, Refusal> {
    let currency = request.currency;
    let amount = bounds::money(request.amount, currency, "/amount")?;
    let down = bounds::money(request.down_payment, currency, "/down_payment")?;
    bounds::at_most(request.down_payment, request.amount, "/down_payment")?;
    let limit = limit(request.cause, currency)?;
    let basis = limit.map_or(PLAIN, |term| term.basis(request.cause.rule()));
    let mut working = Working::new();
    let left = if down.minor() == 0 {
        amount
    } else {
        let inputs = [amount.fraction(), down.fraction()];
        let left = working.step(basis, Formula::Remainder, &inputs).map_err(|e| e.at("/amount"))?;
        Money::of_rounded(left, currency).map_err(|e| e.at("/amount"))?
    };
    let plan = Plan { amount: left, months: request.months, first_due: request.first_due.0 };
    let instalments = plan.divide(limit, basis, &mut working)?;
    let down_part = (Cow::Borrowed("down_payment"), down.fraction());
    let named = |(i, (_, part)): (usize, &(Date, Money))| {
        (Cow::Owned(format!("instalment-{}", i + 1)), part.fraction())
    };
    let parts = std::iter::once(down_part).chain(instalments.iter().enumerate().map(named));
    let total = working.sum(basis, parts).map_err(|e| e.at("/amount"))?;
    let findings: Vec<Finding> = limit.and_then(Term::finding).into_iter().collect();
    Ok(InstalmentsAnswer {
        currency,
        down_payment: down.to_string(),
        instalments: answers(&instalments),
        total: Money::of_rounded(total, currency).map_err(|e| e.at("/amount"))?.to_string(),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

impl Cause {
    const fn rule(self) -> &'static str {
        match self {
            Self::Debt => "DEB-5",
            Self::BillingError => "BIL-8",
        }
    }
}

const PLAIN: Basis = Basis::new("DEB-5", "own-sum");
/// No plan is longer than this, whatever the rule: it bounds an answer, not a debt.
const LONGEST_PLAN: i128 = 1000;

/// The rule's most months, where one is known.
fn limit(cause: Cause, currency: Currency) -> Result<Option<&'static Term>, Refusal> {
    let id = match (cause, currency) {
        (Cause::BillingError, _) => CORRECTION_INSTALMENTS,
        (Cause::Debt, Currency::KWD) => "kw.debt-instalments",
        (Cause::Debt, _) => return Ok(None),
    };
    rulebook::needed(id).map(Some).map_err(|e| e.at("/months"))
}

/// The most instalments of a provider's claim.
pub(crate) const CORRECTION_INSTALMENTS: &str = "sa.correction-instalments";

/// A sum to be paid by the month.
pub(crate) struct Plan {
    pub(crate) amount: Money,
    pub(crate) months: u32,
    pub(crate) first_due: Date,
}

impl Plan {
    /// Its parts with their days, at most as many as `limit` allows; refusals name `/months` and `/first_due`.
    pub(crate) fn divide(
        &self,
        limit: Option<&Term>,
        basis: Basis,
        working: &mut Working,
    ) -> Result<Vec<(Date, Money)>, Refusal> {
        let most = limit.map_or(LONGEST_PLAN, |term| i128::from(term.count()));
        let most = most.min(self.amount.minor());
        if i128::from(self.months) > most {
            return Err(BillingError::TooManyMonths { most }.at("/months"));
        }
        bounds::count(self.months, 1, u32::try_from(most).unwrap_or(u32::MAX), "/months")?;
        let weights = vec![Fraction::count(1); usize::try_from(self.months).unwrap_or(0)];
        let parts = divide(self.amount, &weights, LeftOver::ToTheFirst, basis, working)
            .map_err(|e| e.at("/amount"))?;
        let due = |months| {
            months_later(self.first_due, months).ok_or_else(|| BillingError::NotADate.at("/first_due"))
        };
        (0..).zip(parts).map(|(months, part)| Ok((due(months)?, part))).collect()
    }
}

/// The parts as the wire shows them.
pub(crate) fn answers(parts: &[(Date, Money)]) -> Vec<Instalment> {
    let answer = |(number, (due, amount)): (u32, &(Date, Money))| Instalment {
        number,
        due: Day(*due),
        amount: amount.to_string(),
    };
    (1..).zip(parts).map(answer).collect()
}
