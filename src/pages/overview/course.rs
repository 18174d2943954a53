//! How the open period came to where it stands, and how it goes on.

use api::accounts::ServicePoint;
use billing::number::Number;
use time::Date;

use super::figures::{End, Month};

/// Sums of the open period from its first day on, in millionths of the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Days of the period.
    pub days: i64,
    /// Since its beginning, in thousandths of days.
    pub now_permille: i64,
    /// At each midnight from the first to today's.
    pub used: Vec<i64>,
    /// Now and at each midnight to come: with few, usual and many units.
    pub ahead: [Vec<i64>; 3],
    /// At each midnight of the same days of last year; empty if one of them was not measured.
    pub last_year: Vec<i64>,
}

/// The course of the month at this point.
pub fn course(point: &ServicePoint, month: &Month) -> Course {
    let first = point.period.first();
    let gone = (month.today.0 - first).whole_days();
    let now = month.used.millionths();
    let [_, middle, _] = &month.ends;
    let expected = middle.usage.millionths() - now;
    // The way to an end has the shape of the expected one.
    let ahead = |end: &End| {
        let share = |sum: i64| {
            let part =
                i128::from(end.usage.millionths() - now) * i128::from(sum) / i128::from(expected.max(1));
            now + i64::try_from(part).unwrap_or(0)
        };
        sums(month.ahead.iter().map(|day| day.millionths())).into_iter().map(share).collect()
    };
    let year_ago = first.replace_year(first.year() - 1).ok();
    Course {
        days: point.period.days(),
        now_permille: gone * 1000 + i64::from(month.passed_permille),
        used: sums(days_from(point, first, gone).into_iter().map(|day| day.unwrap_or(0))),
        ahead: month.ends.each_ref().map(ahead),
        last_year: year_ago
            .and_then(|first| {
                days_from(point, first, point.period.days()).into_iter().collect::<Option<Vec<_>>>()
            })
            .map(|days| sums(days.into_iter()))
            .unwrap_or_default(),
    }
}

/// The use of `count` days from `first`, in millionths.
fn days_from(point: &ServicePoint, first: Date, count: i64) -> Vec<Option<i64>> {
    let before = (first - point.daily_from.0).whole_days();
    let used = |day| {
        let known = usize::try_from(day).ok().and_then(|day| point.daily.get(day).copied().flatten());
        known.map(Number::millionths)
    };
    (before..before + count).map(used).collect()
}

/// 0 and the sum after each.
fn sums(days: impl Iterator<Item = i64>) -> Vec<i64> {
    let running = days.scan(0_i64, |sum, day| {
        *sum = sum.saturating_add(day);
        Some(*sum)
    });
    std::iter::once(0).chain(running).collect()
}

#[cfg(test)]
mod tests {
    use super::super::figures::{
        self,
        tests::{day, point},
    };
    use super::*;

    #[test]
    fn the_course_begins_at_nothing_passes_now_and_ends_at_the_ends() {
        let month = figures::month(&point(), None, (day("2026-08-30"), 500)).unwrap();
        let Course { days, now_permille, used, ahead, last_year } = course(&point(), &month);
        assert_eq!((days, now_permille), (31, 2_500));
        // Two whole days of 60 and 70 kWh; today's 30 are not over.
        assert_eq!(used, [0, 60_000_000, 130_000_000]);
        for (sums, end) in ahead.iter().zip(&month.ends) {
            assert_eq!(sums.len(), 30, "now and each midnight to come");
            assert_eq!(sums.first(), Some(&month.used.millionths()));
            let error = sums.last().unwrap() - end.usage.millionths();
            assert!(error.abs() < 100, "{error} millionths");
        }
        assert!(last_year.is_empty());
    }
}
