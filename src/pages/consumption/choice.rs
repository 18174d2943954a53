//! What is shown of a service point: how much time, around which moment, and as what.

use api::consumption::Span;
use billing::period::Period;
use leptos::prelude::*;
use time::Date;

use super::range::{View, day_of_bill};
use super::{Site, picture};
use crate::components::zoom_bar::Move;
use crate::pages::overview::figures::local_day;

/// How the numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Bars.
    Chart,
    /// The power over a year, as finely as it was measured.
    Curve,
    /// A table.
    Table,
}

/// The moment that is chosen decides the days: those of the view around it.
#[derive(Clone, Copy)]
pub struct Choice {
    pub view: RwSignal<View>,
    /// The chosen moment, in seconds; its span is marked.
    pub at: RwSignal<i64>,
    pub shape: RwSignal<Shape>,
    pub compares: RwSignal<bool>,
    /// The days that are shown.
    pub days: Memo<Period>,
    /// The day of the month that billing periods begin on.
    pub first_day: u8,
    /// The chart that is shown.
    pub painted: picture::Shown,
    now: i64,
    utc_offset_s: i32,
    today: Date,
}

impl Choice {
    pub fn new(site: &Site, view: View, first_day: u8, compares: bool) -> Self {
        let (view, at) = (RwSignal::new(view), RwSignal::new(site.now));
        let (utc_offset_s, today) = (site.utc_offset_s, site.today);
        let days = Memo::new(move |_| view.get().days(day_of(at.get(), utc_offset_s, today), first_day));
        Self {
            view,
            at,
            shape: RwSignal::new(Shape::Chart),
            compares: RwSignal::new(compares),
            days,
            first_day,
            painted: StoredValue::new_local(None),
            now: site.now,
            utc_offset_s,
            today,
        }
    }

    /// The days before (`-1`) or after (`1`) those that are shown.
    pub fn stepped(self, by: i32) -> Period {
        let anchor = day_of(self.at.get_untracked(), self.utc_offset_s, self.today);
        self.view.get_untracked().stepped(anchor, self.first_day, by)
    }

    /// Shows the days before or after. The last moment of a span stands for it; now for the open one.
    pub fn step(self, by: i32) {
        self.at.set((self.midnight(self.stepped(by).last()) + DAY_S - 1).min(self.now));
    }

    /// Whether `to` leads anywhere from `span` of `spans`.
    pub fn can(self, to: Move, spans: &[Span], span: &Span) -> bool {
        match to {
            Move::Earlier | Move::First => {
                spans.first().is_some_and(|first| *first != *span) || !self.is_all()
            }
            Move::Later => span.end <= self.now && (spans.last() != Some(span) || !self.is_all()),
            Move::Last => last_begun(spans, self.now).is_some_and(|last| last != span),
            Move::Nearer => self.view.get().nearer().is_some(),
            Move::Farther => self.view.get().farther(self.today.year()).is_some(),
        }
    }

    /// Whether nothing lies beside what is shown: all years.
    fn is_all(self) -> bool {
        matches!(self.view.get(), View::Years(_))
    }

    /// Moves from `span` of `spans`.
    pub fn go(self, to: Move, spans: &[Span], span: &Span) {
        match to {
            Move::Earlier => self.at.set(span.start - 1),
            Move::Later => self.at.set(span.end),
            Move::First => self.at.set(spans.first().map_or(span.start, |first| first.start)),
            Move::Last => self.at.set(last_begun(spans, self.now).map_or(span.start, |last| last.start)),
            Move::Nearer => self.zoom(self.view.get_untracked().nearer(), span),
            Move::Farther => self.zoom(self.view.get_untracked().farther(self.today.year()), span),
        }
    }

    fn zoom(self, to: Option<View>, span: &Span) {
        let Some(to) = to else { return };
        let at = match (self.view.get_untracked(), to) {
            (View::Years(_), View::Year) => span.end - 1,
            (View::Year, View::Month) => {
                let month = day_of(span.start, self.utc_offset_s, self.today);
                self.midnight(day_of_bill(month, self.first_day))
            }
            _ => self.at.get_untracked().clamp(span.start, span.end - 1),
        };
        self.at.set(at.min(self.now));
        self.view.set(to);
    }

    fn midnight(self, day: Date) -> i64 {
        midnight(day, self.utc_offset_s)
    }
}

pub const DAY_S: i64 = 86_400;

/// The first second of a local day.
pub fn midnight(day: Date, utc_offset_s: i32) -> i64 {
    /// Of 1 January 1970.
    const EPOCH_JULIAN_DAY: i64 = 2_440_588;
    (i64::from(day.to_julian_day()) - EPOCH_JULIAN_DAY) * DAY_S - i64::from(utc_offset_s)
}

fn day_of(at: i64, utc_offset_s: i32, today: Date) -> Date {
    local_day(at, utc_offset_s).map_or(today, |(day, _)| day)
}

fn last_begun(spans: &[Span], now: i64) -> Option<&Span> {
    spans.iter().rev().find(|span| span.start <= now)
}

/// The place of the span in which `at` lies; where none does, that of the last one that was measured.
pub fn place_of(spans: &[Span], at: i64) -> Option<usize> {
    let here = spans.iter().position(|span| (span.start..span.end).contains(&at));
    here.or_else(|| spans.iter().rposition(|span| span.usage.is_some())).or(spans.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    use api::accounts::Quality;
    use billing::number::Number;
    use billing::period::parse_date;

    use super::*;

    fn spans(usages: [Option<u32>; 3]) -> Vec<Span> {
        let span = |(at, usage): (i64, Option<u32>)| Span {
            start: at * 10,
            end: at * 10 + 10,
            usage: usage.map(Number::from_units),
            quality: Quality::Actual,
        };
        (0..).zip(usages).map(span).collect()
    }

    #[test]
    fn a_moment_lies_in_a_span_or_else_in_the_last_that_was_measured() {
        for (usages, at, place) in [
            ([Some(1), Some(1), None], 0, 0),
            ([Some(1), Some(1), None], 10, 1),
            ([Some(1), Some(1), None], 29, 2),
            ([Some(1), Some(1), None], 30, 1),
            ([None, None, None], -1, 2),
        ] {
            assert_eq!(place_of(&spans(usages), at), Some(place), "{at}");
        }
        assert_eq!(place_of(&[], 0), None);
    }

    #[test]
    fn a_day_begins_at_local_midnight() {
        let day = parse_date("2026-09-19").unwrap();
        assert_eq!(midnight(day, 10_800), 1_789_765_200);
        assert_eq!(local_day(midnight(day, 10_800), 10_800), Some((day, 0)));
    }
}
