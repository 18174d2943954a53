//! What the page is made of: the projection, kept while changes are tried on it, and what the changes come to.

use api::accounts::{AccountId, Overview, ServicePoint};
use api::bills::BillSummary;
use billing::bill::{self, BillFacts};
use billing::error::Refusal;
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::Period;
use billing::projection::{self, Changes, Projection, ProjectionFacts, WhatIf};
use billing::rulebook;
use time::Date;

use crate::components::tier_bar::BarUse;
use crate::format::Unit;
use crate::pages::overview::figures;

/// The projection of a service point, and what it is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    pub account: AccountId,
    pub currency: Currency,
    pub unit: Unit,
    pub facts: ProjectionFacts,
    pub projection: Projection,
    /// The newest bills, newest first.
    pub bills: Vec<BillSummary>,
    /// The tariffs that can price this point, its own first.
    pub tariffs: Vec<&'static str>,
}

/// The account's day, and how much of it has passed, in thousandths.
pub fn today(overview: &Overview) -> Option<(Date, u16)> {
    figures::local_day(overview.now, overview.utc_offset_seconds)
}

impl Base {
    /// Projects `point`.
    ///
    /// # Errors
    /// What the engine refuses, such as a history of less than a day.
    pub fn of(overview: &Overview, point: &ServicePoint) -> Result<Self, Refusal> {
        // A time beyond the calendar is no day of the period, and the engine says so.
        let today = today(overview).unwrap_or((Date::MIN, 0));
        let facts = figures::facts(point, point.live.as_ref(), today);
        let projection = projection::project(&facts)?;
        let tariffs = tariffs(&facts, projection.middle.usage);
        Ok(Self {
            account: overview.account.id.clone(),
            currency: overview.account.currency,
            unit: Unit::from_wire(&point.unit).unwrap_or(Unit::KilowattHours),
            facts,
            projection,
            bills: overview.bills.clone(),
            tariffs,
        })
    }

    /// Nothing changed.
    pub fn unchanged(&self) -> Changes {
        Changes { tariff: self.facts.tariff.clone(), warmer_degrees: 0, days_away: 0, prepaid: false }
    }

    /// What `changes` come to.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn tried(&self, changes: &Changes) -> Result<WhatIf, Refusal> {
        projection::what_if(&self.facts, &self.projection, changes)
    }

    /// Whole days after today.
    pub fn days_left(&self) -> u32 {
        u32::try_from((self.facts.period.last() - self.facts.today).whole_days()).unwrap_or(0)
    }

    /// Where use stands without changes.
    pub fn position(&self) -> BarUse {
        let Projection { low, middle, high, .. } = &self.projection;
        BarUse {
            used: self.facts.used.millionths(),
            expected: middle.usage.millionths(),
            low: low.usage.millionths(),
            high: high.usage.millionths(),
        }
    }

    /// The total of `usage` in `period` under `tariff`.
    pub fn price(&self, tariff: &str, period: Period, usage: Number) -> Option<Money> {
        price(&self.facts, tariff, period, usage)
    }
}

fn price(facts: &ProjectionFacts, tariff: &str, period: Period, usage: Number) -> Option<Money> {
    let facts = BillFacts::of_schedule(tariff, period, usage, facts.breaker_amps);
    bill::calculate(&facts).ok().map(|bill| bill.total)
}

/// The tariffs of the same country that count the same unit and can price the period, the point's own first.
fn tariffs(facts: &ProjectionFacts, usage: Number) -> Vec<&'static str> {
    let Some(own) = rulebook::schedule(&facts.tariff) else { return Vec::new() };
    let others = rulebook::schedules().iter().filter(|other| {
        let is_alike = other.country() == own.country() && other.unit == own.unit && other.id != own.id;
        is_alike && price(facts, other.id, facts.period, usage).is_some()
    });
    std::iter::once(own.id).chain(others.map(|other| other.id)).collect()
}

/// Where use would stand.
pub fn position_of(base: &Base, tried: &WhatIf) -> BarUse {
    let [low, expected, high] = tried.ends.map(|end| end.usage.millionths());
    BarUse { used: base.facts.used.millionths(), expected, low, high }
}

/// How one sum compares with another: the sign of the difference and its amount.
pub fn compared(was: Money, is: Money) -> (i128, Money) {
    let minor = is.minor() - was.minor();
    (minor.signum(), Money::from_minor(minor.abs(), is.currency()))
}
