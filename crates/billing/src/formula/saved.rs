//! The sums of a saving: what it would be, what it earns, and what it is worth to the state.

use super::{Formula, rounded};
use crate::error::Result;
use crate::fraction::Fraction;

impl Formula {
    /// The result of a formula of Hafez or of a trial.
    pub(super) fn saved(self, inputs: &[Fraction]) -> Result<Fraction> {
        match (self, inputs) {
            (Self::Saved, [baseline, actual]) => Ok(baseline.minus(*actual)?.max(Fraction::ZERO)),
            (Self::SavingRate, [part, whole]) | (Self::RateOfBill, [part, whole]) => part.divided_by(*whole),
            (Self::IncentiveRate, [saved, multiple, cap]) => Ok(saved.times(*multiple)?.min(*cap)),
            (Self::Incentive, [bill, rate, digits]) => rounded(bill.times(*rate)?, *digits),
            (Self::ValueIncentive, [before, bill, multiple, digits]) => {
                rounded(before.minus(*bill)?.max(Fraction::ZERO).times(*multiple)?, *digits)
            }
            (Self::StateCost, [saved, cost, per, digits]) => {
                rounded(saved.times(*cost)?.divided_by(*per)?, *digits)
            }
            (Self::CutOff, [amount]) => amount.floor(0).map(Fraction::whole),
            (Self::Barrels, [saved, barrels, of]) => saved.times(*barrels)?.divided_by(*of),
            (Self::CarbonDioxide, [saved, factor]) => saved.times(*factor),
            (Self::Cooled, [usage, share, degrees, percent]) => {
                percent_of(percent_of(*usage, *share)?.times(*degrees)?, *percent)
            }
            (Self::Away, [usage, percent]) => percent_of(*usage, *percent),
            _ => self.breach(inputs),
        }
    }
}

fn percent_of(value: Fraction, percent: Fraction) -> Result<Fraction> {
    value.times(percent)?.divided_by(Fraction::count(100))
}
