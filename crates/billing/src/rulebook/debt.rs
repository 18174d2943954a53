//! The dated figures of debts, complaints and calendars. They stand apart from those that a bill needs, so that they
//! travel with the rules that read them and with nothing else.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{
    DEBT_INSTRUMENTS, DEBT_TERMS, HIJRI_YEARS, Instrument, LINKS, SPANS, STANDARDS, Source, Term, instrument,
};
use crate::error::{BillingError, Result};
use crate::number::Number;

/// A body of the state whose transactions look at what is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// The Ministry of Interior.
    Interior,
    /// The Ministry of Public Works.
    Works,
    /// The Public Authority for Manpower.
    Manpower,
    /// The Ministry of Commerce and Industry.
    Commerce,
}

/// All of them, in the order in which they are told.
pub const BODIES: [Body; 4] = [Body::Interior, Body::Works, Body::Manpower, Body::Commerce];

/// How far a link has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Announced.
    Planned,
    /// Tried out: it stops nothing yet.
    Trial,
    /// It stops transactions.
    InForce,
}

/// How a body's link stands, from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose.
    pub body: Body,
    /// For citizens, non-citizens and companies.
    pub groups: [bool; 3],
    /// How far it has come.
    pub state: LinkState,
    /// The first day on which it is attested.
    pub effective_from: Date,
    /// Whether it began on that day; otherwise its first day was not published.
    pub first_day_known: bool,
    /// Where it comes from.
    pub source: Source,
}

/// The link of `body` on `day` for the group at place `group`: citizens, non-citizens, companies.
#[must_use]
pub fn link_on(body: Body, group: usize, day: Date) -> Option<&'static Link> {
    let known = |link: &&Link| {
        link.body == body && link.effective_from <= day && link.groups.get(group).is_some_and(|group| *group)
    };
    LINKS.iter().filter(known).max_by_key(|link| link.effective_from)
}

/// What is promised within a time, and what a breach is worth: an entry of the guaranteed standards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Such as `sa.restoration`.
    pub id: &'static str,
    /// First day.
    pub effective_from: Date,
    /// For whom; `None` for all.
    pub variant: Option<Variant>,
    /// Of the times below.
    pub unit: Unit,
    /// The time; the least where the provider names it within bounds.
    pub within: Number,
    /// The longest time the provider may name.
    pub within_at_most: Option<Number>,
    /// The first sum of a breach; `None` where it was not published.
    pub amount: Option<Number>,
    /// What every further span adds.
    pub further: Option<Further>,
    /// Where it comes from.
    pub source: Source,
}

/// What a further span of a breach adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Further {
    /// For each.
    pub amount: Number,
    /// Its length.
    pub per: Number,
    /// Whether a part of a span counts as one.
    pub parts_count: bool,
}

/// For whom a standard differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Homes.
    Residential,
    /// All but homes.
    Other,
    /// In towns.
    Urban,
    /// Around and outside them.
    Rural,
}

/// How a standard's time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// By the clock.
    Hours,
    /// Working days, from the next one on.
    WorkingDays,
    /// Days before an event.
    DaysBefore,
}

/// The entries of standard `id` in force on `day`: those of its newest version.
pub fn promises_on(id: &str, day: Date) -> impl Iterator<Item = &'static Promise> {
    let newest = versions(id).map(|entry| entry.effective_from).filter(|first| *first <= day).max();
    versions(id).filter(move |entry| Some(entry.effective_from) == newest)
}

/// The first day of standard `id`.
#[must_use]
pub fn first_promise(id: &str) -> Option<Date> {
    versions(id).map(|entry| entry.effective_from).min()
}

fn versions(id: &str) -> impl Iterator<Item = &'static Promise> {
    STANDARDS.iter().filter(move |entry| entry.id == id)
}

/// Days on which something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Such as `sa.exams`.
    pub id: &'static str,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whether it comes again in each later year.
    pub yearly: bool,
    /// Where it comes from.
    pub source: Source,
}

impl Span {
    /// Whether it holds on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        let in_year = |date: Date| (u8::from(date.month()), date.day());
        if self.yearly {
            day >= self.from && (in_year(self.from)..=in_year(self.to)).contains(&in_year(day))
        } else {
            (self.from..=self.to).contains(&day)
        }
    }
}

/// The spans whose id begins with `start`.
pub fn spans(start: &str) -> impl Iterator<Item = &'static Span> {
    SPANS.iter().filter(move |span| span.id.starts_with(start))
}

/// First days of months of a year of the Umm al-Qura calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HijriYear {
    /// Such as 1447.
    pub year: u16,
    /// 1 Ramadan.
    pub ramadan: Date,
    /// 1 Shawwal, the day after Ramadan.
    pub shawwal: Date,
    /// 1 Dhu al-Hijja.
    pub dhu_al_hijja: Date,
}

/// The years on record, oldest first.
#[must_use]
pub fn hijri_years() -> &'static [HijriYear] {
    HIJRI_YEARS
}

/// All terms of debts, complaints and calendars, by id and first day.
#[must_use]
pub fn terms() -> &'static [Term] {
    DEBT_TERMS
}

/// The term of this id in force on `day`.
#[must_use]
pub fn term_on(id: &str, day: Date) -> Option<&'static Term> {
    DEBT_TERMS.iter().rev().find(|term| term.id == id && term.effective_from <= day)
}

/// The term of this id that a rule needs on `day`.
///
/// # Errors
/// [`BillingError::NoRuleInForce`] with the first day on which it counts.
pub fn needed_on(id: &str, day: Date) -> Result<&'static Term> {
    term_on(id, day).ok_or_else(|| {
        let first =
            DEBT_TERMS.iter().find(|term| term.id == id).map_or(Date::MAX, |term| term.effective_from);
        BillingError::NoRuleInForce { on: day, first }
    })
}

/// The document of this id, behind a debt or behind a bill.
#[must_use]
pub fn debt_instrument(id: &str) -> Option<&'static Instrument> {
    DEBT_INSTRUMENTS.iter().find(|document| document.id == id).or_else(|| instrument(id))
}
