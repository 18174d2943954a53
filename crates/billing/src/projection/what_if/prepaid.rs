//! The same days paid in advance (PRE-1).

use time::Date;

use super::{Kept, Trial};
use crate::bill;
use crate::error::{BillingError, Refusal, Result};
use crate::finding::Finding;
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::number::Number;
use crate::period::CalendarMonth;
use crate::working::Basis;

const PREPAID: Basis = Basis::new("PRE-1", "own-sum");

impl Trial<'_> {
    /// What the period's days add to the bills of their calendar months.
    pub(super) fn prepaid(&mut self, kept: &Kept, ratio: Fraction) -> Result<Money, Refusal> {
        let finding = Finding::assumed("prepaid-month", "calendar");
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
        let period = self.facts.period;
        let mut costs = Vec::new();
        let mut currency = None;
        let mut month = CalendarMonth::of(period.first());
        while month.first_day() <= period.last() {
            let from = month.first_day().max(period.first());
            let before = self.measured(month.first_day(), from)?;
            let until = month.last_day().min(period.last());
            let within = before.plus(self.within(kept, ratio, from, until)?)?;
            let bill = bill::calculate(&self.of(month.period(), within.to_number()?))?;
            let earlier = match month.first_day() < from {
                true => bill::calculate(&self.of(month.period(), before.to_number()?))?.total.fraction(),
                false => Fraction::ZERO,
            };
            costs.push(self.working.step(PREPAID, Formula::Remainder, &[bill.total.fraction(), earlier])?);
            currency = Some(bill.currency);
            let Some(next) = month.last_day().next_day() else { break };
            month = CalendarMonth::of(next);
        }
        let named = costs.iter().enumerate().map(|(at, cost)| (format!("month-{}", at + 1).into(), *cost));
        let total = self.working.sum(PREPAID, named)?;
        let currency = currency.ok_or_else(|| {
            BillingError::PeriodReversed { from: period.first(), to: period.last() }.at("/period/to")
        })?;
        Ok(Money::of_rounded(total, currency)?)
    }

    /// Measured from `from` to before `until`.
    fn measured(&self, from: Date, until: Date) -> Result<Fraction> {
        let place = |day: Date| (day - self.facts.daily_from).whole_days();
        let places = (place(from)..place(until)).filter_map(|place| usize::try_from(place).ok());
        let known = places.filter_map(|place| self.facts.daily.get(place).copied().flatten());
        known.map(Number::fraction).try_fold(Fraction::ZERO, Fraction::plus)
    }

    /// Used in the period from `from` to `until`, both included, and to be used.
    fn within(&self, kept: &Kept, ratio: Fraction, from: Date, until: Date) -> Result<Fraction> {
        let today = self.facts.today;
        if until < today {
            let after = until.next_day().unwrap_or(until);
            return self.measured(from, after);
        }
        // Today's month has what was used but for the days of earlier ones.
        let so_far = match from <= today {
            true => {
                let earlier = self.measured(self.facts.period.first(), from)?;
                self.facts.used.fraction().minus(earlier)?.max(Fraction::ZERO)
            }
            false => Fraction::ZERO,
        };
        let to_come = (kept.days.iter().enumerate())
            .filter(|(ahead, _)| (from..=until).contains(&self.day(*ahead)))
            .map(|(_, use_)| use_.times(ratio));
        to_come.into_iter().try_fold(so_far, |sum, use_| sum.plus(use_?))
    }
}
