//! Whom a medical need protects from a cut in Saudi Arabia (DIS-5).

use time::Duration;

use super::{DireNeed, DisconnectionRequest, NeedKind};
use crate::error::Result;
use crate::finding::Finding;
use crate::finding::debt::DebtFinding;
use crate::money::{Currency, Money};
use crate::rulebook::Term;
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
    let word_counts = need.kind == NeedKind::Emergency && is_fresh(need, request, days);
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

/// The day of the customer's word is the first of its days.
fn is_fresh(need: DireNeed, request: &DisconnectionRequest, days: &Term) -> bool {
    let since = request.at.day - need.told.0;
    (Duration::ZERO..Duration::days(days.count())).contains(&since)
}
