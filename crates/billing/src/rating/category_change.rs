//! Rule `category-change` (TAR-7): a period in which the customer's category changes.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::bill::{self, BillAnswer, BillFacts, IntervalUsage};
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::money::Currency;
use crate::number::Number;
use crate::period::{Day, Period};
use crate::working::StepAnswer;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CategoryChangeRequest {
    /// The schedule of the old category.
    pub before: String,
    /// The schedule of the new category; of the same country, unit and currency.
    pub after: String,
    /// The day on which the customer reported the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Day>,
    /// The day on which the provider found it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discovered: Option<Day>,
    /// First and last day.
    pub period: Period,
    /// Units used in the period.
    pub usage: Number,
    /// The breaker's rating, for a schedule whose meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// Measured spans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Vec<IntervalUsage>>,
}

/// Which of the two days counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeCause {
    /// The customer's report.
    Report,
    /// The provider's discovery.
    Discovery,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CategoryChangeAnswer {
    /// Of the bill.
    pub currency: Currency,
    /// The first day of the new category.
    pub effective_from: Day,
    /// Which day it is.
    pub cause: ChangeCause,
    /// The period's bill; parts of the new category carry `@2` where the period is split.
    pub bill: BillAnswer,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step of the bill, in order.
    pub working: Vec<StepAnswer>,
}

/// The new category from the day of the report or of the discovery, the earlier where both exist, never before;
/// each part is priced by its own schedule exactly as in a bill that a change of price splits.
///
/// # Errors
/// [`BillingError::MissingField`] at `/reported` where neither day is given, [`BillingError::UnknownTariff`] at
/// `/before` or `/after`, [`BillingError::TariffsDisagree`] at `/after`; as [`bill::calculate`].
///
/// # Source
/// The service guide, TAR-7; which of two days counts is assumed.
pub fn category_change(
    request: &CategoryChangeRequest,
    say: Say<'_>,
) -> Result<CategoryChangeAnswer, Refusal> {
    let (from, cause) = first_day(request)?;
    let facts = BillFacts {
        intervals: request.intervals.clone(),
        ..BillFacts::of_schedule(&request.before, request.period, request.usage, request.breaker_amps)
    };
    let bill = bill::of_change(&facts, &request.after, from)?;
    let mut findings = bill.findings.clone();
    if request.reported.is_some() && request.discovered.is_some() {
        findings.push(Finding::assumed("category-day", "earlier"));
    }
    let bill = bill.answer(say);
    Ok(CategoryChangeAnswer {
        currency: bill.currency,
        effective_from: Day(from),
        cause,
        findings: Finding::answers(&findings, say),
        working: bill.working.clone(),
        bill,
    })
}

fn first_day(request: &CategoryChangeRequest) -> Result<(Date, ChangeCause), Refusal> {
    let reported = request.reported.map(|Day(day)| (day, ChangeCause::Report));
    let discovered = request.discovered.map(|Day(day)| (day, ChangeCause::Discovery));
    let earlier = match (reported, discovered) {
        (Some(report), Some(discovery)) if discovery.0 < report.0 => Some(discovery),
        (report, discovery) => report.or(discovery),
    };
    earlier.ok_or_else(|| BillingError::MissingField { name: "reported".to_owned() }.at("/reported"))
}
