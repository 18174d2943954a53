//! Use in spans, to the boundary of an hour, a day and a month.

use api::accounts::{Quality, ServicePointId};
use api::consumption::{Consumption, Span};
use api::intervals::Intervals;
use server::store::intervals::{Interval, Origin, add};

use crate::common::TestApp;
use crate::common::record::{FLAT, FLAT_POWER, FLAT_WATER, OFFSET_S, day_start, kwh, on_each_database};

async fn ask(app: &TestApp, point: &str, from: &str, to: &str, step: &str) -> Consumption {
    let cookie = app.sign_in(FLAT).await;
    let path =
        format!("/api/v1/accounts/{FLAT}/service-points/{point}/consumption?from={from}&to={to}&step={step}");
    let reply = app.get(&path, &cookie).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn usages(spans: &[Span]) -> Vec<String> {
    spans.iter().map(|span| span.usage.map_or("-".into(), |usage| usage.to_string())).collect()
}

/// The record holds 1 kWh for each hour from midnight of 17 September to eight in the evening of the 18th.
#[tokio::test]
async fn electricity_by_hour_day_and_month() {
    for app in on_each_database().await {
        let hours = ask(&app, FLAT_POWER, "2026-09-18", "2026-09-18", "hour").await;
        assert_eq!((hours.unit.as_str(), hours.utc_offset_seconds, hours.spans.len()), ("kWh", 10_800, 24));
        assert_eq!(usages(&hours.spans)[18..22], ["1", "1", "-", "-"]);
        let midnight = day_start("2026-09-18");
        assert_eq!((hours.spans[0].start, hours.spans[0].end), (midnight, midnight + 3600));

        let days = ask(&app, FLAT_POWER, "2026-09-16", "2026-09-19", "day").await;
        assert_eq!(usages(&days.spans), ["-", "24", "20", "-"]);
        assert_eq!((days.spans[2].start, days.spans[2].end), (midnight, midnight + 86_400));

        let months = ask(&app, FLAT_POWER, "2026-08-01", "2026-10-31", "month").await;
        assert_eq!(usages(&months.spans), ["-", "44", "-"]);
        assert_eq!(
            (months.spans[1].start, months.spans[1].end),
            (day_start("2026-09-01"), day_start("2026-10-01"))
        );
        let from_the_second = ask(&app, FLAT_POWER, "2026-08-02", "2026-09-01", "month").await;
        assert_eq!(usages(&from_the_second.spans), ["44"], "August began before, September is whole");

        let years = ask(&app, FLAT_POWER, "2025-01-01", "2027-12-31", "year").await;
        assert_eq!(usages(&years.spans), ["-", "44", "-"]);
        let year = &years.spans[1];
        assert_eq!((year.start, year.end), (day_start("2026-01-01"), day_start("2027-01-01")));
    }
}

#[tokio::test]
async fn water_from_reading_to_reading() {
    for app in on_each_database().await {
        let readings = ask(&app, FLAT_WATER, "2026-07-01", "2026-09-18", "reading").await;
        assert_eq!((readings.unit.as_str(), usages(&readings.spans)), ("imp gal", vec!["2340".to_owned()]));
        let span = &readings.spans[0];
        assert_eq!((span.start, span.end), (day_start("2026-07-28"), day_start("2026-08-28")));
        let after = ask(&app, FLAT_WATER, "2026-07-28", "2026-07-28", "reading").await;
        assert_eq!(after.spans.len(), 1, "a span that begins within ends with the next reading");
        let none = ask(&app, FLAT_WATER, "2026-07-29", "2026-08-27", "reading").await;
        assert_eq!(none.spans.len(), 0, "one that began before is not asked for");
    }
}

/// Adds three quarters of the hour from eight in the evening of 18 September: 100, 200 and 300 watt-hours.
async fn add_quarters(app: &TestApp) {
    let eight = day_start("2026-09-18") + 20 * 3600;
    let quarter = |at: i64| Interval {
        start: eight + at * 900,
        seconds: 900,
        usage: (at + 1) * kwh(1) / 10,
        quality: Quality::Actual,
    };
    let mut record = app.state.store.begin().await.unwrap();
    let point = ServicePointId(FLAT_POWER.into());
    add(&mut record, &point, OFFSET_S, &[0, 1, 2].map(quarter), Origin::File).await.unwrap();
    record.commit().await.unwrap();
}

#[tokio::test]
async fn a_quarter_hour_holds_only_what_was_measured_in_quarter_hours() {
    for app in on_each_database().await {
        add_quarters(&app).await;
        let quarters = ask(&app, FLAT_POWER, "2026-09-18", "2026-09-18", "quarter-hour").await;
        assert_eq!(quarters.spans.len(), 96);
        assert_eq!(usages(&quarters.spans)[78..84], ["-", "-", "0.1", "0.2", "0.3", "-"]);
        let hours = ask(&app, FLAT_POWER, "2026-09-18", "2026-09-18", "hour").await;
        assert_eq!(usages(&hours.spans)[19..21], ["1", "0.6"], "hours and quarter hours alike are in hours");
    }
}

async fn intervals(app: &TestApp, cookie: &str, from: &str, to: &str) -> (u16, Option<Intervals>) {
    let path = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_POWER}/intervals?from={from}&to={to}");
    let reply = app.get(&path, cookie).await;
    (reply.status, (reply.status == 200).then(|| reply.json()))
}

#[tokio::test]
async fn intervals_are_as_fine_as_all_of_the_days_are() {
    for app in on_each_database().await {
        add_quarters(&app).await;
        let cookie = app.sign_in(FLAT).await;
        let last = day_start("2026-09-19");
        let mut record = app.state.store.begin().await.unwrap();
        let quarter = Interval { start: last, seconds: 900, usage: kwh(1), quality: Quality::Actual };
        let minute = Interval { start: last + 1800, seconds: 60, ..quarter };
        let point = ServicePointId(FLAT_POWER.into());
        add(&mut record, &point, OFFSET_S, &[quarter, minute], Origin::File).await.unwrap();
        record.commit().await.unwrap();

        let (_, mixed) = intervals(&app, &cookie, "2026-09-17", "2026-09-18").await;
        let mixed = mixed.unwrap();
        assert_eq!((mixed.seconds, mixed.start, mixed.usages.len()), (3600, day_start("2026-09-17"), 45));
        assert_eq!(mixed.usages[43..], [Some(kwh(1)), Some(kwh(6) / 10)]);
        let (_, fine) = intervals(&app, &cookie, "2026-09-19", "2026-09-20").await;
        let fine = fine.unwrap();
        assert_eq!((fine.seconds, fine.usages), (900, vec![Some(kwh(1)), None, Some(kwh(1))]));
        let (_, none) = intervals(&app, &cookie, "2026-09-01", "2026-09-02").await;
        assert_eq!(none.unwrap().usages, []);
        for (from, to, status) in [
            ("2025-09-20", "2026-09-20", 200),
            ("2025-09-19", "2026-09-20", 422),
            ("2026-09-20", "2026-09-19", 422),
        ] {
            assert_eq!(intervals(&app, &cookie, from, to).await.0, status, "{from} to {to}");
        }
    }
}
