//! The formulas of the working: a text a person can follow, and the same sum for the machine.

mod breach;
mod inputs;
mod measured;
mod rounding;
mod saved;

use crate::error::Result;
use crate::fraction::Fraction;
use rounding::{places, rounded};

/// How a step's result follows from its inputs. `round` is half away from zero, `floor` is downwards
/// and `ceil` upwards, to `digits` decimals or to a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// How amounts are rounded, told once.
    Rounding,
    /// A tier limit for the days of the period.
    Limit,
    /// The same, to a whole unit.
    WholeLimit,
    /// The use of some days of the period.
    DaysShare,
    /// The use of some days, where part of it was measured by intervals.
    MeasuredShare,
    /// The units of the first tier.
    FirstTier,
    /// The units of a tier between two limits.
    MiddleTier,
    /// The units above the last limit.
    LastTier,
    /// Units at a price.
    Charge,
    /// A fixed fee in full.
    Fee,
    /// A fixed fee, or a sum, by days.
    ByDays,
    /// What other units cost at the average price of some units.
    ByUse,
    /// What earlier parts have left.
    Remainder,
    /// A relief, at most what is left of the bill.
    Relief,
    /// Any number of parts.
    Sum,
    /// Tax of one rate.
    Tax,
    /// A day's use by the same day of last year.
    SeasonalUse,
    /// A path of the projection.
    Path,
    /// What a register counted, times its multiplier.
    Consumption,
    /// The same, where the register came full circle.
    RollOver,
    /// The true use of a meter that ran fast.
    TrueFast,
    /// The true use of a meter that ran slow.
    TrueSlow,
    /// Use billed with a wrong multiplier, made right.
    Remultiplied,
    /// From an old figure to a new one.
    Change,
    /// What an old bill took too much; below zero what it took too little.
    Overcharge,
    /// The power of equal loads.
    Power,
    /// The use of loads without a meter, in kWh.
    LoadUse,
    /// A daily average.
    Daily,
    /// The use of days without a reading.
    Estimate,
    /// The middle one; of an even number the mean of the middle two.
    Median,
    /// An end of the usual range.
    Bound,
    /// A category's share of the use of one meter; the last takes what rounding down leaves over.
    ShareOfUse,
    /// A category's share of a limit.
    ShareLimit,
    /// A fixed fee for several months.
    FeeTimes,
    /// The average of several amounts.
    Average,
    /// What one amount has above another.
    Excess,
    /// What a receipt pays of a debt.
    Smaller,
    /// A part by weight; `extra` is the minor unit that rounding down left over, or none.
    Part,
    /// The days from one day of issue to the eve of the next.
    MonthDays,
    /// The year of the next periodic test.
    NextYear,
    /// Units below the baseline.
    Saved,
    /// The share of the baseline that was saved.
    SavingRate,
    /// The share of the bill that a saving earns.
    IncentiveRate,
    /// What a saving earns.
    Incentive,
    /// The same by the value saved.
    ValueIncentive,
    /// The share of a bill that an incentive is.
    RateOfBill,
    /// What units cost the state.
    StateCost,
    /// A sum in whole units, cut off.
    CutOff,
    /// The oil behind units of electricity.
    Barrels,
    /// The carbon dioxide behind units of electricity.
    CarbonDioxide,
    /// What cooling saves that is set warmer.
    Cooled,
    /// What days away from home save.
    Away,
    /// What a debt has above a limit.
    AboveLimit,
    /// What a time has above the one promised.
    Overtime,
    /// The sum for a breach: the first, and one for each further span begun.
    BegunSpans,
    /// The same, one for each further span that is full.
    FullSpans,
}

/// All formulas.
pub const ALL: [Formula; 56] = [
    Formula::Rounding,
    Formula::Limit,
    Formula::WholeLimit,
    Formula::DaysShare,
    Formula::MeasuredShare,
    Formula::FirstTier,
    Formula::MiddleTier,
    Formula::LastTier,
    Formula::Charge,
    Formula::Fee,
    Formula::ByDays,
    Formula::ByUse,
    Formula::Remainder,
    Formula::Relief,
    Formula::Sum,
    Formula::Tax,
    Formula::SeasonalUse,
    Formula::Path,
    Formula::Consumption,
    Formula::RollOver,
    Formula::TrueFast,
    Formula::TrueSlow,
    Formula::Remultiplied,
    Formula::Change,
    Formula::Overcharge,
    Formula::Power,
    Formula::LoadUse,
    Formula::Daily,
    Formula::Estimate,
    Formula::Median,
    Formula::Bound,
    Formula::ShareOfUse,
    Formula::ShareLimit,
    Formula::FeeTimes,
    Formula::Average,
    Formula::Excess,
    Formula::Smaller,
    Formula::Part,
    Formula::MonthDays,
    Formula::NextYear,
    Formula::Saved,
    Formula::SavingRate,
    Formula::IncentiveRate,
    Formula::Incentive,
    Formula::ValueIncentive,
    Formula::RateOfBill,
    Formula::StateCost,
    Formula::CutOff,
    Formula::Barrels,
    Formula::CarbonDioxide,
    Formula::Cooled,
    Formula::Away,
    Formula::AboveLimit,
    Formula::Overtime,
    Formula::BegunSpans,
    Formula::FullSpans,
];

impl Formula {
    /// As the working prints it, in the names of [`Formula::inputs`].
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Rounding => "round half away from zero, once per line, to digits",
            Self::Limit => "limit × days ÷ base_days",
            Self::WholeLimit => "round(limit × days ÷ base_days)",
            Self::DaysShare => "usage × days ÷ period_days",
            Self::MeasuredShare => "measured + (usage − covered) × minutes ÷ uncovered_minutes",
            Self::FirstTier => "min(usage, limit)",
            Self::MiddleTier => "min(usage, limit) − limit_before",
            Self::LastTier => "usage − limit_before",
            Self::Charge => "round(quantity × price, digits)",
            Self::Fee => "round(fee, digits)",
            Self::ByDays => "round(amount × days ÷ of_days, digits)",
            Self::ByUse => "round(amount × usage ÷ of_usage, digits)",
            Self::Remainder => "amount − earlier",
            Self::Relief => "−min(round(relief, digits), left)",
            Self::Sum => "sum of the inputs",
            Self::Tax => "round(base × rate, digits)",
            Self::SeasonalUse => "last_year × recent ÷ recent_last_year",
            Self::Path => "used + expected × ratio",
            Self::Consumption => "round((current − previous) × multiplier, 6)",
            Self::RollOver => "round((current + range − previous) × multiplier, 6)",
            Self::TrueFast => "round(recorded × 100 ÷ (100 + error_percent), 3)",
            Self::TrueSlow => "round(recorded × 100 ÷ (100 − error_percent), 3)",
            Self::Remultiplied => "round(usage × right ÷ wrong, 6)",
            Self::Change => "new − old",
            Self::Overcharge => "old − new",
            Self::Power => "watts × count",
            Self::LoadUse => "watts × hours × days ÷ 1000",
            Self::Daily => "usage ÷ days",
            Self::Estimate => "round(usage × days ÷ of_days, 3)",
            Self::Median => "median of the inputs",
            Self::Bound => "median × factor × days",
            Self::ShareOfUse => "floor(usage × share, 6)",
            Self::ShareLimit => "limit × share",
            Self::FeeTimes => "round(fee × times, digits)",
            Self::Average => "round(amount ÷ count, digits)",
            Self::Excess => "max(amount − earlier, 0)",
            Self::Smaller => "min(left, debt)",
            Self::Part => "floor(amount × weight ÷ of_weights, digits) + extra ÷ 10^digits",
            Self::MonthDays => "(month_days − issue_day + 1) + (issue_day − 1)",
            Self::NextYear => "year + years",
            Self::Saved => "max(baseline − actual, 0)",
            Self::SavingRate => "saved ÷ baseline",
            Self::IncentiveRate => "min(saving_rate × multiple, cap)",
            Self::Incentive => "round(bill × incentive_rate, digits)",
            Self::ValueIncentive => "round(max(baseline_bill − bill, 0) × multiple, digits)",
            Self::RateOfBill => "incentive ÷ bill",
            Self::StateCost => "round(saved × cost ÷ per, digits)",
            Self::CutOff => "floor(amount, 0)",
            Self::Barrels => "saved × barrels ÷ of_kwh",
            Self::CarbonDioxide => "saved × kg_per_kwh",
            Self::Cooled => "usage × cooling_percent ÷ 100 × degrees × degree_percent ÷ 100",
            Self::Away => "usage × away_percent ÷ 100",
            Self::AboveLimit => "max(debt − limit, 0)",
            Self::Overtime => "max(elapsed − within, 0)",
            Self::BegunSpans => "amount + further × ceil(overtime ÷ span)",
            Self::FullSpans => "amount + further × floor(overtime ÷ span)",
        }
    }

    /// The formula that prints as `text`.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        ALL.into_iter().find(|formula| formula.text() == text)
    }

    /// The sum itself.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit, divides by zero or lacks an input.
    pub fn evaluate(self, inputs: &[Fraction]) -> Result<Fraction> {
        match (self, inputs) {
            (Self::Rounding, [digits]) => Ok(*digits),
            (Self::Limit, [limit, days, base]) => limit.times(*days)?.divided_by(*base),
            (Self::WholeLimit, [limit, days, base]) => {
                limit.times(*days)?.divided_by(*base)?.round(0).map(Fraction::whole)
            }
            (Self::DaysShare, [usage, days, of]) => usage.times(*days)?.divided_by(*of),
            (Self::MeasuredShare, [measured, usage, covered, minutes, uncovered]) => {
                let rest = usage.minus(*covered)?;
                let share =
                    if rest.is_zero() { rest } else { rest.times(*minutes)?.divided_by(*uncovered)? };
                measured.plus(share)
            }
            (Self::FirstTier, [usage, limit]) => Ok(*usage.min(limit)),
            (Self::MiddleTier, [usage, limit, before]) => usage.min(limit).minus(*before),
            (Self::LastTier, [usage, before]) => usage.minus(*before),
            (Self::Charge, [a, b, digits]) | (Self::Tax, [a, b, digits]) => rounded(a.times(*b)?, *digits),
            (Self::Fee, [fee, digits]) => rounded(*fee, *digits),
            (Self::ByDays | Self::ByUse, [amount, part, of, digits]) => {
                rounded(amount.times(*part)?.divided_by(*of)?, *digits)
            }
            (Self::Remainder, [amount, earlier]) => amount.minus(*earlier),
            (Self::Relief, [relief, digits, left]) => Ok(rounded(*relief, *digits)?.min(*left).negative()),
            (Self::Sum, parts) => parts.iter().try_fold(Fraction::ZERO, |sum, part| sum.plus(*part)),
            (Self::SeasonalUse, [past, recent, recent_past]) => past.times(*recent)?.divided_by(*recent_past),
            (Self::Path, [used, expected, ratio]) => used.plus(expected.times(*ratio)?),
            _ => self.measured(inputs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_formula_is_found_by_its_text() {
        for formula in ALL {
            assert_eq!(Formula::of_text(formula.text()), Some(formula));
        }
        assert_eq!(Formula::of_text("usage × 2"), None);
    }

    #[test]
    fn a_formula_without_its_inputs_is_an_error() {
        for formula in ALL {
            if formula != Formula::Sum {
                assert!(formula.evaluate(&[]).is_err(), "{formula:?}");
            }
        }
        let zero = Fraction::ZERO;
        assert!(Formula::Limit.evaluate(&[zero, zero, zero]).is_err());
        assert!(Formula::Fee.evaluate(&[zero, Fraction::count(7)]).is_err());
    }
}
