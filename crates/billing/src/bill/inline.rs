//! A schedule that the request spells out: its checks, and its prices in the rulebooks' form.

use std::borrow::Cow;

use super::facts::{InlineBand, InlineFee, InlineSchedule, InlineTier};
use super::segments::REQUEST;
use crate::error::{BillingError, Refusal};
use crate::number::Number;
use crate::rulebook::{Band, Fee, FeeAmount, Prices, Tier};

/// Its prices.
///
/// # Errors
/// Anything below zero, limits that do not rise, a list without entries.
pub(super) fn prices(inline: &InlineSchedule) -> Result<Prices, Refusal> {
    check(inline)?;
    Ok(Prices {
        base_days: inline.base_days,
        prorate_tiers: inline.prorate_tiers,
        tier_rounding: inline.tier_rounding,
        bands: inline.bands.iter().map(band).collect(),
        fees: inline.fees.iter().map(fee).collect(),
    })
}

fn band(inline: &InlineBand) -> Band {
    let tier = |tier: &InlineTier| Tier { up_to: tier.up_to, price: Some(tier.price) };
    Band {
        usage_up_to: inline.usage_up_to,
        method: inline.method,
        tiers: inline.tiers.iter().map(tier).collect(),
        fees: inline.fees.iter().map(fee).collect(),
    }
}

fn fee(inline: &InlineFee) -> Fee {
    Fee {
        line_code: Cow::Owned(format!("fee.{}", inline.code)),
        source: REQUEST,
        amount: FeeAmount::Fixed(inline.amount),
        prorated: inline.prorated,
    }
}

/// A caller's own schedule: nothing below zero, limits that rise, at least one band and tier.
fn check(inline: &InlineSchedule) -> Result<(), Refusal> {
    let at = |rest: &str| format!("/tariff/schedule/{rest}");
    within(inline.tax_rate, Some(Number::from_units(1)), || at("tax_rate"))?;
    if inline.base_days == 0 {
        let (least, most) = (Number::from_units(1), Number::from_units(u32::MAX));
        return Err(BillingError::OutOfRange { least, most }.at(at("base_days")));
    }
    for (i, charge) in inline.per_unit_charges.iter().enumerate() {
        within(charge.price, None, || at(&format!("per_unit_charges/{i}/price")))?;
    }
    for (i, discount) in inline.discounts.iter().enumerate() {
        within(discount.amount, None, || at(&format!("discounts/{i}/amount")))?;
    }
    for (i, fee) in inline.fees.iter().enumerate() {
        within(fee.amount, None, || at(&format!("fees/{i}/amount")))?;
    }
    rising(inline.bands.iter().map(|b| b.usage_up_to), &at("bands"), "usage_up_to")?;
    for (b, band) in inline.bands.iter().enumerate() {
        let tiers = at(&format!("bands/{b}/tiers"));
        rising(band.tiers.iter().map(|t| t.up_to), &tiers, "up_to")?;
        for (i, tier) in band.tiers.iter().enumerate() {
            within(tier.price, None, || format!("{tiers}/{i}/price"))?;
        }
        for (i, fee) in band.fees.iter().enumerate() {
            within(fee.amount, None, || at(&format!("bands/{b}/fees/{i}/amount")))?;
        }
    }
    Ok(())
}

fn within(value: Number, most: Option<Number>, field: impl Fn() -> String) -> Result<(), Refusal> {
    if value < Number::ZERO {
        return Err(BillingError::Negative.at(field()));
    }
    match most {
        Some(most) if value > most => Err(BillingError::OutOfRange { least: Number::ZERO, most }.at(field())),
        _ => Ok(()),
    }
}

/// Limits counted from zero rise strictly, and only the last may be open.
fn rising(
    limits: impl ExactSizeIterator<Item = Option<Number>>,
    list: &str,
    name: &str,
) -> Result<(), Refusal> {
    let count = limits.len();
    if count == 0 {
        return Err(BillingError::MissingField { name: name.to_owned() }.at(list));
    }
    let mut before = None;
    for (i, limit) in limits.enumerate() {
        let field = || format!("{list}/{i}/{name}");
        match limit {
            Some(limit) if limit < Number::ZERO => return Err(BillingError::Negative.at(field())),
            Some(limit) if before.is_none_or(|before| limit > before) => before = Some(limit),
            None if i + 1 == count => {}
            _ => return Err(BillingError::LimitsNotRising.at(field())),
        }
    }
    Ok(())
}
