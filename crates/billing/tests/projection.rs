//! PRO-1 to PRO-3 on made-up days whose end is known.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use billing::number::Number;
use billing::period::{Period, parse_date};
use billing::projection::{HistoryBasis, ProjectionFacts, project};
use time::{Date, Duration};

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// The period of September 2026 on its 22nd day, with `history` days before today, each as `use_of` says.
fn facts(history: i64, use_of: impl Fn(i64) -> Option<u32>) -> ProjectionFacts {
    let today = day("2026-09-18");
    let daily_from = today - Duration::days(history);
    let daily: Vec<_> = (0..=history).map(|at| use_of(at).map(Number::from_units)).collect();
    let first = day("2026-08-28");
    let skipped = usize::try_from((first - daily_from).whole_days()).unwrap_or(0);
    let used = daily.iter().skip(skipped).flatten().map(|n| n.millionths()).sum();
    ProjectionFacts {
        tariff: "kw.electricity.investment.statutory".to_owned(),
        breaker_amps: None,
        period: Period::new(first, day("2026-09-27")),
        today,
        used: Number::from_millionths(used),
        daily_from,
        daily,
        day_passed_permille: 1000,
    }
}

#[test]
fn an_even_household_ends_where_it_must() {
    let projection = project(&facts(799, |_| Some(70))).unwrap();
    assert_eq!(projection.basis, HistoryBasis::LastYear);
    assert!(projection.margin_is_own);
    let ends = [&projection.low, &projection.middle, &projection.high].map(|path| path.usage.to_string());
    // 22 days of 70, today's included, and nine to come.
    assert_eq!(ends, ["2170", "2170", "2170"]);
    let limit = projection.crossings[0];
    assert_eq!((limit.tier, limit.limit.to_string().as_str()), (3, "6200/3"));
    // 1,540 + 8 x 70 = 2,100 is the first above 2,066.67.
    assert_eq!(limit.expected, Some(day("2026-09-26")));
    assert_eq!(projection.middle.bill.total.to_string(), "17.050");
    projection.working.replay().unwrap();
}

#[test]
fn last_years_season_counts_at_this_years_level() {
    // Twice last year's use, and last year the days after 18 September were half those before.
    let today = 799;
    let season = |at: i64| if at > today - 364 { 80 } else { 40 };
    let projection = project(&facts(today, |at| {
        Some(if at > today - 363 && at <= today - 350 { 20 } else { season(at) })
    }))
    .unwrap();
    let expected =
        projection.middle.usage.millionths() - facts(today, |at| Some(season(at))).used.millionths();
    assert!(expected < 9 * 80 * 1_000_000, "lower than the days just past: {expected}");
    assert!(
        projection.low.usage <= projection.middle.usage && projection.middle.usage <= projection.high.usage
    );
}

#[test]
fn a_short_history_projects_with_an_assumed_margin() {
    for (history, usage) in [(1, "630"), (5, "630"), (30, "2170")] {
        let mut facts = facts(history, |_| Some(70));
        if history < 21 {
            facts.used = Number::ZERO;
        }
        let projection = project(&facts).unwrap();
        assert_eq!(projection.basis, HistoryBasis::RecentDays, "{history} days");
        assert_eq!(projection.middle.usage.to_string(), usage, "{history} days");
        assert!(!projection.margin_is_own);
        let assumed = projection.findings().any(|finding| finding.code() == "assumed-parameter");
        assert!(assumed && projection.low.usage < projection.middle.usage);
    }
}

#[test]
fn no_history_is_an_error_and_gaps_are_not() {
    let refusal = project(&facts(0, |_| Some(70))).unwrap_err();
    assert_eq!((refusal.error.code(), refusal.field.as_str()), ("history-too-short", "/daily"));
    let refusal = project(&facts(100, |_| None)).unwrap_err();
    assert_eq!(refusal.error.code(), "history-too-short");
    let projection = project(&facts(799, |at| (at % 5 != 0).then_some(70))).unwrap();
    assert!(projection.middle.usage > Number::ZERO);
}

#[test]
fn today_must_lie_in_the_period_and_the_last_day_is_its_end() {
    let mut facts = facts(799, |_| Some(70));
    facts.today = day("2026-09-27");
    let on_last_day = project(&facts).unwrap();
    assert_eq!(on_last_day.middle.usage, facts.used, "nothing is left of the last day");
    facts.today = day("2026-09-28");
    assert_eq!(project(&facts).unwrap_err().error.code(), "out-of-range");
}
