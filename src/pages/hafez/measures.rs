//! Measures taken from the household's own days: no share in them is assumed.

use billing::number::Number;
use billing::projection::{Projection, ProjectionFacts};
use time::{Date, Duration, Weekday};
use words::Language;

/// The days just past that are looked at: four of each weekday.
const LOOKED_AT: usize = 28;

/// Something the household could do for the rest of the month.
#[derive(Clone, Copy)]
pub struct Measure {
    /// What.
    pub words: fn(Language) -> &'static str,
    /// Units that it saves.
    pub saved: Number,
}

/// The measures that save something, the largest first.
pub fn of(facts: &ProjectionFacts, projection: &Projection) -> Vec<Measure> {
    let past = past_days(facts);
    let ahead: Vec<(Date, i64)> =
        days(facts.today, projection.ahead.iter().map(|day| day.millionths())).collect();
    // Today is half over: what can be changed begins tomorrow.
    let ahead = ahead.get(1..).unwrap_or_default();
    let mut measures: Vec<Measure> = [
        (words::hafez_measure_thrifty as fn(Language) -> &'static str, thrifty(&past, ahead)),
        (words::hafez_measure_weekend, weekend(&past, ahead)),
    ]
    .into_iter()
    .filter_map(|(words, saved)| Some(Measure { words, saved: Number::from_millionths(saved?) }))
    .filter(|measure| measure.saved > Number::ZERO)
    .collect();
    measures.sort_by_key(|measure| std::cmp::Reverse(measure.saved));
    measures
}

/// Each day to come like the mean of the lowest quarter of the days just past.
fn thrifty(past: &[(Date, i64)], ahead: &[(Date, i64)]) -> Option<i64> {
    let mut used: Vec<i64> = past.iter().map(|(_, used)| *used).collect();
    used.sort_unstable();
    used.truncate(used.len() / 4);
    let low = mean(used.into_iter())?;
    Some(ahead.iter().map(|(_, expected)| (expected - low).max(0)).sum())
}

/// Each weekend day to come loses what those just past took more than workdays.
fn weekend(past: &[(Date, i64)], ahead: &[(Date, i64)]) -> Option<i64> {
    let on =
        |wanted: bool| past.iter().filter(move |(day, _)| is_weekend(*day) == wanted).map(|(_, used)| *used);
    let more = (mean(on(true))? - mean(on(false))?).max(0);
    let count = ahead.iter().filter(|(day, _)| is_weekend(*day)).count();
    more.checked_mul(i64::try_from(count).ok()?)
}

fn mean(used: impl Iterator<Item = i64>) -> Option<i64> {
    let (sum, count) = used.fold((0_i64, 0_i64), |(sum, count), used| (sum.saturating_add(used), count + 1));
    (count > 0).then(|| sum / count)
}

/// The weekend of Kuwait and Saudi Arabia.
const fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Friday | Weekday::Saturday)
}

/// The measured days just before today.
fn past_days(facts: &ProjectionFacts) -> Vec<(Date, i64)> {
    let before = usize::try_from((facts.today - facts.daily_from).whole_days()).unwrap_or(0);
    let before = before.min(facts.daily.len());
    let skipped = before.saturating_sub(LOOKED_AT);
    let first = facts.daily_from + Duration::days(i64::try_from(skipped).unwrap_or(0));
    let used = facts.daily[skipped..before].iter();
    days(first, used.map(|day| day.map_or(-1, Number::millionths))).filter(|(_, used)| *used >= 0).collect()
}

fn days(first: Date, used: impl Iterator<Item = i64>) -> impl Iterator<Item = (Date, i64)> {
    (0_i64..).map(move |day| first + Duration::days(day)).zip(used)
}

#[cfg(test)]
mod tests {
    use billing::period::parse_date;

    use super::*;

    fn past(used: &[i64]) -> Vec<(Date, i64)> {
        days(parse_date("2026-09-06").unwrap(), used.iter().copied()).collect()
    }

    #[test]
    fn days_to_come_are_measured_against_the_thriftiest_just_past() {
        // Of eight days the two lowest took 10 and 20: 15 on the mean.
        let past = past(&[50, 10, 40, 20, 60, 30, 70, 80]);
        let ahead = days(parse_date("2026-09-19").unwrap(), [40, 10, 15].into_iter()).collect::<Vec<_>>();
        assert_eq!(thrifty(&past, &ahead), Some(25));
        assert_eq!(thrifty(&[], &ahead), None);
    }

    #[test]
    fn a_weekend_saves_what_it_takes_more_than_a_workday() {
        // From Sunday: 10 on workdays, 16 on Friday and Saturday.
        let past = past(&[10, 10, 10, 10, 10, 16, 16]);
        let ahead = days(parse_date("2026-09-13").unwrap(), [10; 7].into_iter()).collect::<Vec<_>>();
        assert_eq!(weekend(&past, &ahead), Some(12));
        assert_eq!(weekend(&past[..5], &ahead), None);
    }
}
