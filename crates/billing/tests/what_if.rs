//! Changes tried on a projection whose days are known: September 2026 of 70 kWh a day, on its 22nd day.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use billing::bill::{self, BillFacts};
use billing::number::Number;
use billing::period::{Period, parse_date};
use billing::projection::{
    Changes, ProjectionFacts, WhatIf, cooling_percent, most_degrees, project, what_if,
};
use time::{Date, Duration};

const TIERS: &str = "kw.electricity.investment.statutory";

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// 22 days of the period are over, today included; nine are to come.
fn facts() -> ProjectionFacts {
    let today = day("2026-09-18");
    ProjectionFacts {
        tariff: TIERS.to_owned(),
        breaker_amps: None,
        period: Period::new(day("2026-08-28"), day("2026-09-27")),
        today,
        used: Number::from_units(1540),
        daily_from: today - Duration::days(60),
        daily: vec![Some(Number::from_units(70)); 61],
        day_passed_permille: 1000,
    }
}

fn changes(warmer_degrees: u8, days_away: usize) -> Changes {
    Changes { tariff: TIERS.to_owned(), warmer_degrees, days_away, prepaid: false }
}

fn tried(changes: &Changes) -> WhatIf {
    let facts = facts();
    what_if(&facts, &project(&facts).unwrap(), changes).unwrap()
}

fn usage(tried: &WhatIf) -> String {
    tried.ends[1].usage.to_string()
}

#[test]
fn nothing_changed_is_the_projection_itself() {
    let (facts, tried) = (facts(), tried(&changes(0, 0)));
    let projection = project(&facts).unwrap();
    let ends = [&projection.low, &projection.middle, &projection.high];
    for (end, path) in tried.ends.iter().zip(ends) {
        assert_eq!((end.usage, end.total), (path.usage, path.bill.total));
    }
    assert_eq!(tried.crossings, projection.crossings);
    assert_eq!((tried.cooling_saved, tried.away_saved), (Number::ZERO, Number::ZERO));
}

#[test]
fn each_degree_takes_its_share_of_the_months_cooling() {
    // Nine days of 70: 630 x 60 % x degrees x 6 %.
    for (degrees, saved, end) in
        [(0, "0", "2170"), (1, "22.68", "2147.32"), (2, "45.36", "2124.64"), (4, "90.72", "2079.28")]
    {
        let tried = tried(&changes(degrees, 0));
        assert_eq!(
            (tried.cooling_saved.to_string().as_str(), usage(&tried).as_str()),
            (saved, end),
            "{degrees}"
        );
        tried.working.replay().unwrap();
    }
}

#[test]
fn a_day_away_takes_its_share_and_none_for_cooling() {
    // 70 x 60 % a day; two degrees take 70 x 60 % x 12 % of each of the six days at home.
    for (degrees, days, cooling, away) in
        [(0, 1, "0", "42"), (0, 9, "0", "378"), (2, 3, "30.24", "126"), (4, 9, "0", "378")]
    {
        let tried = tried(&changes(degrees, days));
        let saved = (tried.cooling_saved.to_string(), tried.away_saved.to_string());
        assert_eq!(saved, (cooling.to_owned(), away.to_owned()), "{degrees} degrees, {days} days");
    }
}

#[test]
fn enough_days_away_avoid_the_third_tier() {
    // Its limit is 2,066.67: 2,170 less 42 a day.
    for (days, crosses) in [(0, true), (2, true), (3, false)] {
        let tried = tried(&changes(0, days));
        assert_eq!(tried.crossings[0].expected.is_some(), crosses, "{days} days away: {}", usage(&tried));
    }
}

#[test]
fn the_ends_of_the_sliders_are_the_last_that_are_allowed() {
    let (facts, most) = (facts(), most_degrees());
    let projection = project(&facts).unwrap();
    for (degrees, days, field) in
        [(most + 1, 0, "/warmer_degrees"), (u8::MAX, 0, "/warmer_degrees"), (0, 10, "/days_away")]
    {
        let refusal = what_if(&facts, &projection, &changes(degrees, days)).unwrap_err();
        assert_eq!((refusal.error.code(), refusal.field.as_str()), ("out-of-range", field));
    }
    for days in 0..=9 {
        let tried = tried(&changes(most, days));
        for end in tried.ends {
            assert!(end.usage >= facts.used, "what was used stays used: {}", end.usage);
        }
    }
}

#[test]
fn no_month_saves_more_than_it_uses() {
    for month in 1..=12 {
        let share = cooling_percent(day(&format!("2026-{month:02}-01"))).unwrap();
        assert!(share <= Number::from_units(100), "month {month}: {share}");
    }
}

#[test]
fn another_schedule_prices_the_same_use() {
    let flat = Changes { tariff: "kw.electricity.investment".to_owned(), ..changes(0, 0) };
    let tried = tried(&flat);
    assert_eq!((usage(&tried).as_str(), tried.ends[1].total.to_string().as_str()), ("2170", "10.850"));
    assert!(tried.crossings.is_empty() && tried.tiers.len() == 1);
}

#[test]
fn prepaid_counts_by_calendar_month() {
    // August has 27 days of 70 before the period and four in it, September 27 of 70.
    let tried = tried(&Changes { prepaid: true, ..changes(0, 0) });
    let cost = |from: &str, to: &str, days: u32| {
        let period = Period::new(day(from), day(to));
        let facts = BillFacts::of_schedule(TIERS, period, Number::from_units(70 * days), None);
        bill::calculate(&facts).unwrap().total.minor()
    };
    let (all, before) = (cost("2026-08-01", "2026-08-31", 31), cost("2026-08-01", "2026-08-31", 27));
    let september = cost("2026-09-01", "2026-09-30", 27);
    assert_eq!(tried.ends[1].total.minor(), all - before + september);
    assert_eq!(usage(&tried), "2170", "paying in advance saves nothing by itself");
    assert!(tried.findings.iter().any(|finding| finding.code() == "assumed-parameter"));
    tried.working.replay().unwrap();
}

#[test]
fn what_is_assumed_says_so() {
    let names = |changes: &Changes| -> Vec<String> {
        let findings = tried(changes).findings;
        findings.iter().map(|finding| format!("{finding:?}")).collect()
    };
    let has = |names: &[String], name: &str| names.iter().any(|finding| finding.contains(name));
    let none = names(&changes(0, 0));
    assert!(!has(&none, "cooling-share") && !has(&none, "day-away"));
    let both = names(&changes(1, 1));
    assert!(has(&both, "cooling-share") && has(&both, "cooling-degree") && has(&both, "day-away"));
}

#[test]
fn the_middle_of_a_period_knows_only_the_days_before_it() {
    let mut facts = facts();
    let period = Period::new(day("2026-07-28"), day("2026-08-27"));
    let then = facts.at_middle_of(period).unwrap();
    assert_eq!((then.today, then.used), (day("2026-08-12"), Number::from_units(15 * 70)));
    let before = project(&then).unwrap();
    // What came later does not change it.
    let later = usize::try_from((then.today - facts.daily_from).whole_days()).unwrap();
    facts.daily[later..].fill(Some(Number::from_units(7)));
    assert_eq!(project(&facts.at_middle_of(period).unwrap()).unwrap(), before);
    facts.daily[later - 1] = None;
    assert_eq!(facts.at_middle_of(period), None, "a day was not measured");
    assert_eq!(facts.at_middle_of(Period::new(day("2026-06-28"), day("2026-07-27"))), None);
}
