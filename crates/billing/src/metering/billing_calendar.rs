//! Rule `billing-calendar` (BIL-2): the days of a month's bill.

use serde::{Deserialize, Serialize};

use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::period::{Day, Period, months_later, parse_date};
use crate::rulebook;
use crate::working::{StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BillingCalendarRequest {
    /// The month in which the bill is issued, `2026-09`.
    pub month: String,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BillingCalendarAnswer {
    /// As asked.
    pub month: String,
    /// First and last day of the bill.
    pub period: Period,
    /// Both ends counted.
    pub days: i64,
    /// The day of issue.
    pub issued: Day,
    /// The first day of the time to pay, a date of its own.
    pub time_to_pay_from: Day,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// The bill of a month: issued on day 28, for the days from the 28th of the month before to the 27th.
///
/// # Errors
/// [`BillingError::NotADate`] at `/month` for another form or a month that the calendar lacks;
/// [`BillingError::NoRuleInForce`] before the rule counts.
///
/// # Source
/// The service guide, BIL-2; the days in `rulebooks/sa/billing.toml`, the start of the time to pay assumed.
pub fn billing_calendar(
    request: &BillingCalendarRequest,
    say: Say<'_>,
) -> Result<BillingCalendarAnswer, Refusal> {
    let at = |error: BillingError| error.at("/month");
    let first = parse_date(&format!("{}-01", request.month)).map_err(at)?;
    let term = |id| rulebook::needed_on(id, first).map_err(at);
    let (issue, pay) = (term("sa.issue-day")?, term("sa.time-to-pay-day")?);
    let day = |count: i64| u8::try_from(count).ok().and_then(|day| first.replace_day(day).ok());
    let not_a_date = || at(BillingError::NotADate);
    let issued = day(issue.count()).ok_or_else(not_a_date)?;
    let before = months_later(issued, -1).ok_or_else(not_a_date)?;
    let last = issued.previous_day().ok_or_else(not_a_date)?;
    let period = Period::new(before, last);
    let month_days = Fraction::count(i64::from(before.month().length(before.year())));
    let mut working = Working::new();
    let inputs = [month_days, issue.value.fraction()];
    working.step(issue.basis("BIL-2"), Formula::MonthDays, &inputs).map_err(at)?;
    let findings: Vec<Finding> = [issue, pay].into_iter().filter_map(|term| term.finding()).collect();
    Ok(BillingCalendarAnswer {
        month: request.month.clone(),
        period,
        days: period.days(),
        issued: Day(issued),
        time_to_pay_from: Day(day(pay.count()).ok_or_else(not_a_date)?),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}
