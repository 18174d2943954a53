//! What a rulebook file may hold, and what it must.

use serde::Deserialize;
use time::{Date, Month};

use crate::tables::Tables;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sources {
    /// The documents of debts, complaints and calendars: embedded apart like their figures.
    #[serde(default)]
    pub(crate) debt_instrument: Vec<Instrument>,
    #[serde(default)]
    pub(crate) instrument: Vec<Instrument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instrument {
    pub(crate) id: String,
    pub(crate) title_ar: String,
    pub(crate) title_en: String,
    #[serde(default)]
    pub(crate) address: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rulebook {
    /// Present in a book of debts, complaints and calendars: it is embedded apart, for no bill needs it.
    pub(crate) debt: Option<Tables>,
    #[serde(default)]
    pub(crate) schedule: Vec<Schedule>,
    #[serde(default)]
    pub(crate) tax: Vec<Tax>,
    #[serde(default)]
    pub(crate) term: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Schedule {
    pub(crate) id: String,
    pub(crate) unit: String,
    pub(crate) currency: String,
    pub(crate) version: Vec<Version>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Version {
    pub(crate) effective_from: String,
    pub(crate) source: Source,
    /// Where limits follow the days; absent where they do not.
    pub(crate) proration: Option<Source>,
    #[serde(default)]
    #[expect(dead_code, reason = "a note is for the reader of the rulebook")]
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) assumed: Vec<Assumed>,
    #[serde(default)]
    pub(crate) not_published: bool,
    pub(crate) base_days: u32,
    #[serde(default)]
    pub(crate) whole_unit_limits: bool,
    #[serde(default)]
    pub(crate) tiers: Vec<Tier>,
    #[serde(default)]
    pub(crate) fees: Vec<Fee>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tier {
    pub(crate) up_to: Option<String>,
    pub(crate) price: Option<String>,
    #[serde(default)]
    pub(crate) not_published: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fee {
    pub(crate) code: String,
    pub(crate) source: Source,
    pub(crate) by_breaker: Vec<BreakerFee>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BreakerFee {
    pub(crate) up_to: Option<u32>,
    pub(crate) amount: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tax {
    pub(crate) effective_from: String,
    pub(crate) rate: String,
    pub(crate) source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Term {
    pub(crate) id: String,
    pub(crate) effective_from: String,
    pub(crate) value: String,
    pub(crate) source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) instrument: String,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assumed {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl Sources {
    fn all(&self) -> impl Iterator<Item = &Instrument> {
        self.instrument.iter().chain(&self.debt_instrument)
    }
}

impl Rulebook {
    pub(crate) fn check(&self, country: &str, sources: &Sources) -> Result<(), String> {
        for schedule in &self.schedule {
            schedule.check(country, sources).map_err(|e| format!("{}: {e}", schedule.id))?;
        }
        rising(self.tax.iter().map(|tax| tax.effective_from.as_str()))?;
        for tax in &self.tax {
            tax.source.check(sources)?;
        }
        for term in &self.term {
            let prefix = format!("{country}.");
            if !term.id.starts_with(&prefix) {
                return Err(format!("the term {} should begin with {prefix}", term.id));
            }
            date(&term.effective_from)?;
            term.source.check(sources)?;
        }
        self.debt.as_ref().map_or(Ok(()), |tables| tables.check(country, sources))
    }
}

impl Schedule {
    fn check(&self, country: &str, sources: &Sources) -> Result<(), String> {
        if !self.id.starts_with(&format!("{country}.")) {
            return Err(format!("the id should begin with {country}."));
        }
        rising(self.version.iter().map(|version| version.effective_from.as_str()))?;
        for version in &self.version {
            version.check(sources).map_err(|e| format!("{}: {e}", version.effective_from))?;
        }
        Ok(())
    }
}

impl Version {
    fn check(&self, sources: &Sources) -> Result<(), String> {
        self.source.check(sources)?;
        for fee in &self.fees {
            fee.source.check(sources)?;
        }
        if let Some(proration) = &self.proration {
            proration.check(sources)?;
        }
        if self.not_published != self.tiers.is_empty() {
            return Err("give tiers, or say not_published = true".to_owned());
        }
        let mut before = 0;
        for (place, tier) in self.tiers.iter().enumerate() {
            if tier.price.is_some() == tier.not_published {
                return Err(format!("tier {}: give a price, or say not_published = true", place + 1));
            }
            match &tier.up_to {
                Some(limit) if millionths(limit)? > before => before = millionths(limit)?,
                None if place + 1 == self.tiers.len() => {}
                _ => return Err(format!("tier {}: limits rise, and only the last is open", place + 1)),
            }
        }
        if self.tiers.last().is_some_and(|tier| tier.up_to.is_some()) {
            return Err("the last tier should be open".to_owned());
        }
        if self.fees.iter().any(|fee| fee.by_breaker.last().is_none_or(|last| last.up_to.is_some())) {
            return Err("the last row of a fee should be open".to_owned());
        }
        Ok(())
    }
}

impl Source {
    pub(crate) fn check(&self, sources: &Sources) -> Result<(), String> {
        if !["seed", "public", "assumed"].contains(&self.confidence.as_str()) {
            return Err(format!("confidence {} is none of seed, public, assumed", self.confidence));
        }
        if sources.all().any(|known| known.id == self.instrument) {
            return Ok(());
        }
        Err(format!("sources.toml has no instrument {}", self.instrument))
    }
}

pub(crate) fn rising<'a>(days: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let days: Vec<_> = days.map(date).collect::<Result<_, _>>()?;
    if days.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err("the days should rise".to_owned()) }
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    let wrong = || format!("{text} is no date");
    let mut parts = text.split('-').map(str::parse::<u16>);
    let mut next = || parts.next().and_then(Result::ok).ok_or_else(wrong);
    let (year, month, day) = (next()?, next()?, next()?);
    let month = u8::try_from(month).ok().and_then(|m| Month::try_from(m).ok()).ok_or_else(wrong)?;
    Date::from_calendar_date(i32::from(year), month, day as u8).map_err(|_| wrong())
}

pub(crate) fn millionths(text: &str) -> Result<i64, String> {
    let wrong = || format!("{text} is no decimal of at most six places");
    let decimal = rust_decimal::Decimal::from_str_exact(text).map_err(|_| wrong())?;
    let missing = 6_u32.checked_sub(decimal.scale()).ok_or_else(wrong)?;
    i64::try_from(decimal.mantissa() * 10_i128.pow(missing)).map_err(|_| wrong())
}
