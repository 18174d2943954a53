//! Which rules stop somebody's transactions on a day.

use time::{Date, Duration};

use super::{Residency, StandingRequest, WayToBeFree, paid};
use crate::bounds;
use crate::error::Refusal;
use crate::finding::Finding;
use crate::finding::debt::DebtFinding;
use crate::formula::Formula;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::rulebook::Term;
use crate::rulebook::debt::term_on;
use crate::working::Working;

/// What each rule says, a kept plan already counted.
pub(super) struct Reasons {
    residency: Residency,
    debt: Money,
    /// DEB-1 by the debt.
    above_limit: bool,
    /// DEB-1 by instalments.
    missed: bool,
    /// DEB-2.
    pub(super) non_citizen: bool,
    /// DEB-3.
    notice: bool,
    /// What a kept plan lifted.
    lifted: bool,
    /// What the debt has above the citizens' limit.
    excess: Option<Money>,
    terms: Terms,
    /// When a notice that still runs will stop transactions that no plan keeps open.
    notice_runs_to: Option<Date>,
    months: i64,
}

/// The terms in force on the day, for that group.
#[derive(Clone, Copy)]
struct Terms {
    limit: Option<&'static Term>,
    missed: Option<&'static Term>,
    any_debt: Option<&'static Term>,
    notice: Option<&'static Term>,
}

impl Terms {
    fn of(residency: Residency, on: Date) -> Self {
        let of = |group, id| (residency == group).then(|| term_on(id, on)).flatten();
        Self {
            limit: of(Residency::Citizen, "kw.debt-limit"),
            missed: of(Residency::Citizen, "kw.missed-in-a-row"),
            any_debt: of(Residency::NonCitizen, "kw.debt-limit-non-citizens"),
            notice: term_on("kw.notice-days", on),
        }
    }
}

impl Reasons {
    pub(super) fn of(request: &StandingRequest, debt: Money, working: &mut Working) -> Result<Self, Refusal> {
        let on = request.on.0;
        let terms = Terms::of(request.residency, on);
        let mut excess = |term: &Term, rule| {
            let inputs = [debt.fraction(), term.value.fraction()];
            let above = working.step(term.basis(rule), Formula::AboveLimit, &inputs);
            paid(above.map_err(|error| error.at("/debt"))?)
        };
        let above_limit = terms.limit.map(|term| excess(term, "DEB-1")).transpose()?;
        let above_none = terms.any_debt.map(|term| excess(term, "DEB-2")).transpose()?;
        let positive = |money: Option<Money>| money.is_some_and(|money| money.minor() > 0);
        let months = i64::from(request.missed_consecutive_instalments);
        let ends = notice_ends(request, terms.notice)?;
        let owes = debt.minor() > 0;
        let (above, missed) =
            (positive(above_limit), terms.missed.is_some_and(|term| months >= term.count()));
        let ran_out = owes && ends.iter().any(|end| *end <= on);
        let kept = request.plan.is_some_and(|plan| plan.kept && plan.agreed.0 <= on);
        Ok(Self {
            residency: request.residency,
            debt,
            above_limit: above && !kept,
            missed: missed && !kept,
            non_citizen: positive(above_none),
            notice: ran_out && !kept,
            lifted: kept && (above || missed || ran_out),
            excess: above_limit,
            terms,
            notice_runs_to: ends.into_iter().filter(|end| *end > on && owes && !kept).min(),
            months,
        })
    }

    pub(super) const fn any(&self) -> bool {
        self.above_limit || self.missed || self.non_citizen || self.notice
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &'static str> {
        let blocking =
            [(self.above_limit || self.missed, "DEB-1"), (self.non_citizen, "DEB-2"), (self.notice, "DEB-3")];
        blocking.into_iter().filter_map(|(blocks, id)| blocks.then_some(id))
    }

    /// The least that frees: what is above the limit where nothing else stops, else all.
    fn least(&self) -> Money {
        let by_limit_alone = self.above_limit && !self.missed && !self.non_citizen && !self.notice;
        self.excess.filter(|_| by_limit_alone).unwrap_or(self.debt)
    }

    /// Paying always frees; a plan does where it would lift every reason, and is open to all but non-citizens.
    pub(super) fn ways_to_be_free(&self) -> Vec<WayToBeFree> {
        let plan = (self.residency != Residency::NonCitizen).then_some(WayToBeFree::Plan);
        let pay = WayToBeFree::Pay { amount: self.least().to_string() };
        std::iter::once(pay).chain(plan).collect()
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut told = Vec::new();
        let limit = self.terms.limit.and_then(|term| money(term.value));
        if let (true, Some(limit)) = (self.above_limit, limit) {
            told.push(DebtFinding::DebtAboveLimit { debt: self.debt, limit, pay: self.least() });
        }
        if self.missed {
            told.push(DebtFinding::InstalmentsMissed { months: self.months, pay: self.least() });
        }
        if let (true, Some(term)) = (self.non_citizen, self.terms.any_debt) {
            told.push(DebtFinding::AnyDebtStops { since: term.effective_from, debt: self.debt });
        }
        if let (true, Some(term)) = (self.notice, self.terms.notice) {
            told.push(DebtFinding::NoticeRanOut { days: term.count() });
        }
        if self.lifted {
            told.push(DebtFinding::PlanLiftsStop);
        }
        if let (false, false, Some(limit), Some(missed)) = (self.any(), self.lifted, limit, self.terms.missed)
            && self.debt.minor() > 0
        {
            let months = missed.count();
            told.push(DebtFinding::DebtWithinLimit { debt: self.debt, limit, months });
        }
        told.extend(self.notice_runs_to.map(|from| DebtFinding::NoticeRuns { from }));
        let mut findings: Vec<Finding> = told.into_iter().map(Finding::Debt).collect();
        if self.above_limit {
            findings.push(Finding::assumed("debt-scope", "all-facilities"));
        }
        findings
    }
}

/// The first days on which the notices that count stop transactions: those of a debt, served since the law.
fn notice_ends(request: &StandingRequest, term: Option<&'static Term>) -> Result<Vec<Date>, Refusal> {
    bounds::list(&request.notices, 0, "/notices")?;
    let mut ends = Vec::new();
    for (i, notice) in request.notices.iter().enumerate() {
        let debt = bounds::money(notice.debt, Currency::KWD, &format!("/notices/{i}/debt"))?;
        let counts = |term: &&Term| {
            let served = term.effective_from..=request.on.0;
            debt.minor() > 0 && served.contains(&notice.served.0)
        };
        let end = |term: &Term| notice.served.0.checked_add(Duration::days(term.count()));
        ends.extend(term.filter(counts).and_then(end));
    }
    Ok(ends)
}

fn money(value: Number) -> Option<Money> {
    Money::of_rounded(value.fraction(), Currency::KWD).ok()
}
