//! Rule `tier-limits` (TAR-5): limits for the days of a period, multiplied before divided.

use serde::{Deserialize, Serialize};

use crate::bill::TierRounding;
use crate::error::{BillingError, Refusal};
use crate::finding::FindingAnswer;
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::number::Number;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TierLimitsRequest {
    /// Counted from zero, for the base days; strictly rising.
    pub limits: Vec<Number>,
    /// Days that the limits are meant for.
    #[serde(default = "thirty")]
    pub base_days: u32,
    /// Days of the period.
    pub days: u32,
    /// To a whole unit, or not at all.
    #[serde(default)]
    pub tier_rounding: TierRounding,
}

const fn thirty() -> u32 {
    30
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TierLimitsAnswer {
    /// Half up to six decimals.
    pub limits: Vec<String>,
    /// The fraction, where six decimals do not hold the limit; else null.
    pub limits_exact: Vec<Option<String>>,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// Adjusts tier limits to the days of a period.
///
/// # Errors
/// A [`Refusal`] for a negative limit, limits that do not rise, base days of zero, or a number too large.
///
/// # Source
/// The service guide's formula, TAR-5; with whole-unit rounding the limit counted from zero is rounded.
pub fn tier_limits(request: &TierLimitsRequest) -> Result<TierLimitsAnswer, Refusal> {
    if request.base_days == 0 {
        let (least, most) = (Number::from_units(1), Number::from_units(u32::MAX));
        return Err(BillingError::OutOfRange { least, most }.at("/base_days"));
    }
    let basis = Basis::new("TAR-5", "sa-service-guide");
    let formula = match request.tier_rounding {
        TierRounding::Exact => Formula::Limit,
        TierRounding::WholeUnit => Formula::WholeLimit,
    };
    let days = Fraction::count(i64::from(request.days));
    let base = Fraction::count(i64::from(request.base_days));
    let mut working = Working::new();
    let (mut limits, mut limits_exact) = (Vec::new(), Vec::new());
    let mut before = None;
    for (i, limit) in request.limits.iter().enumerate() {
        let field = || format!("/limits/{i}");
        if *limit < Number::ZERO {
            return Err(BillingError::Negative.at(field()));
        }
        if before.is_some_and(|before| *limit <= before) {
            return Err(BillingError::LimitsNotRising.at(field()));
        }
        before = Some(*limit);
        let exact =
            working.step(basis, formula, &[limit.fraction(), days, base]).map_err(|e| e.at(field()))?;
        let printed = exact.printed().map_err(|e| e.at(field()))?;
        limits.push(printed.to_string());
        limits_exact.push((printed != exact).then(|| exact.ratio()));
    }
    Ok(TierLimitsAnswer { limits, limits_exact, findings: Vec::new(), working: working.answer() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(base: &[&str], days: u32, rounding: TierRounding) -> TierLimitsAnswer {
        let limits = base.iter().map(|text| Number::parse(text).unwrap()).collect();
        tier_limits(&TierLimitsRequest { limits, base_days: 30, days, tier_rounding: rounding }).unwrap()
    }

    #[test]
    fn limits_follow_the_days_multiplied_before_divided() {
        for (days, rounding, expected) in [
            (24, TierRounding::Exact, ["1600", "3200", "4800"]),
            (62, TierRounding::Exact, ["4133.333333", "8266.666667", "12400"]),
            (62, TierRounding::WholeUnit, ["4133", "8267", "12400"]),
            (0, TierRounding::Exact, ["0", "0", "0"]),
        ] {
            assert_eq!(limits(&["2000", "4000", "6000"], days, rounding).limits, expected, "{days} days");
        }
        let exact = limits(&["1000", "3000"], 31, TierRounding::Exact).limits_exact;
        assert_eq!(exact, [Some("3100/3".to_owned()), None]);
    }
}
