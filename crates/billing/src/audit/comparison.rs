//! Why one bill differs from another: the difference divided by its causes, to the last minor unit.
//!
//! The earlier bill is turned into the later one a step at a time, and each bill on the way is calculated whole: the real
//! readings in place of estimated ones, the later prices, the later days at the same daily use, the later use. A cause
//! is what its step changed of the charges; fees and tax are compared from end to end. So the parts add up by themselves.

use std::borrow::Cow;

use crate::bill::{self, Bill, BillFacts, Statement, statement};
use crate::error::{BillingError, Refusal, Result};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Period;
use crate::working::{Basis, Step, Working};

/// One service point's part of a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedPart {
    /// What it was billed from.
    pub facts: BillFacts,
    /// The units that the readings gave later, where the bill was estimated and that is known.
    pub measured: Option<Number>,
}

/// Why two bills differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An estimate stood in place of a reading.
    Reading,
    /// Other prices, limits or another category.
    Price,
    /// More or fewer days at the same daily use.
    Days,
    /// More or less use a day, at the average price until then.
    Use,
    /// Units that fell into dearer or cheaper tiers.
    Tier,
    /// Fees and discounts.
    Fees,
    /// Tax.
    Tax,
}

impl Cause {
    /// All causes.
    pub const ALL: [Self; 7] =
        [Self::Reading, Self::Price, Self::Days, Self::Use, Self::Tier, Self::Fees, Self::Tax];
}

/// One part of the difference; never zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Why.
    pub cause: Cause,
    /// The place of the service point; none for the tax over all.
    pub part: Option<usize>,
    /// Above zero what the later bill has more.
    pub amount: Money,
    /// The units that the cause added or took away.
    pub units: Option<Fraction>,
    steps: Vec<usize>,
}

/// A difference with all its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The earlier bill.
    pub before: Money,
    /// The later bill.
    pub after: Money,
    /// Later less earlier: the sum of the reasons.
    pub difference: Money,
    /// By service point in the order of the causes; the tax last.
    pub reasons: Vec<Reason>,
    /// Every step.
    pub working: Working,
}

impl Comparison {
    /// The steps that make one reason.
    pub fn steps_of<'a>(&'a self, reason: &'a Reason) -> impl Iterator<Item = Step<'a>> {
        reason.steps.iter().filter_map(|at| self.working.step_at(*at))
    }

    /// The causes that changed nothing.
    pub fn unchanged(&self) -> impl Iterator<Item = Cause> {
        Cause::ALL.into_iter().filter(|cause| self.reasons.iter().all(|reason| reason.cause != *cause))
    }
}

const COMPARED: Basis = Basis::new("BIL-10", "own-sum");

/// Divides the difference of two bills of one customer by its causes. The parts of both go by place.
///
/// # Errors
/// [`BillingError::WrongCount`] at `/before` where one bill has more parts; [`BillingError::TariffsDisagree`] where
/// currency or unit changed; as [`bill::calculate`] below `/before/i` or `/after/i`.
///
/// # Source
/// BIL-10; the order of the causes is ours.
pub fn compare(before: &[ComparedPart], after: &[ComparedPart]) -> Result<Comparison, Refusal> {
    if before.len() != after.len() || after.is_empty() {
        let needed = i64::try_from(after.len()).unwrap_or(i64::MAX).max(1);
        return Err(BillingError::WrongCount { needed }.at("/before"));
    }
    let currency = bill::calculate(&after[0].facts).map_err(|refusal| refusal.under("/after/0"))?.currency;
    let mut way = Way { working: Working::new(), reasons: Vec::new(), part: 0, currency };
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for (part, (before, after)) in before.iter().zip(after).enumerate() {
        way.part = part;
        let (first, last) = way.walk(before, after)?;
        old.push(first);
        new.push(last);
    }
    let sums = |bills: &[Bill], field: &str| -> Result<Statement, Refusal> {
        statement(&bills.iter().collect::<Vec<_>>(), currency).map_err(|error| error.at(field))
    };
    let (old, new) = (sums(&old, "/before")?, sums(&new, "/after")?);
    let at = |error: BillingError| error.at("/after");
    way.tax(&old, &new).map_err(at)?;
    let parts = way.reasons.iter().map(|reason| (Cow::Borrowed("part"), reason.amount.fraction()));
    let difference = way.working.sum(COMPARED, parts.collect::<Vec<_>>().into_iter()).map_err(at)?;
    Ok(Comparison {
        before: old.total,
        after: new.total,
        difference: Money::of_rounded(difference, new.total.currency()).map_err(at)?,
        reasons: way.reasons,
        working: way.working,
    })
}

struct Way {
    working: Working,
    reasons: Vec<Reason>,
    part: usize,
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
    /// From one part of the earlier bill to the same of the later one; gives the bills at both ends.
    fn walk(&mut self, before: &ComparedPart, after: &ComparedPart) -> Result<(Bill, Bill), Refusal> {
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
    fn tax(&mut self, old: &Statement, new: &Statement) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::parse_date;

    fn part(tariff: &str, from: &str, to: &str, usage: i64, measured: Option<i64>) -> ComparedPart {
        let period = Period::new(parse_date(from).unwrap(), parse_date(to).unwrap());
        let number = |units: i64| Number::from_millionths(units * 1_000_000);
        let facts = BillFacts::of_schedule(tariff, period, number(usage), Some(100));
        ComparedPart { facts, measured: measured.map(number) }
    }

    fn told(comparison: &Comparison) -> Vec<(Cause, String)> {
        let told = |reason: &Reason| (reason.cause, reason.amount.to_string());
        comparison.reasons.iter().map(told).collect()
    }

    #[test]
    fn each_cause_takes_its_part_of_the_difference() {
        use Cause::{Days, Price, Reading, Tax, Tier, Use};
        let home = |from, to, usage, measured| part("sa.electricity.residential", from, to, usage, measured);
        let flat = |from, to, usage| part("kw.electricity.private", from, to, usage, None);
        let june = |usage| home("2026-05-28", "2026-06-27", usage, None);
        let july = |usage| home("2026-06-28", "2026-07-27", usage, None);
        let august = |usage, measured| home("2026-07-28", "2026-08-27", usage, measured);
        type Case = (ComparedPart, ComparedPart, Vec<(Cause, &'static str)>);
        let cases: Vec<Case> = vec![
            (june(5000), august(5000, None), vec![]),
            // 31 days to 31: 118 units more at one price.
            (
                flat("2026-05-28", "2026-06-27", 3000),
                flat("2026-07-28", "2026-08-27", 3118),
                vec![(Use, "0.236")],
            ),
            // 30 days to 31 at 200 a day: the limit grows with them, so no tier is lost.
            (july(6000), august(6200, None), vec![(Days, "36.00"), (Tax, "5.40")]),
            // 6,200 is the limit of 31 days; 1,000 units more are dearer than the average until then.
            (june(6200), august(7200, None), vec![(Use, "180.00"), (Tier, "120.00"), (Tax, "45.00")]),
            // Estimated 5,000 where 4,000 were used.
            (
                august(5000, Some(4000)),
                home("2026-08-28", "2026-09-27", 4000, None),
                vec![(Reading, "-180.00"), (Tax, "-27.00")],
            ),
            // VAT of 15 % for one of 5 %.
            (
                home("2020-04-28", "2020-05-27", 1000, None),
                home("2020-07-28", "2020-08-26", 1000, None),
                vec![(Tax, "19.50")],
            ),
            // The tariff of 2018: two tiers of 5 and 10 halalas became one of 18, and VAT began.
            (
                home("2017-11-28", "2017-12-27", 3000, None),
                home("2018-01-28", "2018-02-26", 3000, None),
                vec![(Price, "340.00"), (Tax, "27.75")],
            ),
            // A shop became a stable on the first day of that tariff: 31 days at 5 fils, 28 at 12. No price is known for
            // 31 days that end with the later bill, so they begin with it: 310 units for 7 fils more, then 30 units less.
            (
                part("kw.electricity.commercial", "2018-01-22", "2018-02-21", 310, None),
                part("kw.electricity.leisure", "2018-02-22", "2018-03-21", 280, None),
                vec![(Price, "2.170"), (Days, "-0.360")],
            ),
            // One first day after two months at the law's tiers: 1,000 x 62 / 30 units at 5 fils, the rest at 10.
            (
                part("kw.electricity.commercial", "2017-06-21", "2017-08-21", 3100, None),
                part("kw.electricity.investment.statutory", "2017-08-22", "2017-08-22", 50, None),
                vec![(Price, "5.166"), (Days, "-20.332")],
            ),
        ];
        for (before, after, reasons) in cases {
            let comparison = compare(std::slice::from_ref(&before), std::slice::from_ref(&after)).unwrap();
            let reasons: Vec<_> =
                reasons.into_iter().map(|(cause, amount)| (cause, amount.to_owned())).collect();
            assert_eq!(told(&comparison), reasons, "{before:?} {after:?}");
            comparison.working.replay().unwrap();
        }
    }

    #[test]
    fn tax_stands_once_over_all_parts_and_each_part_keeps_its_reasons() {
        let home = |usage| part("sa.electricity.residential", "2026-07-28", "2026-08-27", usage, None);
        let comparison = compare(&[home(100), home(200)], &[home(200), home(250)]).unwrap();
        let parts: Vec<_> = comparison.reasons.iter().map(|reason| (reason.part, reason.cause)).collect();
        assert_eq!(parts, [(Some(0), Cause::Use), (Some(1), Cause::Use), (None, Cause::Tax)]);
        assert_eq!(comparison.difference.to_string(), "31.05");
        let use_steps: Vec<_> =
            comparison.steps_of(&comparison.reasons[0]).map(|step| step.result.to_string()).collect();
        assert_eq!(use_steps, ["18", "36", "18"]);
        assert!(comparison.unchanged().eq([
            Cause::Reading,
            Cause::Price,
            Cause::Days,
            Cause::Tier,
            Cause::Fees
        ]));
    }

    #[test]
    fn bills_that_do_not_go_together_are_refused() {
        let home = part("sa.electricity.residential", "2026-07-28", "2026-08-27", 1, None);
        let flat = part("kw.electricity.private", "2026-07-28", "2026-08-27", 1, None);
        let refused = |before: &[ComparedPart], after: &[ComparedPart]| compare(before, after).unwrap_err();
        assert_eq!(refused(&[], std::slice::from_ref(&home)).error, BillingError::WrongCount { needed: 1 });
        assert_eq!(refused(&[], &[]).field, "/before");
        let other = refused(std::slice::from_ref(&flat), std::slice::from_ref(&home));
        assert_eq!((other.error, other.field.as_str()), (BillingError::TariffsDisagree, "/after/0"));
        let mut reversed = home.clone();
        reversed.facts.period = Period::new(home.facts.period.last(), home.facts.period.first());
        assert_eq!(refused(&[reversed], &[home]).field, "/before/0/period/to");
    }
}
