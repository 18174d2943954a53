//! Why one bill differs from another: the difference divided by its causes, to the last minor unit.
//!
//! The earlier bill is turned into the later one a step at a time, and each bill on the way is calculated whole: the real
//! readings in place of estimated ones, the later prices, the later days at the same daily use, the later use. A cause
//! is what its step changed of the charges; fees and tax are compared from end to end. So the parts add up by themselves.

mod way;

use std::borrow::Cow;

use crate::bill::{self, Bill, BillFacts, Statement, statement};
use crate::error::{BillingError, Refusal, Result};
use crate::fraction::Fraction;
use crate::money::Money;
use crate::number::Number;
use crate::working::{Basis, Step, Working};
use way::Way;

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
    let mut way = Way::over(currency);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::{Period, parse_date};

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
