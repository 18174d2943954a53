//! Rule `estimate` (BIL-4, BIL-11): the use of days without a reading, and how the next reading settles it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use time::Date;

use super::past::{self, PastPeriod};
use super::settlement::{self, SettlementAnswer, SettlementRequest};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::period::{Period, months_later};
use crate::rulebook;
use crate::working::{Basis, StepAnswer, Working};

/// The request: days to estimate, a run of estimates to settle, or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EstimateRequest {
    /// Days without a reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingDays>,
    /// Estimated bills, and the reading that settles them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle: Option<SettlementRequest>,
}

/// Days whose use nobody read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MissingDays {
    /// First and last day.
    pub period: Period,
    /// Periods on record, in any order.
    pub history: Vec<PastPeriod>,
    /// Why there is no reading.
    #[serde(default)]
    pub cause: MissingCause,
}

/// Why there is no reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MissingCause {
    /// Nobody read the meter (BIL-4).
    #[default]
    NoReading,
    /// The meter was damaged or stood still (BIL-11).
    MeterFault,
}

/// What a daily average is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EstimateBasis {
    /// The same month last year.
    LastYear,
    /// The last real periods.
    Recent,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EstimateAnswer {
    /// Of the missing days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimated>,
    /// Of the estimated bills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<SettlementAnswer>,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// An estimated use; the bill has to mark it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimated {
    /// Days of the period.
    pub days: i64,
    /// What the average is taken from.
    pub basis: EstimateBasis,
    /// The periods that it is taken from.
    pub from: Vec<Period>,
    /// Units a day, half up to six decimals.
    pub daily: String,
    /// The fraction, where six decimals do not hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_exact: Option<String>,
    /// Units of all days, half up to three decimals: what the bill is made from.
    pub usage: String,
    /// `estimated`.
    pub quality: past::Quality,
}

/// Estimates missing days from the daily average of the same month last year, else of the last real periods; settles
/// estimated bills by the next reading.
///
/// The same month last year is the real period that has the most days in common with the missing ones a year
/// earlier, at least half of them. The recent periods are those that ended before the missing days.
///
/// # Errors
/// [`BillingError::NoPastPeriods`] at `/missing/history` where neither is on record; a reversed period;
/// [`BillingError::Negative`]; [`BillingError::MissingField`] where nothing is asked; as
/// [`settlement::settle`](super::settlement).
///
/// # Source
/// BIL-4 and BIL-11: the method is assumed, its count of periods in `rulebooks/common/metering.toml`.
pub fn estimate(request: &EstimateRequest, say: Say<'_>) -> Result<EstimateAnswer, Refusal> {
    if request.missing.is_none() && request.settle.is_none() {
        return Err(BillingError::MissingField { name: "missing".to_owned() }.at("/missing"));
    }
    let mut working = Working::new();
    let mut findings = Vec::new();
    let estimate = (request.missing.as_ref())
        .map(|missing| of_missing(missing, &mut working, &mut findings).map_err(|r| r.under("/missing")))
        .transpose()?;
    let settlement = (request.settle.as_ref())
        .map(|run| settlement::settle(run, &mut working, say).map_err(|r| r.under("/settle")))
        .transpose()?;
    Ok(EstimateAnswer {
        estimate,
        settlement,
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

/// What no source says where use is spread over days around a meter's exchange (BIL-4): whose its day is. We take it as
/// a day of both meters, so that no share of either is lost.
///
/// # Source
/// `rulebooks/assumed.toml`, with what would settle it.
#[must_use]
pub const fn assumed_of_exchange() -> Finding {
    Finding::assumed("exchange-day", "both-meters")
}

fn of_missing(
    missing: &MissingDays,
    working: &mut Working,
    findings: &mut Vec<Finding>,
) -> Result<Estimated, Refusal> {
    let period = missing.period.checked()?;
    past::check(&missing.history, "/history")?;
    let basis = Basis::new(
        match missing.cause {
            MissingCause::NoReading => "BIL-4",
            MissingCause::MeterFault => "BIL-11",
        },
        "adad-estimate",
    );
    let (from, kind) = match last_year(&missing.history, period) {
        Some(same) => (vec![same], EstimateBasis::LastYear),
        None => (recent(&missing.history, period, findings)?, EstimateBasis::Recent),
    };
    if from.is_empty() {
        return Err(BillingError::NoPastPeriods.at("/history"));
    }
    findings.push(Finding::assumed(
        "estimate-method",
        match kind {
            EstimateBasis::LastYear => "last-year",
            EstimateBasis::Recent => "recent",
        },
    ));
    findings.extend(repeated(&missing.history, period));
    let (usage, of_days) = totals(&from, basis, working).map_err(|e| e.at("/history"))?;
    let daily = working.step(basis, Formula::Daily, &[usage, of_days]).map_err(|e| e.at("/history"))?;
    let inputs = [usage, Fraction::count(period.days()), of_days];
    let estimated = working.step(basis, Formula::Estimate, &inputs).map_err(|e| e.at("/history"))?;
    let printed = bounds::quantity(daily, "/history")?;
    Ok(Estimated {
        days: period.days(),
        basis: kind,
        from: from.iter().map(|past| past.period).collect(),
        daily: printed.to_string(),
        daily_exact: (printed.fraction() != daily).then(|| daily.ratio()),
        usage: bounds::quantity(estimated, "/history")?.to_string(),
        quality: past::Quality::Estimated,
    })
}

/// Use and days of all periods; one alone needs no sum.
fn totals(
    from: &[&PastPeriod],
    basis: Basis,
    working: &mut Working,
) -> Result<(Fraction, Fraction), BillingError> {
    let days = |past: &PastPeriod| Fraction::count(past.period.days());
    if let [only] = from {
        return Ok((only.usage.fraction(), days(only)));
    }
    let name = |i: usize| Cow::Owned(format!("period-{}", i + 1));
    let usages = from.iter().enumerate().map(|(i, past)| (name(i), past.usage.fraction()));
    let usage = working.sum(basis, usages)?;
    let all = from.iter().enumerate().map(|(i, past)| (name(i), days(past)));
    Ok((usage, working.sum(basis, all)?))
}

/// The real period with the most days in common with the missing ones a year earlier.
fn last_year(history: &[PastPeriod], period: Period) -> Option<&PastPeriod> {
    let ago = |date: Date| months_later(date, -12);
    let target = Period::new(ago(period.first())?, ago(period.last())?);
    let mut best: Option<(&PastPeriod, i64)> = None;
    for past in history.iter().filter(|past| past.is_real()) {
        let common = past.period.days_in_common(target);
        if common * 2 >= target.days() && best.is_none_or(|(_, most)| common > most) {
            best = Some((past, common));
        }
    }
    best.map(|(past, _)| past)
}

fn recent<'a>(
    history: &'a [PastPeriod],
    period: Period,
    findings: &mut Vec<Finding>,
) -> Result<Vec<&'a PastPeriod>, Refusal> {
    let term = rulebook::needed("common.estimate-recent-periods").map_err(|e| e.at("/history"))?;
    findings.extend(term.finding());
    let before = |past: &&PastPeriod| past.is_real() && past.period.last() < period.first();
    let mut real: Vec<&PastPeriod> = history.iter().filter(before).collect();
    real.sort_by_key(|past| past.period.last());
    let skipped = real.len().saturating_sub(usize::try_from(term.count()).unwrap_or(0));
    Ok(real.split_off(skipped))
}

/// How many periods in a row have been estimated, this one included.
fn repeated(history: &[PastPeriod], period: Period) -> Option<Finding> {
    let mut before: Vec<&PastPeriod> =
        history.iter().filter(|past| past.period.last() < period.first()).collect();
    before.sort_by_key(|past| past.period.last());
    let run = before.iter().rev().take_while(|past| !past.is_real()).count();
    let periods = i64::try_from(run).ok()? + 1;
    (periods > 1).then_some(Finding::EstimatesRepeated { periods })
}
