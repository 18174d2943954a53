//! The decision in Kuwait.

use time::Duration;

use super::{DisconnectionAnswer, DisconnectionRequest, LadderAnswer, LadderStep};
use crate::error::{BillingError, Refusal};
use crate::finding::debt::DebtFinding;
use crate::finding::{Finding, Say};
use crate::hafez::Commodity;
use crate::money::Money;
use crate::period::Day;
use crate::rulebook::debt::needed_on;
use crate::rulebook::{Schedule, Term};

/// Sectors whose electricity the ministry itself named.
const NAMED: [&str; 3] = ["investment", "commercial", "productive"];

pub(super) fn decide(
    request: &DisconnectionRequest,
    schedule: &'static Schedule,
    overdue: Money,
    undisputed: Money,
    say: Say<'_>,
) -> Result<DisconnectionAnswer, Refusal> {
    let needed = |id| needed_on(id, request.at.day).map_err(|error: BillingError| error.at("/at"));
    let (warnings, days) = (needed("kw.warnings-before-cut")?, needed("kw.warning-days")?);
    let ladder = ladder(request, warnings, days);
    let mut findings = Vec::new();
    let settled = request.secured || overdue.minor() == 0;
    if settled {
        findings.push(DebtFinding::DuesSettled);
    }
    let missing = ladder.iter().filter(|step| step.served.is_none()).count();
    if missing > 0 {
        findings.push(DebtFinding::NoticesMissing { missing: i64::try_from(missing).unwrap_or(i64::MAX) });
    }
    let ends = ladder.last().and_then(|step| step.ends);
    let runs = ends.filter(|end| end.0 > request.at.day);
    findings.extend(runs.map(|end| DebtFinding::CutNotBefore { on: end.0 }));
    let allowed = findings.is_empty();
    if request.complaint.is_some() {
        findings.push(DebtFinding::NoProtectionPublished { undisputed });
    }
    let class = schedule.id.split('.').nth(2).unwrap_or_default();
    let home = class == "private";
    if !settled {
        let tariff = schedule.id;
        findings.push(if home { DebtFinding::WaterOnly } else { DebtFinding::ElectricityCut { tariff } });
    }
    let mut findings: Vec<_> = findings.into_iter().map(Finding::Debt).collect();
    findings.extend(days.finding());
    if !settled && !home && !NAMED.contains(&class) {
        findings.push(Finding::assumed("cut-service", "electricity"));
    }
    if request.secured {
        findings.push(Finding::assumed("cut-ends", "acknowledgement"));
    }
    let service = if home { Commodity::Water } else { Commodity::Electricity };
    Ok(DisconnectionAnswer {
        currency: schedule.currency,
        allowed,
        service: (!settled).then_some(service),
        ladder,
        earliest: ends.filter(|_| !settled && missing == 0).map(|end| end.max(Day(request.at.day))),
        payable: undisputed.to_string(),
        findings: Finding::answers(&findings, say),
        working: Vec::new(),
    })
}

/// The warnings in order: one that came within the time of the one before does not count.
fn ladder(request: &DisconnectionRequest, warnings: &Term, days: &Term) -> Vec<LadderAnswer> {
    let mut counted: Vec<(Day, Option<Day>)> = Vec::new();
    for served in request.served(LadderStep::Warning) {
        let after = counted.last().is_none_or(|(_, ends)| ends.is_some_and(|ends| served >= ends));
        if after {
            counted.push((served, served.0.checked_add(Duration::days(days.count())).map(Day)));
        }
    }
    let step = |place: i64| {
        let warning = usize::try_from(place).ok().and_then(|place| counted.get(place));
        let (served, ends) = warning.map_or((None, None), |(served, ends)| (Some(*served), *ends));
        LadderAnswer { step: LadderStep::Warning, served, ends }
    };
    (0..warnings.count()).map(step).collect()
}
