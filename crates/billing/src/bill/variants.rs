//! Bills that are priced otherwise than by their own days and schedule alone; for the rules that need them.

use std::borrow::Cow;

use time::Date;

use super::segments::Pricing;
use super::{Bill, BillFacts, checked, price};
use crate::error::{Refusal, Result};
use crate::formula::Formula;
use crate::number::Number;
use crate::rulebook::{Band, Version};
use crate::working::{Basis, Working};

/// The bill at the prices and the tax of the day `on`, whatever its own days (TAR-12).
///
/// # Errors
/// As [`super::calculate`].
pub(crate) fn on_day(facts: &BillFacts, on: Date) -> Result<Bill, Refusal> {
    checked(facts)?;
    price(facts, &Pricing::on_day(facts, on)?, Working::new())
}

/// The bill of `periods` billing periods at once: tiers over all days, fees that are not prorated for each period
/// (BIL-4).
///
/// # Errors
/// As [`super::calculate`].
pub(crate) fn of_interval(facts: &BillFacts, periods: i64) -> Result<Bill, Refusal> {
    checked(facts)?;
    let pricing = Pricing { fee_periods: periods, ..Pricing::of(facts)? };
    price(facts, &pricing, Working::new())
}

/// The bill of a period in which the category changes to `after` on the day `from`; every part is priced as in a
/// bill that a change of price splits (TAR-7).
///
/// # Errors
/// As [`super::calculate`], with `/before` and `/after` for the schedules; [`crate::error::BillingError::TariffsDisagree`].
pub(crate) fn of_change(facts: &BillFacts, after: &str, from: Date) -> Result<Bill, Refusal> {
    checked(facts)?;
    price(facts, &Pricing::of_change(facts, after, from)?, Working::new())
}

/// The bill of one category's share of a meter, with its share of every limit, and with the fees or without (TAR-8).
///
/// # Errors
/// As [`super::calculate`].
pub(crate) fn of_share(facts: &BillFacts, share: Number, with_fees: bool) -> Result<Bill, Refusal> {
    checked(facts)?;
    let mut pricing = Pricing::of(facts)?;
    let mut working = Working::new();
    for segment in &mut pricing.segments {
        let scaled = scaled(&segment.version, share, with_fees, &mut working)?;
        segment.version = Cow::Owned(scaled);
    }
    price(facts, &pricing, working)
}

fn scaled(version: &Version, share: Number, with_fees: bool, working: &mut Working) -> Result<Version> {
    let basis = Basis::new("TAR-8", "sa-assumed");
    let mut of = |limit: Option<Number>| {
        let step = |limit: Number| {
            working.step(basis, Formula::ShareLimit, &[limit.fraction(), share.fraction()])?.to_number()
        };
        limit.map(step).transpose()
    };
    let mut bands: Vec<Band> = Vec::with_capacity(version.prices.bands.len());
    for band in version.prices.bands.iter() {
        let mut band = band.clone();
        band.usage_up_to = of(band.usage_up_to)?;
        for tier in band.tiers.to_mut() {
            tier.up_to = of(tier.up_to)?;
        }
        bands.push(band);
    }
    let mut version = version.clone();
    version.prices.bands = Cow::Owned(bands);
    if !with_fees {
        version.prices.fees = Cow::Borrowed(&[]);
    }
    Ok(version)
}
