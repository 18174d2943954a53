//! Head-ends: a key each, which may be revoked; their own meters alone; and no more at once than can be written.

use api::commands::{Command, CommandResult, Commands, Order, PostAcknowledgement};
use api::meter_events::CutReason;
use api::problem::Problem;
use api::readings::{Meters, ReadingsTaken};
use server::actions::send_command::queue_command;
use server::secrets;
use server::store::{accounts, head_ends, interval_findings};

use crate::common::record::{FLAT_POWER, FLAT_WATER, VILLA_POWER, day_start, on_each_database};
use crate::common::{KEY, TestApp};

const NORTH: &str = "the-key-of-the-north";
const SOUTH: &str = "the-key-of-the-south";

/// Two head-ends; the flat's meter reports to the north, the villa's to any.
async fn with_head_ends(app: &TestApp) {
    let mut record = app.state.store.begin().await.unwrap();
    head_ends::add(&mut record, "north", &secrets::hash(NORTH), 1).await.unwrap();
    head_ends::add(&mut record, "south", &secrets::hash(SOUTH), 1).await.unwrap();
    head_ends::assign(&mut record, "M-flat-electricity", "north").await.unwrap();
    record.commit().await.unwrap();
}

fn readings(spans: &[(&str, i64, &str)]) -> String {
    let reading = |(point, at, usage): &(&str, i64, &str)| {
        let start = day_start("2026-09-18") + 20 * 3600 + at;
        format!(r#"{{"service_point":"{point}","start":{start},"seconds":10,"usage":"{usage}"}}"#)
    };
    format!(r#"{{"readings":[{}]}}"#, spans.iter().map(reading).collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn a_meter_takes_the_word_of_its_own_head_end_alone() {
    for app in on_each_database().await {
        with_head_ends(&app).await;
        let both = readings(&[(FLAT_POWER, 0, "0.01"), (VILLA_POWER, 0, "0.01")]);
        for (key, added, refused) in [(SOUTH, 1, vec![(0, "item-meter-unknown")]), (NORTH, 1, vec![])] {
            let taken: ReadingsTaken = app.post_as(key, "/api/v1/readings", &both).await.json();
            let told: Vec<_> = taken.refused.iter().map(|r| (r.index, r.code.as_str())).collect();
            assert_eq!((taken.kept.added, told), (added, refused), "{key}");
        }
        for (key, seen) in
            [(NORTH, vec![FLAT_POWER, VILLA_POWER]), (SOUTH, vec![VILLA_POWER]), (KEY, vec![VILLA_POWER])]
        {
            let meters: Meters = app.get_as(key, "/api/v1/meters").await.json();
            let points: Vec<_> = meters.meters.iter().map(|meter| meter.service_point.0.as_str()).collect();
            assert_eq!(points, seen, "{key}");
        }
    }
}

/// Whoever feeds meters asks which are cut, and does not have to remember it.
#[tokio::test]
async fn a_meter_is_cut_until_its_own_event_ends_that() {
    for app in on_each_database().await {
        let at = day_start("2026-09-18") + 20 * 3600;
        for (id, what, is_cut) in [
            ("1", r#"{"kind":"tamper"}"#, false),
            ("2", r#"{"kind":"disconnected","reason":{"kind":"debt","amount":"1"}}"#, true),
            ("3", r#"{"kind":"voltage-steady"}"#, true),
            ("4", r#"{"kind":"connected"}"#, false),
            ("5", r#"{"kind":"voltage-high","volts":"270"}"#, true),
        ] {
            let at = at + id.parse::<i64>().unwrap();
            let event = format!(r#"{{"id":"{id}","service_point":"{FLAT_POWER}","at":{at},"what":{what}}}"#);
            let body = format!(r#"{{"events":[{event}]}}"#);
            assert_eq!(app.post_as(KEY, "/api/v1/meter-events", &body).await.status, 200, "{what}");
            let meters: Meters = app.get_as(KEY, "/api/v1/meters").await.json();
            let meter = meters.meters.iter().find(|meter| meter.service_point.0 == FLAT_POWER).unwrap();
            assert_eq!(meter.is_cut, is_cut, "{what}");
        }
    }
}

#[tokio::test]
async fn a_revoked_key_opens_nothing() {
    for app in on_each_database().await {
        with_head_ends(&app).await;
        assert_eq!(app.get_as(SOUTH, "/api/v1/meters").await.status, 200);
        let mut record = app.state.store.begin().await.unwrap();
        assert!(head_ends::revoke(&mut record, "south", 2).await.unwrap());
        assert!(!head_ends::revoke(&mut record, "south", 3).await.unwrap(), "once");
        record.commit().await.unwrap();
        for path in ["/api/v1/meters", "/api/v1/commands"] {
            let refused: Problem = app.get_as(SOUTH, path).await.json();
            assert_eq!((refused.status, refused.code.as_str()), (401, "key-wrong"), "{path}");
        }
        assert_eq!(app.get_as(NORTH, "/api/v1/meters").await.status, 200);
    }
}

#[tokio::test]
async fn when_too_much_waits_the_head_end_is_told_to_come_again() {
    for app in on_each_database().await {
        let mut held = Vec::new();
        while let Ok(place) = app.state.intake.enter() {
            held.push(place);
        }
        for (path, body) in
            [("/api/v1/readings", r#"{"readings":[]}"#), ("/api/v1/meter-events", r#"{"events":[]}"#)]
        {
            let busy = app.post_as(KEY, path, body).await;
            assert_eq!((busy.status, busy.header("retry-after")), (503, Some("1")), "{path}");
            assert_eq!(busy.json::<Problem>().code, "server-busy");
        }
        held.clear();
        assert_eq!(app.feed(r#"{"readings":[]}"#).await.status, 200);
    }
}

#[tokio::test]
async fn what_was_found_about_readings_stands_beside_them() {
    for app in on_each_database().await {
        let spans = [
            (FLAT_POWER, 30, "0.01"),
            (FLAT_POWER, 10, "0.01"),
            (FLAT_POWER, 20, "-1"),
            (FLAT_POWER, 40, "900"),
            (FLAT_POWER, 10, "0.02"),
        ];
        for _ in 0..2 {
            assert_eq!(app.feed(&readings(&spans)).await.status, 200);
        }
        let eight = day_start("2026-09-18") + 20 * 3600;
        let point = api::accounts::ServicePointId(FLAT_POWER.into());
        let mut db = app.state.store.read().await.unwrap();
        let found = interval_findings::between(&mut db, &point, eight, eight + 60).await.unwrap();
        let found: Vec<_> =
            found.iter().map(|(at, kind, detail)| (at - eight, kind.as_str(), *detail)).collect();
        let expected = [
            (10, "gap", 10),
            (10, "overlaps", 20_000),
            (20, "negative", -1_000_000),
            (30, "gap", 10),
            (40, "spike", 900_000_000),
        ];
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_command_waits_for_its_own_head_end_until_it_is_acknowledged() {
    for app in on_each_database().await {
        with_head_ends(&app).await;
        let mut record = app.state.store.begin().await.unwrap();
        let mut queued: Vec<Command> = Vec::new();
        for (now, point, order) in [
            (10, FLAT_POWER, Order::Disconnect { reason: CutReason::Debt { amount: "12.345".into() } }),
            (11, VILLA_POWER, Order::Connect),
        ] {
            let point = api::accounts::ServicePointId(point.into());
            let point = accounts::find_point(&mut record, &point).await.unwrap().unwrap();
            queued.push(queue_command(&mut record, now, &point, order).await.unwrap());
        }
        let water = api::accounts::ServicePointId(FLAT_WATER.into());
        let water = accounts::find_point(&mut record, &water).await.unwrap().unwrap();
        assert!(queue_command(&mut record, 12, &water, Order::Connect).await.is_err(), "read by hand");
        record.commit().await.unwrap();

        let waiting = async |key: &str| app.get_as(key, "/api/v1/commands").await.json::<Commands>().commands;
        assert_eq!(waiting(NORTH).await, queued);
        assert_eq!(waiting(SOUTH).await, queued[1..]);
        let acknowledge = async |key: &str, command: &str| {
            let said = PostAcknowledgement { command: command.into(), at: 20, result: CommandResult::Done };
            let said = serde_json::to_string(&said).unwrap();
            app.post_as(key, "/api/v1/commands/acknowledgements", &said).await.status
        };
        for (key, command, status, left) in [
            (SOUTH, queued[0].id.as_str(), 404, 2),
            (NORTH, "none", 404, 2),
            (NORTH, "a\0b", 404, 2),
            (NORTH, &queued[0].id, 200, 1),
            (NORTH, &queued[0].id, 200, 1),
            (SOUTH, &queued[1].id, 200, 0),
        ] {
            assert_eq!(acknowledge(key, command).await, status, "{command}");
            assert_eq!(waiting(NORTH).await.len(), left, "{command}");
        }
    }
}
