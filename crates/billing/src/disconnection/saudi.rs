//! The decision in Saudi Arabia.

use time::Date;

use super::times::{self, Times};
use super::{DisconnectionAnswer, DisconnectionRequest, LadderAnswer, LadderStep, need};
use crate::calendar;
use crate::error::{BillingError, Refusal};
use crate::finding::debt::DebtFinding;
use crate::finding::{Finding, Say};
use crate::formula::Formula;
use crate::hafez::Commodity;
use crate::money::Money;
use crate::period::Day;
use crate::rulebook::debt::needed_on;
use crate::rulebook::{Schedule, Term};
use crate::working::Working;

pub(super) fn decide(
    request: &DisconnectionRequest,
    schedule: &Schedule,
    overdue: Money,
    undisputed: Money,
    say: Say<'_>,
) -> Result<DisconnectionAnswer, Refusal> {
    let at = |error: BillingError| error.at("/at");
    let home = schedule.id.ends_with(".residential");
    let mut working = Working::new();
    let threshold = Threshold::of(request, undisputed, &mut working)?;
    let ladder = ladder(request).map_err(at)?;
    let time = times::forbidden(request.at, home).map_err(at)?;
    let need = need::of(request, overdue).map_err(at)?;
    let mut lasting: Vec<Finding> = threshold.findings();
    lasting.extend(missing(&ladder));
    lasting.extend(request.complaint.map(|_| Finding::Debt(DebtFinding::ComplaintOpen { undisputed })));
    lasting.extend((!request.metered).then_some(Finding::Debt(DebtFinding::NotMetered)));
    lasting.extend(request.secured.then_some(Finding::Debt(DebtFinding::DuesSettled)));
    let forever = !lasting.is_empty() || need.forbids;
    let ladder_ends = ladder.last().and_then(|step| step.ends).map(|end| end.0);
    let mut passing: Vec<Finding> = Vec::new();
    let runs = ladder_ends.filter(|end| *end > request.at.day);
    passing.extend(runs.map(|on| Finding::Debt(DebtFinding::CutNotBefore { on })));
    let not_now = |time| Finding::Debt(DebtFinding::NotNow { time });
    passing.extend(time.forbidden.iter().copied().map(not_now));
    let allowed = !forever && passing.is_empty();
    let free = |from| calendar::first_free(from, |day| times::whole_day_forbidden(day, home));
    let earliest = match ladder_ends.filter(|_| !forever) {
        Some(end) => Some(Day(free(end.max(first_day(request, &time))).map_err(at)?)),
        None => None,
    };
    let mut findings = lasting;
    findings.extend(need.findings);
    findings.extend(passing);
    findings.extend(time.exams_unknown.then_some(Finding::Debt(DebtFinding::ExamDaysUnknown)));
    findings.extend(time.terms.iter().copied().filter_map(Term::finding));
    Ok(DisconnectionAnswer {
        currency: schedule.currency,
        allowed,
        service: Some(Commodity::Electricity).filter(|_| threshold.is_passed()),
        ladder,
        earliest,
        payable: undisputed.to_string(),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

/// Today, unless its free hours have passed.
fn first_day(request: &DisconnectionRequest, time: &Times) -> Date {
    let today = request.at.day;
    let late = time.forbidden.contains(&times::ForbiddenTime::Noon);
    if late { today.next_day().unwrap_or(today) } else { today }
}

/// Above a sum, or more unpaid bills than a number.
struct Threshold {
    excess: Money,
    bills_above: bool,
    limit: Money,
    terms: [&'static Term; 4],
}

impl Threshold {
    fn of(request: &DisconnectionRequest, debt: Money, working: &mut Working) -> Result<Self, Refusal> {
        let term = |id| needed_on(id, request.at.day).map_err(|error| error.at("/at"));
        let terms = [
            term("sa.cut-limit")?,
            term("sa.cut-bills")?,
            term("sa.notice-days")?,
            term("sa.final-notice-days")?,
        ];
        let [limit, bills, ..] = terms;
        let overdue = |error: BillingError| error.at("/overdue");
        let inputs = [debt.fraction(), limit.value.fraction()];
        let excess = working.step(limit.basis("DEB-7"), Formula::AboveLimit, &inputs).map_err(overdue)?;
        let money = |amount| Money::of_rounded(amount, debt.currency()).map_err(overdue);
        Ok(Self {
            excess: money(excess)?,
            bills_above: debt.minor() > 0 && i64::from(request.unpaid_bills) > bills.count(),
            limit: money(limit.value.fraction())?,
            terms,
        })
    }

    const fn is_passed(&self) -> bool {
        self.excess.minor() > 0 || self.bills_above
    }

    fn findings(&self) -> Vec<Finding> {
        let [_, bills, notice, last] = self.terms.map(Term::count);
        let below =
            DebtFinding::BelowCutLimit { limit: self.limit, bills, notice_days: notice, final_days: last };
        if self.is_passed() { Vec::new() } else { vec![Finding::Debt(below)] }
    }
}

/// The newest notice, and the newest final one that was served after its time had passed.
fn ladder(request: &DisconnectionRequest) -> Result<Vec<LadderAnswer>, BillingError> {
    let count = |id| needed_on(id, request.at.day).map(Term::count);
    let (days, last_days) = (count("sa.notice-days")?, count("sa.final-notice-days")?);
    let notice = request.served(LadderStep::Notice).first().copied();
    let ends = notice.map(|served| calendar::after_days_without_holidays(served.0, days)).transpose()?;
    let after_notice = |served: &Day| ends.is_some_and(|ends| served.0 >= ends);
    let last = request.served(LadderStep::FinalNotice).into_iter().find(after_notice);
    let last_end = last.and_then(|served| served.0.checked_add(time::Duration::days(last_days)));
    Ok(vec![
        LadderAnswer { step: LadderStep::Notice, served: notice, ends: ends.map(Day) },
        LadderAnswer { step: LadderStep::FinalNotice, served: last, ends: last_end.map(Day) },
    ])
}

fn missing(ladder: &[LadderAnswer]) -> Option<Finding> {
    let missing = i64::try_from(ladder.iter().filter(|step| step.served.is_none()).count()).unwrap_or(0);
    (missing > 0).then_some(Finding::Debt(DebtFinding::NoticesMissing { missing }))
}
