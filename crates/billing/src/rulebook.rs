//! Dated prices, taxes and terms, read from `rulebooks/*.toml` when the crate is built.

pub mod debt;

use std::borrow::Cow;

use time::Date;

use crate::bill::{Method, TierRounding};
use crate::error::{BillingError, Result};
use crate::finding::Finding;
use crate::money::Currency;
use crate::number::Number;
use crate::working::Basis;
use debt::{Body, Further, HijriYear, Link, LinkState, Promise, Span, Unit, Variant};

include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));

/// Prices of one category of customers, in all their versions.
#[derive(Debug)]
pub struct Schedule {
    /// Such as `kw.electricity.private`.
    pub id: &'static str,
    /// Of the usage.
    pub unit: &'static str,
    /// Of every amount.
    pub currency: Currency,
    /// Oldest first.
    pub versions: &'static [Version],
}

impl Schedule {
    /// `kw` or `sa`.
    #[must_use]
    pub fn country(&self) -> &'static str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// The version in force on `day`.
    #[must_use]
    pub fn version_on(&self, day: Date) -> Option<&'static Version> {
        self.versions.iter().rev().find(|version| version.effective_from <= day)
    }

    /// The country's taxes, oldest first.
    #[must_use]
    pub fn taxes(&self) -> &'static [TaxRate] {
        TAXES.iter().find(|(country, _)| *country == self.country()).map_or(&[], |(_, taxes)| taxes)
    }
}

/// One instrument's prices. It ends where the next version begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// First day.
    pub effective_from: Date,
    /// Where the prices come from.
    pub source: Source,
    /// Where the proration of limits comes from.
    pub proration_source: Source,
    /// Figures of this version that no public source gives.
    pub assumed: &'static [Assumed],
    /// False where the price exists but was never published.
    pub published: bool,
    /// What is charged.
    pub prices: Prices,
}

/// What a version charges: if two versions agree in this, no bill is split between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// Days that the limits are meant for.
    pub base_days: u32,
    /// Whether limits follow the period's days.
    pub prorate_tiers: bool,
    /// How a limit that followed the days is rounded.
    pub tier_rounding: TierRounding,
    /// Price lists by total usage.
    pub bands: Cow<'static, [Band]>,
    /// Fixed fees of all bands.
    pub fees: Cow<'static, [Fee]>,
}

/// A price list for a range of total usage.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The largest usage it holds for; `None` for any.
    pub usage_up_to: Option<Number>,
    /// How its tiers share the usage.
    pub method: Method,
    /// In rising order.
    pub tiers: Cow<'static, [Tier]>,
    /// Fees of this band only.
    pub fees: Cow<'static, [Fee]>,
}

/// One tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Its last unit, counted from zero; `None` for any.
    pub up_to: Option<Number>,
    /// Of one unit; `None` where it was not published.
    pub price: Option<Number>,
}

/// A fixed fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// The code of its line, `fee.` and its name.
    pub line_code: Cow<'static, str>,
    /// Where it comes from.
    pub source: Source,
    /// How much.
    pub amount: FeeAmount,
    /// Whether it follows the period's days.
    pub prorated: bool,
}

/// How much a fee is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeAmount {
    /// The same for everybody.
    Fixed(Number),
    /// By the breaker's rating: the first row that is not below it; the last has no end.
    ByBreaker(&'static [BreakerFee]),
}

/// The fee up to a breaker's rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerFee {
    /// In amperes; `None` for any.
    pub up_to: Option<u32>,
    /// A month.
    pub amount: Number,
}

/// A tax on the whole bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxRate {
    /// First day.
    pub effective_from: Date,
    /// Such as 0.15.
    pub rate: Number,
    /// Where it comes from.
    pub source: Source,
}

/// A dated figure that is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Such as `sa.max-period-days`.
    pub id: &'static str,
    /// First day.
    pub effective_from: Date,
    /// The figure.
    pub value: Number,
    /// The figure as the rulebook writes it.
    pub text: &'static str,
    /// Where it comes from.
    pub source: Source,
}

impl Term {
    /// The figure as a whole number of days, months, hours ...
    #[must_use]
    pub const fn count(&self) -> i64 {
        self.value.millionths() / crate::number::MILLION
    }

    /// As the basis of a step of `rule`.
    #[must_use]
    pub const fn basis(&self, rule: &'static str) -> Basis {
        self.source.basis(rule)
    }

    /// What a result that rests on the figure has to say of it: that it is assumed, if it is.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        let name = self.id.split_once('.').map_or(self.id, |(_, name)| name);
        (self.source.confidence == Confidence::Assumed).then(|| Finding::assumed(name, self.text))
    }
}

/// The document a figure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The id of an [`Instrument`].
    pub instrument: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Source {
    /// As the basis of a step of `rule`.
    #[must_use]
    pub const fn basis(self, rule: &'static str) -> Basis {
        Basis::new(rule, self.instrument)
    }
}

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// An official statement handed to us.
    Seed,
    /// A published source.
    Public,
    /// Ours, until one is published.
    Assumed,
}

/// A figure that no public source gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// What it is, such as `proration`.
    pub name: &'static str,
    /// What we take.
    pub value: &'static str,
}

/// A law, decision, guide or report.
#[derive(Debug)]
pub struct Instrument {
    /// Its id in steps and rulebooks.
    pub id: &'static str,
    /// Its name in Arabic.
    pub title_ar: &'static str,
    /// Its name in English.
    pub title_en: &'static str,
    /// Where it can be read; empty where it was handed to us.
    pub address: &'static str,
}

/// All schedules, by id.
#[must_use]
pub fn schedules() -> &'static [Schedule] {
    SCHEDULES
}

/// The schedule of this id.
#[must_use]
pub fn schedule(id: &str) -> Option<&'static Schedule> {
    SCHEDULES.iter().find(|schedule| schedule.id == id)
}

/// The document of this id.
#[must_use]
pub fn instrument(id: &str) -> Option<&'static Instrument> {
    INSTRUMENTS.iter().find(|instrument| instrument.id == id)
}

/// All terms, by id and first day.
#[must_use]
pub fn terms() -> &'static [Term] {
    TERMS
}

/// The term of this id in force on `day`.
#[must_use]
pub fn term_on(id: &str, day: Date) -> Option<&'static Term> {
    TERMS.iter().rev().find(|term| term.id == id && term.effective_from <= day)
}

/// The term of this id that a rule needs on `day`.
///
/// # Errors
/// [`BillingError::NoRuleInForce`] with the first day on which it counts.
pub fn needed_on(id: &str, day: Date) -> Result<&'static Term> {
    term_on(id, day).ok_or_else(|| {
        let first = TERMS.iter().find(|term| term.id == id).map_or(Date::MAX, |term| term.effective_from);
        BillingError::NoRuleInForce { on: day, first }
    })
}

/// The newest term of this id that a rule needs, where a request names no day.
///
/// # Errors
/// As [`needed_on`].
pub fn needed(id: &str) -> Result<&'static Term> {
    needed_on(id, Date::MAX)
}

/// The newest term of this id.
#[must_use]
pub fn newest_term(id: &str) -> Option<&'static Term> {
    TERMS.iter().rev().find(|term| term.id == id)
}

/// A day that the build has checked.
const fn checked_date(year: i32, ordinal: u16) -> Date {
    match Date::from_ordinal_date(year, ordinal) {
        Ok(date) => date,
        Err(_) => Date::MIN,
    }
}
