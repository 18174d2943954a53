//! Whom a medical need protects from a cut in Saudi Arabia (DIS-5).

use time::{Date, Duration};

use super::{DireNeed, DisconnectionRequest, NeedKind};
use crate::error::{BillingError, Result};
use crate::finding::Finding;
use crate::finding::debt::DebtFinding;
use crate::money::{Currency, Money};
use crate::rulebook::debt::needed_on;

/// What a need does to a cut.
pub(super) struct Protection {
    pub(super) forbids: bool,
    pub(super) findings: Vec<Finding>,
}

/// A proven need on one meter without dues at entry forbids a cut without the regulator's consent or up to its limit; an
/// emergency does so on the customer's word for some days.
pub(super) fn of(request: &DisconnectionRequest, overdue: Money) -> Result<Protection> {
    let Some(need) = request.dire_need else {
        return Ok(Protection { forbids: false, findings: Vec::new() });
    };
    let (limit, days) =
        (needed_on("sa.dire-need-limit", request.at.day)?, needed_on("sa.emergency-days", request.at.day)?);
    let today = request.at.day;
    let fresh = need.told.0..=word_until(need.told.0, today)?;
    let word_counts = need.kind == NeedKind::Emergency && fresh.contains(&today);
    let complete = is_complete(need);
    if !word_counts && !complete {
        let findings = vec![Finding::Debt(DebtFinding::DireNeedIncomplete)];
        return Ok(Protection { forbids: false, findings });
    }
    let mut findings = Vec::new();
    if !complete {
        findings.push(Finding::Debt(DebtFinding::Emergency { days: days.count() }));
        findings.extend(days.finding());
    }
    let limit = Money::of_rounded(limit.value.fraction(), Currency::SAR)?;
    let forbids = !(need.consent && overdue.minor() > limit.minor());
    findings.insert(0, Finding::Debt(DebtFinding::DireNeed { limit }));
    Ok(Protection { forbids, findings })
}

/// One meter a customer, proof by a government hospital, no dues at entry.
const fn is_complete(need: DireNeed) -> bool {
    need.proven && !need.other_meter && need.dues_at_entry.millionths() == 0
}

/// The last day on which an emergency counts on the customer's word alone, by the rule in force `on` a day: the day of the
/// word is the first.
///
/// # Errors
/// [`BillingError::NoRuleInForce`] before the rule.
///
/// # Source
/// `rulebooks/sa/debt.toml`, `sa.emergency-days`.
pub fn word_until(told: Date, on: Date) -> Result<Date> {
    let days = needed_on("sa.emergency-days", on)?.count();
    told.checked_add(Duration::days(days - 1)).ok_or(BillingError::NumberTooLarge)
}
