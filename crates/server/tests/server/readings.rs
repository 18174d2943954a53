//! Readings from the head-end: kept once, whatever is repeated, and summed by day exactly.

use api::accounts::Overview;
use api::readings::{Meters, ReadingsKept};

use crate::common::record::{FLAT, FLAT_POWER, VILLA_POWER, day_start, on_each_database};
use crate::common::{KEY, TestApp};

async fn feed(app: &TestApp, spans: &[(i64, u32, &str)]) -> ReadingsKept {
    let reading = |(start, seconds, usage): &(i64, u32, &str)| {
        format!(r#"{{"service_point":"{FLAT_POWER}","start":{start},"seconds":{seconds},"usage":"{usage}"}}"#)
    };
    let readings: Vec<_> = spans.iter().map(reading).collect();
    let reply = app.feed(&format!(r#"{{"readings":[{}]}}"#, readings.join(","))).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn kept(added: u64, repeated: u64, conflicting: u64) -> ReadingsKept {
    ReadingsKept { added, repeated, conflicting }
}

/// The record holds hours to eight in the evening of 18 September.
#[tokio::test]
async fn an_interval_is_kept_once_and_no_moment_is_counted_twice() {
    for app in on_each_database().await {
        let eight = day_start("2026-09-18") + 20 * 3600;
        for (spans, expected, what) in [
            (vec![(eight, 10, "0.01"), (eight + 10, 10, "0.02")], kept(2, 0, 0), "new"),
            (
                vec![(eight + 10, 10, "0.02"), (eight, 10, "0.01")],
                kept(0, 2, 0),
                "the same again, in another order",
            ),
            (vec![(eight, 10, "0.03")], kept(0, 0, 1), "another value"),
            (vec![(eight, 20, "0.01")], kept(0, 0, 1), "another length"),
            (vec![(eight + 5, 10, "0.01")], kept(0, 0, 1), "over the end of one"),
            (vec![(eight - 5, 10, "0.01")], kept(0, 0, 1), "over the end of an hour before"),
            (vec![(eight - 7200, 8_000, "1")], kept(0, 0, 1), "around many"),
            (vec![(eight - 1800, 60, "0.1")], kept(0, 0, 1), "inside an hour"),
            (
                vec![(eight + 30, 10, "1"), (eight + 35, 10, "1"), (eight + 30, 10, "1")],
                kept(1, 1, 1),
                "within one request",
            ),
            (vec![(eight + 20, 10, "0.5")], kept(1, 0, 0), "exactly between two"),
        ] {
            assert_eq!(feed(&app, &spans).await, expected, "{what}");
        }
        let cookie = app.sign_in(FLAT).await;
        let overview: Overview = app.get(&format!("/api/v1/accounts/{FLAT}/overview"), &cookie).await.json();
        let point = &overview.service_points[0];
        let daily: Vec<_> = point.daily.iter().map(|use_| use_.map(|use_| use_.to_string())).collect();
        assert_eq!(daily, [Some("24".into()), Some("21.53".into())]);
        let live = point.live.as_ref().unwrap();
        assert_eq!((live.start, live.usage.to_string().as_str()), (eight + 30, "1"));
        assert_eq!((live.today.to_string().as_str(), live.period.to_string().as_str()), ("21.53", "45.53"));
        assert_eq!(live.power_watts.to_string(), "360000");
    }
}

#[tokio::test]
async fn readings_sent_at_once_by_many_are_kept_once() {
    for app in on_each_database().await {
        let eight = day_start("2026-09-18") + 20 * 3600;
        let spans: Vec<_> = (0..20).map(|at| (eight + at * 10, 10, "0.01")).collect();
        let (a, b, c, d) =
            tokio::join!(feed(&app, &spans), feed(&app, &spans), feed(&app, &spans), feed(&app, &spans));
        let added = a.added + b.added + c.added + d.added;
        let repeated = a.repeated + b.repeated + c.repeated + d.repeated;
        assert_eq!((added, repeated), (20, 60));
    }
}

#[tokio::test]
async fn the_head_end_learns_how_far_each_digital_meter_is() {
    for app in on_each_database().await {
        let bearer = format!("Bearer {KEY}");
        let meters: Meters =
            app.send("GET", "/api/v1/meters", &[("authorization", &bearer)], b"").await.json();
        let known: Vec<_> =
            meters.meters.iter().map(|m| (m.service_point.0.as_str(), m.reported_to)).collect();
        let eight = day_start("2026-09-18") + 20 * 3600;
        assert_eq!(known, [(FLAT_POWER, Some(eight)), (VILLA_POWER, None)]);
        assert_eq!(meters.now, app.state.clock.now());
    }
}
