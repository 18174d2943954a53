//! Which price list holds, and how its limits follow the days: TAR-1, TAR-5.

use super::facts::{BillFacts, TierRounding};
use super::segments::{Pricing, Segment};
use crate::error::{BillingError, Refusal};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::number::Number;
use crate::rulebook::Band;

/// The band by the whole usage of the period, whatever the segment.
pub(super) fn chosen_band<'a>(
    facts: &BillFacts,
    pricing: &Pricing<'_>,
    segment: &'a Segment,
) -> Result<&'a Band, Refusal> {
    let prices = &segment.version.prices;
    for band in prices.bands.iter() {
        let Some(up_to) = band.usage_up_to else { return Ok(band) };
        let limit = match scale(pricing, segment, pricing.period.days()) {
            Some((formula, days, base)) => formula.evaluate(&[up_to.fraction(), days, base])?,
            None => up_to.fraction(),
        };
        if facts.usage.fraction() <= limit {
            return Ok(band);
        }
    }
    Err(BillingError::UsageBeyondLastTier.at("/usage"))
}

/// How a limit follows `days`, if it does: the formula with its last two inputs. A whole period's limits
/// follow the days only where the schedule says so; a segment's always do.
pub(super) fn scale(
    pricing: &Pricing<'_>,
    segment: &Segment,
    days: i64,
) -> Option<(Formula, Fraction, Fraction)> {
    let prices = &segment.version.prices;
    let base = match (prices.prorate_tiers, days == pricing.period.days()) {
        (true, _) => i64::from(prices.base_days),
        (false, false) => pricing.period.days(),
        (false, true) => return None,
    };
    let formula = match prices.tier_rounding {
        TierRounding::Exact => Formula::Limit,
        TierRounding::WholeUnit => Formula::WholeLimit,
    };
    Some((formula, Fraction::count(days), Fraction::count(base)))
}

/// One tier of a price list with its bounds for the days of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierBounds {
    /// Its place, from 1.
    pub place: usize,
    /// Of one unit; `None` where it was not published.
    pub price: Option<Number>,
    /// The last unit before it.
    pub from: Fraction,
    /// Its own last unit; `None` for any.
    pub to: Option<Fraction>,
}

/// The tiers that hold on the last day of the period, with limits for all of its days.
///
/// # Errors
/// As [`super::calculate`] for the facts.
///
/// # Source
/// TAR-5.
pub fn tiers(facts: &BillFacts) -> Result<Vec<TierBounds>, Refusal> {
    let pricing = Pricing::of(facts)?;
    let Some(segment) = pricing.segments.last() else { return Ok(Vec::new()) };
    let band = chosen_band(facts, &pricing, segment)?;
    let mut from = Fraction::ZERO;
    let mut bounds = Vec::with_capacity(band.tiers.len());
    for (at, tier) in band.tiers.iter().enumerate() {
        let to = match (tier.up_to, scale(&pricing, segment, facts.period.days())) {
            (Some(up_to), Some((formula, days, base))) => {
                Some(formula.evaluate(&[up_to.fraction(), days, base])?)
            }
            (up_to, _) => up_to.map(Number::fraction),
        };
        bounds.push(TierBounds { place: at + 1, price: tier.price, from, to });
        from = to.unwrap_or(from);
    }
    Ok(bounds)
}
