//! Use in spans, to the boundary of an hour, a day and a month.

use api::consumption::{Consumption, Span};

use crate::common::TestApp;
use crate::common::record::{FLAT, FLAT_POWER, FLAT_WATER, day_start, on_each_database};

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
