//! The published tariffs as a choice, and what a bill under one of them needs.

use billing::bill::{BillFacts, Tariff};
use billing::error::Refusal;
use billing::number::Number;
use billing::period::Period;
use billing::rulebook::{self, FeeAmount, Schedule};
use words::Language;
use words::names::{label, tariff_name};

use super::form::{Field, Kind, Words};
use super::typed::Typed;

/// The schedules whose newest prices were published.
pub fn published() -> impl Iterator<Item = &'static Schedule> {
    let is_published =
        |schedule: &&Schedule| schedule.versions.last().is_some_and(|version| version.published);
    rulebook::schedules().iter().filter(is_published)
}

/// Whether its meter fee goes by the breaker's rating.
pub fn needs_breaker(id: &str) -> bool {
    let fees = rulebook::schedule(id).and_then(|schedule| schedule.versions.last());
    fees.is_some_and(|version| {
        version.prices.fees.iter().any(|fee| matches!(fee.amount, FeeAmount::ByBreaker(_)))
    })
}

/// The unit of a tariff as the end of a field.
pub fn unit_of(id: &str) -> Words {
    match rulebook::schedule(id).map(|schedule| schedule.unit) {
        Some("imp gal") => words::unit_imp_gal,
        _ => words::unit_kwh,
    }
}

/// A choice between `ids`.
pub fn choice(name: &'static str, label: Words, ids: Vec<&'static str>) -> Field {
    Field::new(name, label, Kind::Many(ids, tariff_words))
}

/// A tariff's name as a label.
pub fn tariff_words(language: Language, id: &str) -> String {
    tariff_name(language, id).map_or_else(|| id.to_owned(), label)
}

/// The field for the breaker's rating.
pub fn breaker() -> Field {
    Field::new("breaker_amps", words::tools_breaker, Kind::Whole).of(words::unit_amps)
}

/// The facts of a bill under tariff `id`, with the form's breaker where its fee goes by it.
///
/// # Errors
/// What is wrong with the breaker's text, at its field.
pub fn facts(typed: &Typed, id: &str, period: Period, usage: Number) -> Result<BillFacts, Refusal> {
    let breaker_amps = if needs_breaker(id) { Some(typed.whole("breaker_amps")?) } else { None };
    let tariff = Tariff { id: Some(id.to_owned()), schedule: None };
    Ok(BillFacts { tariff, period, usage, breaker_amps, intervals: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saudi_tariffs_need_the_breaker_and_kuwaiti_ones_do_not() {
        for (id, needs) in [
            ("sa.electricity.residential", true),
            ("kw.electricity.private", false),
            ("kw.water.private", false),
        ] {
            assert_eq!(needs_breaker(id), needs, "{id}");
        }
    }

    #[test]
    fn what_was_never_published_is_not_offered() {
        let ids: Vec<_> = published().map(|schedule| schedule.id).collect();
        assert!(!ids.contains(&"kw.water.non-productive"), "{ids:?}");
        assert!(ids.contains(&"kw.water.private") && ids.contains(&"sa.electricity.industrial"), "{ids:?}");
    }
}
