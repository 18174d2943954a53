//! The sums of a debt above a limit and of a promise that was broken.

use super::Formula;
use crate::error::{BillingError, Result};
use crate::fraction::Fraction;

impl Formula {
    /// The result of a formula of section C of the rules.
    pub(super) fn breach(self, inputs: &[Fraction]) -> Result<Fraction> {
        match (self, inputs) {
            (Self::AboveLimit, [value, limit]) | (Self::Overtime, [value, limit]) => {
                Ok(value.minus(*limit)?.max(Fraction::ZERO))
            }
            (Self::BegunSpans, [amount, further, overtime, span]) => {
                // Upwards is downwards of what is below zero.
                let spans = -overtime.negative().divided_by(*span)?.floor(0)?;
                amount.plus(further.times(Fraction::whole(spans))?)
            }
            (Self::FullSpans, [amount, further, overtime, span]) => {
                let spans = overtime.divided_by(*span)?.floor(0)?;
                amount.plus(further.times(Fraction::whole(spans))?)
            }
            _ => Err(BillingError::NumberTooLarge),
        }
    }
}
