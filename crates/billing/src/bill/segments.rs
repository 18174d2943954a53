//! Which prices hold on which days: TAR-2.

use std::borrow::Cow;

use time::Date;

use super::facts::{BillFacts, InlineDiscount, InlineSchedule, InlineUnitCharge};
use super::inline;
use crate::error::{BillingError, Refusal};
use crate::money::Currency;
use crate::number::Number;
use crate::period::Period;
use crate::rulebook::{self, Confidence, Schedule, Source, Version};
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
    /// How often a fee that is not prorated is due: once, but for an interval of several billing periods.
    pub fee_periods: i64,
    /// What plain sums rest on.
    pub sums: Basis,
    /// What the rounding rests on.
    pub rounding: Basis,
}

/// Days under one price list, both ends included.
pub(super) struct Segment {
    pub first: Date,
    pub last: Date,
    /// The schedule's id; empty for the caller's own.
    pub tariff: &'static str,
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

/// The source of a caller's own schedule.
pub(super) const REQUEST: Source = Source { instrument: "request", confidence: Confidence::Public };

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
        let schedule = known(id).map_err(|e| e.at("/tariff/id"))?;
        let segments = segments_of(schedule, facts.period)?;
        Ok(Self::of_segments(schedule, segments, facts))
    }

    fn of_segments(schedule: &'static Schedule, segments: Vec<Segment>, facts: &BillFacts) -> Self {
        let prices = segments.first().map_or(REQUEST, |segment| segment.version.source);
        let rounding = if schedule.country() == "kw" { "kw-assumed" } else { "sa-assumed" };
        Self {
            period: facts.period,
            currency: schedule.currency,
            unit: Cow::Borrowed(schedule.unit),
            country: Some(schedule.country()),
            segments,
            rates: rates_of(schedule, facts.period),
            unit_charges: &[],
            discounts: &[],
            breaker_amps: facts.breaker_amps,
            fee_periods: 1,
            sums: prices.basis("TAR-1"),
            rounding: Basis::new("TAR-1", rounding),
        }
    }

    fn of_inline(inline: &'a InlineSchedule, facts: &'a BillFacts) -> Result<Self, Refusal> {
        let basis = REQUEST.basis("TAR-1");
        let prices = inline::prices(inline)?;
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
            segments: vec![Segment { first, last, tariff: "", version: Cow::Owned(version) }],
            rates: vec![RateSpan { first, last, rate: inline.tax_rate, basis }],
            unit_charges: &inline.per_unit_charges,
            discounts: &inline.discounts,
            breaker_amps: facts.breaker_amps,
            fee_periods: 1,
            sums: basis,
            rounding: basis,
        })
    }

    /// The basis of a step of `rule`; a caller's own schedule rests on TAR-1 throughout.
    pub(super) fn basis(&self, rule: &'static str, source: Source) -> Basis {
        source.basis(if self.country.is_some() { rule } else { "TAR-1" })
    }

    /// The prices of the day `on`, whatever the days of the period.
    pub(super) fn on_day(facts: &'a BillFacts, on: Date) -> Result<Self, Refusal> {
        let Some(id) = &facts.tariff.id else { return Self::of(facts) };
        let schedule = known(id).map_err(|e| e.at("/tariff/id"))?;
        let day = Period::new(on, on);
        let mut segments = segments_of(schedule, day)?;
        let mut rates = rates_of(schedule, day);
        let (first, last) = (facts.period.first(), facts.period.last());
        for segment in &mut segments {
            (segment.first, segment.last) = (first, last);
        }
        for rate in &mut rates {
            (rate.first, rate.last) = (first, last);
        }
        Ok(Self { rates, ..Self::of_segments(schedule, segments, facts) })
    }

    /// The facts' own schedule until the eve of `from`, schedule `after` from then on.
    pub(super) fn of_change(facts: &'a BillFacts, after: &str, from: Date) -> Result<Self, Refusal> {
        let before = facts.tariff.id.as_deref().unwrap_or_default();
        let before = known(before).map_err(|e| e.at("/before"))?;
        let after = known(after).map_err(|e| e.at("/after"))?;
        let same =
            (before.currency, before.unit, before.country()) == (after.currency, after.unit, after.country());
        if !same {
            return Err(BillingError::TariffsDisagree.at("/after"));
        }
        let (first, last) = (facts.period.first(), facts.period.last());
        let eve = from.previous_day().unwrap_or(from);
        let mut segments = Vec::with_capacity(2);
        if eve >= first {
            segments.extend(segments_of(before, Period::new(first, eve.min(last)))?);
        }
        if from <= last {
            segments.extend(segments_of(after, Period::new(from.max(first), last))?);
        }
        Ok(Self::of_segments(before, segments, facts))
    }

    /// Whether a change of prices divides the period.
    pub(super) fn is_split(&self) -> bool {
        self.segments.len() > 1
    }
}

fn known(id: &str) -> Result<&'static Schedule, BillingError> {
    rulebook::schedule(id).ok_or_else(|| BillingError::UnknownTariff { tariff: id.to_owned() })
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
                    tariff: schedule.id,
                    version: Cow::Borrowed(version),
                });
            }
            None => segments.push(Segment {
                first: begins,
                last: period.last(),
                tariff: schedule.id,
                version: Cow::Borrowed(version),
            }),
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
