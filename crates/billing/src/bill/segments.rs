//! Which prices hold on which days: TAR-2.

use std::borrow::Cow;

use time::Date;

use super::facts::{BillFacts, InlineBand, InlineDiscount, InlineFee, InlineSchedule, InlineUnitCharge};
use crate::error::{BillingError, Refusal};
use crate::money::Currency;
use crate::number::Number;
use crate::period::Period;
use crate::rulebook::{self, Band, Confidence, Fee, FeeAmount, Prices, Schedule, Source, Tier, Version};
use crate::working::Basis;

/// Everything that prices one request.
pub(super) struct Pricing<'a> {
    pub period: Period,
    pub currency: Currency,
    pub unit: Cow<'static, str>,
    /// `None` for a schedule of the caller's own.
    pub country: Option<&'static str>,
    /// Spans of one price list, in order; at least one.
    pub segments: Vec<Segment>,
    /// Spans of one tax rate, in order; at least one.
    pub rates: Vec<RateSpan>,
    pub unit_charges: &'a [InlineUnitCharge],
    pub discounts: &'a [InlineDiscount],
    pub breaker_amps: Option<u32>,
    /// What plain sums rest on.
    pub sums: Basis,
    /// What the rounding rests on.
    pub rounding: Basis,
}

/// Days under one price list, both ends included.
pub(super) struct Segment {
    pub first: Date,
    pub last: Date,
    pub version: Cow<'static, Version>,
}

/// Days under one tax rate, both ends included.
pub(super) struct RateSpan {
    pub first: Date,
    pub last: Date,
    pub rate: Number,
    pub basis: Basis,
}

impl Segment {
    pub(super) fn days(&self) -> i64 {
        (self.last - self.first).whole_days() + 1
    }
}

const REQUEST: Source = Source { instrument: "request", confidence: Confidence::Public };

impl<'a> Pricing<'a> {
    pub(super) fn of(facts: &'a BillFacts) -> Result<Self, Refusal> {
        match (&facts.tariff.id, &facts.tariff.schedule) {
            (Some(id), None) => Self::of_schedule(id, facts),
            (None, Some(inline)) => Self::of_inline(inline, facts),
            (None, None) => Err(BillingError::MissingField { name: "id".to_owned() }.at("/tariff/id")),
            (Some(_), Some(_)) => {
                Err(BillingError::UnknownField { name: "schedule".to_owned() }.at("/tariff/schedule"))
            }
        }
    }

    fn of_schedule(id: &str, facts: &'a BillFacts) -> Result<Self, Refusal> {
        let schedule = rulebook::schedule(id)
            .ok_or_else(|| BillingError::UnknownTariff { tariff: id.to_owned() }.at("/tariff/id"))?;
        let segments = segments_of(schedule, facts.period)?;
        let prices = segments.first().map_or(REQUEST, |segment| segment.version.source);
        let rounding = if schedule.country() == "kw" { "kw-assumed" } else { "sa-assumed" };
        Ok(Self {
            period: facts.period,
            currency: schedule.currency,
            unit: Cow::Borrowed(schedule.unit),
            country: Some(schedule.country()),
            segments,
            rates: rates_of(schedule, facts.period),
            unit_charges: &[],
            discounts: &[],
            breaker_amps: facts.breaker_amps,
            sums: prices.basis("TAR-1"),
            rounding: Basis::new("TAR-1", rounding),
        })
    }

    fn of_inline(inline: &'a InlineSchedule, facts: &'a BillFacts) -> Result<Self, Refusal> {
        check(inline)?;
        let basis = REQUEST.basis("TAR-1");
        let prices = Prices {
            base_days: inline.base_days,
            prorate_tiers: inline.prorate_tiers,
            tier_rounding: inline.tier_rounding,
            bands: inline.bands.iter().map(band).collect(),
            fees: inline.fees.iter().map(fee).collect(),
        };
        let (first, last) = (facts.period.first(), facts.period.last());
        let version = Version {
            effective_from: first,
            source: REQUEST,
            proration_source: REQUEST,
            assumed: &[],
            published: true,
            prices,
        };
        Ok(Self {
            period: facts.period,
            currency: inline.currency,
            unit: Cow::Owned(inline.unit.clone()),
            country: None,
            segments: vec![Segment { first, last, version: Cow::Owned(version) }],
            rates: vec![RateSpan { first, last, rate: inline.tax_rate, basis }],
            unit_charges: &inline.per_unit_charges,
            discounts: &inline.discounts,
            breaker_amps: facts.breaker_amps,
            sums: basis,
            rounding: basis,
        })
    }

    /// The basis of a step of `rule`; a caller's own schedule rests on TAR-1 throughout.
    pub(super) fn basis(&self, rule: &'static str, source: Source) -> Basis {
        source.basis(if self.country.is_some() { rule } else { "TAR-1" })
    }

    /// Whether a change of prices divides the period.
    pub(super) fn is_split(&self) -> bool {
        self.segments.len() > 1
    }
}

/// One segment for each version of other prices than the one before.
fn segments_of(schedule: &'static Schedule, period: Period) -> Result<Vec<Segment>, Refusal> {
    let tariff = || schedule.id.to_owned();
    let first = schedule.version_on(period.first()).ok_or_else(|| {
        let first = schedule.versions.first().map_or(Date::MAX, |version| version.effective_from);
        BillingError::NoTariffInForce { tariff: tariff(), on: period.first(), first }.at("/period/from")
    })?;
    let mut segments: Vec<Segment> = Vec::with_capacity(1);
    let later = schedule.versions.iter().filter(|version| version.effective_from > period.first());
    for version in std::iter::once(first).chain(later) {
        let begins = version.effective_from.max(period.first());
        if begins > period.last() {
            break;
        }
        if !version.published {
            return Err(BillingError::PriceNotPublished { tariff: tariff() }.at("/tariff/id"));
        }
        match segments.last_mut() {
            Some(before) if before.version.prices == version.prices => {}
            Some(before) => {
                before.last = begins.previous_day().unwrap_or(begins);
                segments.push(Segment {
                    first: begins,
                    last: period.last(),
                    version: Cow::Borrowed(version),
                });
            }
            None => {
                segments.push(Segment { first: begins, last: period.last(), version: Cow::Borrowed(version) })
            }
        }
    }
    Ok(segments)
}

fn rates_of(schedule: &Schedule, period: Period) -> Vec<RateSpan> {
    let none = RateSpan {
        first: period.first(),
        last: period.last(),
        rate: Number::ZERO,
        basis: REQUEST.basis("TAR-2"),
    };
    let mut rates = Vec::with_capacity(2);
    rates.push(none);
    for tax in schedule.taxes().iter().filter(|tax| tax.effective_from <= period.last()) {
        let basis = tax.source.basis("TAR-2");
        let span = RateSpan { first: tax.effective_from, last: period.last(), rate: tax.rate, basis };
        if tax.effective_from <= period.first() {
            rates.clear();
            rates.push(RateSpan { first: period.first(), ..span });
        } else {
            if let Some(before) = rates.last_mut() {
                before.last = tax.effective_from.previous_day().unwrap_or(tax.effective_from);
            }
            rates.push(span);
        }
    }
    rates
}

fn band(inline: &InlineBand) -> Band {
    let tier = |tier: &super::InlineTier| Tier { up_to: tier.up_to, price: Some(tier.price) };
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
