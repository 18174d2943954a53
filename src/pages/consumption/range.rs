//! Which days a view shows, and what they are called.

use api::consumption::Step;
use billing::period::{Day, Period};
use time::{Date, Duration, Month};

use crate::pages::reader::Reader;

/// As many calendar years are shown at once.
const MOST_YEARS: i32 = 5;

/// How much time is shown at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The five calendar years to this one.
    Years(i32),
    /// A calendar year by months.
    Year,
    /// A billing period by days, for its limits are those of the tiers.
    Month,
    /// A day by hours.
    Day,
    /// A day by quarters of an hour, where the meter sends them.
    Quarters,
    /// A calendar year from reading to reading.
    Readings,
}

impl View {
    /// The spans that make it up.
    pub const fn step(self) -> Step {
        match self {
            Self::Years(_) => Step::Year,
            Self::Year => Step::Month,
            Self::Month => Step::Day,
            Self::Day => Step::Hour,
            Self::Quarters => Step::QuarterHour,
            Self::Readings => Step::Reading,
        }
    }

    /// The view that shows one of its spans.
    pub const fn nearer(self) -> Option<Self> {
        match self {
            Self::Years(_) => Some(Self::Year),
            Self::Year => Some(Self::Month),
            Self::Month => Some(Self::Day),
            Self::Day => Some(Self::Quarters),
            Self::Quarters | Self::Readings => None,
        }
    }

    /// The view of which it shows one span, where `this_year` is the last of the years.
    pub const fn farther(self, this_year: i32) -> Option<Self> {
        match self {
            Self::Years(_) | Self::Readings => None,
            Self::Year => Some(Self::Years(this_year)),
            Self::Month => Some(Self::Year),
            Self::Day => Some(Self::Month),
            Self::Quarters => Some(Self::Day),
        }
    }

    /// Whether its spans are named by the time of day.
    pub const fn is_within_a_day(self) -> bool {
        matches!(self, Self::Day | Self::Quarters)
    }

    /// The days shown around `anchor`, where billing periods begin on day `first_day` of the month.
    pub fn days(self, anchor: Date, first_day: u8) -> Period {
        match self {
            Self::Years(last) => {
                let first = on(last - MOST_YEARS + 1, Month::January, 1);
                Period::new(first, on(last, Month::December, 31))
            }
            Self::Year | Self::Readings => {
                let first = on(anchor.year(), Month::January, 1);
                Period::new(first, on(anchor.year(), Month::December, 31))
            }
            Self::Month => {
                let begun = anchor.day() >= first_day;
                let from = months_from(anchor, if begun { 0 } else { -1 }, first_day);
                Period::new(from, months_from(from, 1, first_day) - Duration::DAY)
            }
            Self::Day | Self::Quarters => Period::new(anchor, anchor),
        }
    }

    /// The days before (`-1`) or after (`1`) those around `anchor`.
    pub fn stepped(self, anchor: Date, first_day: u8, by: i32) -> Period {
        let shown = self.days(anchor, first_day);
        match self {
            Self::Years(_) => shown,
            Self::Year | Self::Readings => self.days(on(anchor.year() + by, Month::January, 1), first_day),
            Self::Month => self.days(months_from(shown.first(), by, first_day), first_day),
            Self::Day | Self::Quarters => {
                let day = anchor.checked_add(Duration::days(i64::from(by))).unwrap_or(anchor);
                Period::new(day, day)
            }
        }
    }

    /// The same days a year before.
    pub fn last_year(self, shown: Period, first_day: u8) -> Period {
        let year_before = |day: Date| on(day.year() - 1, day.month(), day.day());
        match self {
            Self::Month => self.days(months_from(shown.first(), -12, first_day), first_day),
            Self::Years(_) | Self::Year | Self::Readings | Self::Day | Self::Quarters => {
                Period::new(year_before(shown.first()), year_before(shown.last()))
            }
        }
    }

    /// What the days are called: a billing period by the month that its bill is named for.
    pub fn name(self, shown: Period, reader: Reader) -> String {
        match self {
            Self::Years(_) => {
                let year = |day: Date| reader.digits.write(&day.year().to_string());
                words::period_dates(reader.language, &year(shown.first()), &year(shown.last()))
            }
            Self::Year | Self::Readings => reader.digits.write(&shown.last().year().to_string()),
            Self::Month => reader.month(Day(shown.last())),
            Self::Day | Self::Quarters => reader.weekday(Day(shown.first())),
        }
    }
}

/// The day whose billing period is named for the month of `day`: a period is named for its last day.
pub fn day_of_bill(day: Date, first_day: u8) -> Date {
    let first = on(day.year(), day.month(), 1);
    // Where periods begin on the first of a month, the whole month is one.
    if first_day <= 1 { first } else { months_from(first, 0, first_day) - Duration::DAY }
}

/// A day of the calendar; the last of the month where it has no such day.
fn on(year: i32, month: Month, day: u8) -> Date {
    let day = day.min(month.length(year));
    Date::from_calendar_date(year, month, day).unwrap_or(Date::MIN)
}

fn months_from(day: Date, months: i32, day_of_month: u8) -> Date {
    let number = day.year() * 12 + i32::from(u8::from(day.month())) - 1 + months;
    let month = u8::try_from(number.rem_euclid(12) + 1).ok().and_then(|month| Month::try_from(month).ok());
    on(number.div_euclid(12), month.unwrap_or(Month::January), day_of_month)
}

#[cfg(test)]
mod tests {
    use billing::period::parse_date;

    use super::*;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period::new(day(from), day(to))
    }

    #[test]
    fn a_month_is_a_billing_period() {
        for (anchor, from, to) in [
            ("2026-09-18", "2026-08-28", "2026-09-27"),
            ("2026-09-27", "2026-08-28", "2026-09-27"),
            ("2026-09-28", "2026-09-28", "2026-10-27"),
            ("2026-01-05", "2025-12-28", "2026-01-27"),
        ] {
            assert_eq!(View::Month.days(day(anchor), 28), period(from, to), "{anchor}");
        }
        assert_eq!(View::Month.days(day("2026-02-28"), 30), period("2026-01-30", "2026-02-27"));
    }

    #[test]
    fn steps_and_last_year_keep_the_kind_of_span() {
        let anchor = day("2024-02-29");
        assert_eq!(View::Month.stepped(anchor, 28, -1), period("2024-01-28", "2024-02-27"));
        assert_eq!(View::Month.stepped(anchor, 28, 1), period("2024-03-28", "2024-04-27"));
        assert_eq!(View::Year.stepped(anchor, 28, -1), period("2023-01-01", "2023-12-31"));
        assert_eq!(View::Day.stepped(anchor, 28, 1), period("2024-03-01", "2024-03-01"));
        assert_eq!(
            View::Day.last_year(period("2024-02-29", "2024-02-29"), 28),
            period("2023-02-28", "2023-02-28")
        );
        let open = View::Month.days(day("2026-09-18"), 28);
        assert_eq!(View::Month.last_year(open, 28), period("2025-08-28", "2025-09-27"));
    }

    #[test]
    fn a_zoom_goes_from_years_to_quarter_hours_and_back() {
        let mut views = vec![View::Years(2026)];
        while let Some(next) = views.last().unwrap().nearer() {
            views.push(next);
        }
        assert_eq!(views, [View::Years(2026), View::Year, View::Month, View::Day, View::Quarters]);
        for pair in views.windows(2) {
            assert_eq!(pair[1].farther(2026), Some(pair[0]));
        }
        assert_eq!(View::Years(2026).days(day("2024-02-29"), 28), period("2022-01-01", "2026-12-31"));
    }

    #[test]
    fn a_month_of_the_year_is_zoomed_to_the_bill_that_is_named_for_it() {
        for (first_day, from, to) in [
            (28, "2026-08-28", "2026-09-27"),
            (1, "2026-09-01", "2026-09-30"),
            (10, "2026-08-10", "2026-09-09"),
        ] {
            let anchor = day_of_bill(day("2026-09-01"), first_day);
            assert_eq!(View::Month.days(anchor, first_day), period(from, to), "from the {first_day}th");
        }
    }
}
