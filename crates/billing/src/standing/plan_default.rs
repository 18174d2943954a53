//! Rule `plan-default` (DEB-3, DEB-4): whether a plan of instalments is kept, and what a missed one does.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use time::Date;

use super::paid;
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::debt::DebtFinding;
use crate::finding::{Finding, FindingAnswer, Say};
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Day;
use crate::rulebook::debt::term_on;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanDefaultRequest {
    /// When the plan was agreed.
    pub agreed: Day,
    /// The day to judge by.
    pub on: Day,
    /// Whether a debt acknowledgement with executory formula carries it.
    pub acknowledged: bool,
    /// All its instalments, by the day on which they are due.
    pub instalments: Vec<PlanInstalment>,
}

/// One instalment and how it was paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanInstalment {
    /// When it is due.
    pub due: Day,
    /// How much, in dinars.
    pub amount: Number,
    /// When it was paid in full; null while it is not.
    #[serde(default)]
    pub paid: Option<Day>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanDefaultAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// How the plan stands.
    pub state: PlanState,
    /// Whether it lifts a stop: rule `standing`'s `kept`.
    pub kept: bool,
    /// When a missed instalment ended it; null otherwise.
    pub cancelled_on: Option<Day>,
    /// Instalments that were not paid by their day.
    pub missed: u32,
    /// The newest that are due and still unpaid, in a row.
    pub missed_in_a_row: u32,
    /// What is due now: the unpaid instalments, or all that is left once the plan has ended.
    pub due_now: String,
    /// What is not paid yet.
    pub left: String,
    /// The next instalment's day; null where none is to come.
    pub next_due: Option<Day>,
    /// What happened, and what follows.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// How a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PlanState {
    /// Every instalment so far was paid.
    Kept,
    /// One that is due is unpaid, under the rules before the law of 2025.
    Behind,
    /// A missed instalment ended it.
    Cancelled,
    /// All is paid.
    Complete,
}

/// How a plan stands on a day. An instalment is missed when its day has passed and it was not paid by then. One missed
/// ends a plan agreed since the law of 2025; an older plan is behind until it is paid up.
///
/// # Errors
/// [`BillingError::PeriodReversed`] at `/on` before the plan was agreed or at an instalment that does not follow the one
/// before, [`BillingError::OutOfRange`] for no instalment or more than 1,000, [`BillingError::Negative`],
/// [`BillingError::FinerThanMinorUnit`].
///
/// # Source
/// DEB-3 and DEB-4; Decree-Law 75 of 2025, `rulebooks/kw/debt.toml`.
pub fn plan_default(request: &PlanDefaultRequest, say: Say<'_>) -> Result<PlanDefaultAnswer, Refusal> {
    let (agreed, on) = (request.agreed.0, request.on.0);
    if on < agreed {
        return Err(BillingError::PeriodReversed { from: agreed, to: on }.at("/on"));
    }
    let amounts = amounts(&request.instalments)?;
    let parts = || request.instalments.iter().zip(&amounts);
    let is_paid = |part: &PlanInstalment| part.paid.is_some_and(|paid| paid.0 <= on);
    let missed: Vec<_> = parts().filter(|(part, _)| is_missed(part, on)).collect();
    let cancelling = term_on("kw.missed-that-cancel", agreed).map(|term| term.count());
    let ending = cancelling.and_then(|count| missed.get(usize::try_from(count).ok()?.checked_sub(1)?));
    let in_a_row =
        parts().rev().skip_while(|(part, _)| part.due.0 >= on).take_while(|(part, _)| !is_paid(part));
    let in_a_row = u32::try_from(in_a_row.count()).unwrap_or(u32::MAX);
    let mut working = Working::new();
    let mut sum = |due_only: bool| {
        let unpaid = parts().enumerate().filter(|(_, (part, _))| !is_paid(part));
        let counted = unpaid.filter(|(_, (part, _))| !due_only || part.due.0 < on);
        let named =
            counted.map(|(i, (_, money))| (Cow::Owned(format!("instalment-{}", i + 1)), money.fraction()));
        let sum = working.sum(Basis::new("DEB-4", "own-sum"), named);
        paid(sum.map_err(|error| error.at("/instalments"))?)
    };
    let left = sum(false)?;
    let due_now = if ending.is_some() { left } else { sum(true)? };
    let state = match (left.minor(), ending.is_some(), in_a_row) {
        (0, _, _) => PlanState::Complete,
        (_, true, _) => PlanState::Cancelled,
        (_, false, 0) => PlanState::Kept,
        (_, false, _) => PlanState::Behind,
    };
    let ended = ending.map(|(part, _)| part.due.0).filter(|_| state == PlanState::Cancelled);
    let stopped = matches!(state, PlanState::Cancelled | PlanState::Behind) && in_a_row > 0;
    let findings = [
        ended.map(|due| DebtFinding::PlanCancelled { due, left }),
        (stopped && request.acknowledged).then_some(DebtFinding::EnforcementBegins),
    ];
    let findings: Vec<_> = findings.into_iter().flatten().map(Finding::Debt).collect();
    let to_come = parts().find(|(part, _)| part.due.0 >= on && !is_paid(part)).map(|(part, _)| part.due);
    Ok(PlanDefaultAnswer {
        currency: Currency::KWD,
        state,
        kept: matches!(state, PlanState::Kept | PlanState::Complete),
        cancelled_on: ended.and_then(Date::next_day).map(Day),
        missed: u32::try_from(missed.len()).unwrap_or(u32::MAX),
        missed_in_a_row: in_a_row,
        due_now: due_now.to_string(),
        left: left.to_string(),
        next_due: to_come.filter(|_| ended.is_none()),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

fn is_missed(part: &PlanInstalment, on: Date) -> bool {
    part.due.0 < on && part.paid.is_none_or(|paid| paid > part.due)
}

fn amounts(instalments: &[PlanInstalment]) -> Result<Vec<Money>, Refusal> {
    bounds::list(instalments, 1, "/instalments")?;
    let mut amounts = Vec::with_capacity(instalments.len());
    let mut before = Date::MIN;
    for (i, part) in instalments.iter().enumerate() {
        if part.due.0 <= before {
            let reversed = BillingError::PeriodReversed { from: before, to: part.due.0 };
            return Err(reversed.at(format!("/instalments/{i}/due")));
        }
        before = part.due.0;
        amounts.push(bounds::money(part.amount, Currency::KWD, &format!("/instalments/{i}/amount"))?);
    }
    Ok(amounts)
}
