//! What was typed into a form, by the names of its fields: as the address keeps it, and as the engine takes it.

use billing::error::{BillingError, Refusal};
use billing::number::Number;
use billing::period::{Period, parse_date};
use time::Date;

use crate::format::typed::{decimal, whole};

/// The texts of a form. A field's name is the JSON pointer of the engine's refusals with points for its strokes:
/// `loads.0.watts`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// The texts that a form starts with.
    pub fn of(texts: &[(&str, &str)]) -> Self {
        Self(texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    /// What stands in the field `name`, without spaces around it.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// What stands in the field `name`, to the letter.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// Writes `text` into the field `name`.
    pub fn set(&mut self, name: &str, text: String) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = text,
            None => self.0.push((name.to_owned(), text)),
        }
    }

    /// All names and texts.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// How many rows of a list there are, from one to `most`.
    pub fn rows(&self, name: &str, most: usize) -> usize {
        self.text(name).parse().unwrap_or(1).clamp(1, most)
    }

    /// The number in the field `name`.
    ///
    /// # Errors
    /// As [`decimal`], at the field.
    pub fn number(&self, name: &str) -> Result<Number, Refusal> {
        decimal(self.text(name)).map_err(|error| at(error, name))
    }

    /// The whole number in the field `name`.
    ///
    /// # Errors
    /// As [`whole`], at the field.
    pub fn whole(&self, name: &str) -> Result<u32, Refusal> {
        whole(self.text(name)).map_err(|error| at(error, name))
    }

    /// The day in the field `name`.
    ///
    /// # Errors
    /// [`BillingError::NotADate`] at the field.
    pub fn day(&self, name: &str) -> Result<Date, Refusal> {
        parse_date(self.text(name)).map_err(|error| at(error, name))
    }

    /// The period of the fields `from` and `to`.
    ///
    /// # Errors
    /// [`BillingError::NotADate`], and [`BillingError::PeriodReversed`] at `to`.
    pub fn period(&self, from: &str, to: &str) -> Result<Period, Refusal> {
        let period = Period::new(self.day(from)?, self.day(to)?);
        period.checked().map_err(|refusal| at(refusal.error, to))
    }
}

/// The refusal of the field `name`.
pub fn at(error: BillingError, name: &str) -> Refusal {
    error.at(format!("/{}", name.replace('.', "/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_text_is_refused_at_its_field() {
        let typed = Typed::of(&[
            ("loads.0.watts", "x"),
            ("days", "2.5"),
            ("from", "2026-08-31"),
            ("to", "2026-08-01"),
        ]);
        let refused = |refusal: Refusal| (refusal.error.code(), refusal.field);
        for (refusal, code, field) in [
            (typed.number("loads.0.watts").unwrap_err(), "not-a-decimal", "/loads/0/watts"),
            (typed.whole("days").unwrap_err(), "wrong-type", "/days"),
            (typed.day("days").unwrap_err(), "not-a-date", "/days"),
            (typed.period("from", "to").unwrap_err(), "period-reversed", "/to"),
        ] {
            assert_eq!(refused(refusal), (code, field.to_owned()));
        }
    }

    #[test]
    fn there_is_at_least_one_row_and_at_most_as_many_as_allowed() {
        for (count, rows) in [("", 1), ("0", 1), ("3", 3), ("99", 12), ("-1", 1)] {
            assert_eq!(Typed::of(&[("loads", count)]).rows("loads", 12), rows, "{count}");
        }
    }
}
