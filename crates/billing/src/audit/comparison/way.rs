//! The way from one bill to another: the bills in between, and what each step changed.

use std::borrow::Cow;

use super::{COMPARED, Cause, ComparedPart, Reason};
use crate::bill::{self, Bill, BillFacts, Statement};
use crate::error::{BillingError, Refusal, Result};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Period;
use crate::working::Working;

pub(super) struct Way {
    pub(super) working: Working,
    pub(super) reasons: Vec<Reason>,
    /// The place of the service point that is gone through.
    pub(super) part: usize,
    currency: Currency,
}

/// A bill on the way with the sums of its charges and of its fees, and their steps.
struct Stand {
    bill: Bill,
    usage: Fraction,
    charges: (Fraction, usize),
    fees: (Fraction, usize),
}

impl Way {
    pub(super) fn over(currency: Currency) -> Self {
        Self { working: Working::new(), reasons: Vec::new(), part: 0, currency }
    }

    /// From one part of the earlier bill to the same of the later one; gives the bills at both ends.
    pub(super) fn walk(
        &mut self,
        before: &ComparedPart,
        after: &ComparedPart,
    ) -> Result<(Bill, Bill), Refusal> {
        let (old, new) = (format!("/before/{}", self.part), format!("/after/{}", self.part));
        let first = self.stand(&before.facts, &old)?;
        let measured = match before.measured {
            Some(usage) => Some(self.stand(&with_usage(&before.facts, usage), &old)?),
            None => None,
        };
        let mut now = before.measured.unwrap_or(before.facts.usage);
        let (mut facts, priced) =
            self.at_later_prices(before.facts.period.days(), now, &after.facts, &new)?;
        let (days, of) = (after.facts.period.days(), before.facts.period.days());
        let at = |error: BillingError| error.at(new.clone());
        let mut shared = None;
        if days != of {
            let inputs = [now.fraction(), Fraction::count(days), Fraction::count(of)];
            let usage = self.working.step(COMPARED, Formula::DaysShare, &inputs).map_err(at)?;
            shared = Some(self.working.newest());
            now = usage.to_number().map_err(at)?;
        }
        facts = BillFacts { period: after.facts.period, usage: now, ..facts };
        let spread = self.stand(&facts, &new)?;
        let estimated = after.measured.map(|usage| with_usage(&after.facts, usage));
        let used = self.stand(estimated.as_ref().unwrap_or(&after.facts), &new)?;
        let last = match after.measured {
            Some(_) => Some(self.stand(&after.facts, &new)?),
            None => None,
        };
        let end = last.as_ref().unwrap_or(&used);
        let same = first.bill.unit == end.bill.unit
            && [&first, end].iter().all(|at| at.bill.currency == self.currency);
        if !same {
            return Err(BillingError::TariffsDisagree.at(new));
        }
        let real = measured.as_ref().unwrap_or(&first);
        self.whole(Cause::Reading, &first, real).map_err(at)?;
        self.whole(Cause::Price, real, &priced).map_err(at)?;
        self.units(Cause::Days, &priced, &spread, shared).map_err(at)?;
        self.units(Cause::Use, &spread, &used, None).map_err(at)?;
        self.whole(Cause::Reading, &used, end).map_err(at)?;
        self.change(Cause::Fees, first.fees, end.fees, None).map_err(at)?;
        let end = last.unwrap_or(used).bill;
        Ok((first.bill, end))
    }

    fn stand(&mut self, facts: &BillFacts, field: &str) -> Result<Stand, Refusal> {
        let bill = bill::calculate(facts).map_err(|refusal| refusal.under(field))?;
        let at = |error: BillingError| error.at(field);
        let charges = self.sum_of(&bill, true).map_err(at)?;
        let fees = self.sum_of(&bill, false).map_err(at)?;
        Ok(Stand { bill, usage: facts.usage.fraction(), charges, fees })
    }

    /// `days` days that end with the later bill, under its tariff; where that began within them, `days` days that begin
    /// with the later bill: the first days of a tariff have no prices before them.
    fn at_later_prices(
        &mut self,
        days: i64,
        usage: Number,
        later: &BillFacts,
        field: &str,
    ) -> Result<(BillFacts, Stand), Refusal> {
        let over = |period: Option<Period>| {
            let period = period.ok_or_else(|| BillingError::NotADate.at(format!("{field}/period")))?;
            Ok::<_, Refusal>(BillFacts { period, ..with_usage(later, usage) })
        };
        let facts = over(Period::ending(later.period.last(), days))?;
        match self.stand(&facts, field) {
            Err(Refusal { error: BillingError::NoTariffInForce { .. }, .. }) => {
                let facts = over(Period::beginning(later.period.first(), days))?;
                let stand = self.stand(&facts, field)?;
                Ok((facts, stand))
            }
            stand => stand.map(|stand| (facts, stand)),
        }
    }

    fn sum_of(&mut self, bill: &Bill, charges: bool) -> Result<(Fraction, usize)> {
        let lines = bill.lines.iter().filter(|line| line.charge.is_some() == charges);
        let parts = lines.map(|line| (line.code.clone(), line.amount.fraction()));
        let sum = self.working.sum(COMPARED, parts)?;
        Ok((sum, self.working.newest()))
    }

    /// All that a step changed of the charges.
    fn whole(&mut self, cause: Cause, from: &Stand, to: &Stand) -> Result<()> {
        let units = to.usage.minus(from.usage)?;
        self.change(cause, from.charges, to.charges, (!units.is_zero()).then_some(units))
    }

    /// What other units would have cost at the average price until then, and what the tiers made of them.
    fn units(&mut self, cause: Cause, from: &Stand, to: &Stand, shared: Option<usize>) -> Result<()> {
        let units = to.usage.minus(from.usage)?;
        let told = Some(units).filter(|units| !units.is_zero());
        let before = self.reasons.len();
        if from.usage.is_positive() && !(one_price(from, to)) {
            let digits = Fraction::count(i64::from(self.currency.minor_digits()));
            let inputs = [from.charges.0, to.usage, from.usage, digits];
            let valued = self.working.step(COMPARED, Formula::ByUse, &inputs)?;
            let valued = (valued, self.working.newest());
            let spread = Money::of_rounded(to.charges.0.minus(valued.0)?, self.currency)?;
            // Each line is rounded, so the average price of the same mixture may miss by as many minor units.
            let lines = i128::try_from(from.bill.lines.len().max(to.bill.lines.len())).unwrap_or(i128::MAX);
            if spread.minor().abs() > lines {
                self.change(cause, from.charges, valued, told)?;
                self.lead(before, shared);
                return self.change(Cause::Tier, valued, to.charges, None);
            }
        }
        self.change(cause, from.charges, to.charges, told)?;
        self.lead(before, shared);
        Ok(())
    }

    /// Puts a step before those of the reason at `place`, if there is one.
    fn lead(&mut self, place: usize, step: Option<usize>) {
        if let (Some(reason), Some(step)) = (self.reasons.get_mut(place), step) {
            reason.steps.insert(0, step);
        }
    }

    fn change(
        &mut self,
        cause: Cause,
        (old, old_step): (Fraction, usize),
        (new, new_step): (Fraction, usize),
        units: Option<Fraction>,
    ) -> Result<()> {
        if old == new {
            return Ok(());
        }
        let change = self.working.step(COMPARED, Formula::Change, &[new, old])?;
        let steps = vec![old_step, new_step, self.working.newest()];
        let part = (cause != Cause::Tax).then_some(self.part);
        let amount = Money::of_rounded(change, self.currency)?;
        self.reasons.push(Reason { cause, part, amount, units, steps });
        Ok(())
    }
}

impl Way {
    /// Tax is taken once per rate over all parts, so it has no part.
    pub(super) fn tax(&mut self, old: &Statement, new: &Statement) -> Result<()> {
        let old = self.sum_of_taxes(old)?;
        let new = self.sum_of_taxes(new)?;
        self.change(Cause::Tax, old, new, None)
    }

    fn sum_of_taxes(&mut self, bill: &Statement) -> Result<(Fraction, usize)> {
        let parts = bill.taxes.iter().map(|tax| (Cow::Borrowed("tax"), tax.amount.fraction()));
        let sum = self.working.sum(COMPARED, parts)?;
        Ok((sum, self.working.newest()))
    }
}

/// Whether all units of both bills have one price.
fn one_price(from: &Stand, to: &Stand) -> bool {
    let lines = from.bill.lines.iter().chain(&to.bill.lines);
    let mut prices = lines.filter(|line| line.code.starts_with("tier-")).filter_map(|line| line.charge);
    let first = prices.next();
    prices.all(|charge| Some(charge.price) == first.map(|first| first.price))
}

/// The same bill for another use; measured spans add up to the old units only.
fn with_usage(facts: &BillFacts, usage: Number) -> BillFacts {
    BillFacts { usage, intervals: None, ..facts.clone() }
}
