//! Files behind links: without a session, for a day, whole, and read back to the same sum.

use api::exports::ExportLink;
use api::problem::Problem;
use green_button::Limits;

use crate::common::TestApp;
use crate::common::record::{FLAT, FLAT_POWER, FLAT_WATER, VILLA_POWER, day_start, hour, on_each_database};

async fn link(app: &TestApp, body: &str) -> ExportLink {
    let cookie = app.sign_in(FLAT).await;
    let reply = app.post_json(&format!("/api/v1/accounts/{FLAT}/exports"), body, &cookie).await;
    assert_eq!(reply.status, 200, "{body}: {}", reply.text());
    reply.json()
}

/// Without a cookie; the body of a reply that is sent in pieces is put together.
async fn open(app: &TestApp, path: &str) -> (u16, Option<String>, String) {
    let reply = app.get(path, "").await;
    let chunked = reply.header("transfer-encoding") == Some("chunked");
    let text = if chunked { unchunked(&reply.body) } else { reply.text() };
    (reply.status, reply.header("content-disposition").map(str::to_owned), text)
}

fn unchunked(mut body: &[u8]) -> String {
    let mut text = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n").unwrap();
        let length = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return String::from_utf8(text).unwrap();
        }
        text.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[end + 4 + length..];
    }
}

#[tokio::test]
async fn green_button_is_read_back_to_the_same_sum() {
    for app in on_each_database().await {
        // Several pieces, an estimate, a gap, and millionths.
        let mut hours: Vec<_> =
            (0..5_000).map(|at| hour(day_start("2025-01-01") + at * 3600, 1_234_567 + at)).collect();
        hours.remove(77);
        hours[5].quality = api::accounts::Quality::Estimated;
        let mut record = app.state.store.begin().await.unwrap();
        let point = api::accounts::ServicePointId(FLAT_POWER.into());
        let origin = server::store::intervals::Origin::File;
        server::store::intervals::add(&mut record, &point, 10_800, &hours, origin).await.unwrap();
        record.commit().await.unwrap();

        let all = link(&app, &format!(r#"{{"kind":"green-button","service_point":"{FLAT_POWER}"}}"#)).await;
        let (status, disposition, text) = open(&app, &all.path).await;
        assert_eq!(status, 200);
        assert_eq!(disposition.unwrap(), "attachment; filename=\"adad-green-button-2026-09-18.xml\"");
        let file = green_button::read(text.as_bytes(), Limits::default()).unwrap();
        let sum: i64 = hours.iter().map(|hour| hour.usage).sum();
        // The record's own 44 hours of 1 kWh come after these.
        assert_eq!((file.readings.len(), file.total_micro), (4_999 + 44, sum + 44_000_000));
        assert_eq!((file.utc_offset_s, file.gaps.len(), file.duplicates), (Some(10_800), 2, 0));
        let estimated =
            |reading: &&green_button::Interval| reading.quality == green_button::Quality::Estimated;
        assert_eq!(file.readings.iter().filter(estimated).count(), 1);
        assert!(file.other_types.is_empty() && file.conflicts.is_empty());

        let body = format!(
            r#"{{"kind":"green-button","service_point":"{FLAT_POWER}","from":"2025-01-02","to":"2025-01-02"}}"#
        );
        let (_, _, day) = open(&app, &link(&app, &body).await.path).await;
        let file = green_button::read(day.as_bytes(), Limits::default()).unwrap();
        assert_eq!((file.readings.len(), file.start), (24, day_start("2025-01-02")));
    }
}

#[tokio::test]
async fn csv_has_a_line_of_names_and_a_line_each() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        let (_, name, bills) = open(&app, &link(&app, r#"{"kind":"bills-csv"}"#).await.path).await;
        assert_eq!(name.unwrap(), "attachment; filename=\"adad-bills-2026-09-18.csv\"");
        let lines: Vec<_> = bills.split("\r\n").collect();
        assert!(lines[0].starts_with("bill,kind,corrects,"), "{bills}");
        assert_eq!(
            lines[1..],
            [
                "1001-2026-08,actual,,,2026-07-28,2026-08-27,2026-08-28,2026-09-27,KWD,25.180,due,2400,2340",
                ""
            ]
        );
        let later = link(&app, r#"{"kind":"bills-csv","from":"2026-08-29"}"#).await;
        assert_eq!(open(&app, &later.path).await.2.lines().count(), 1);

        let (_, _, readings) = open(&app, &link(&app, r#"{"kind":"readings-csv"}"#).await.path).await;
        let lines: Vec<_> = readings.split("\r\n").collect();
        assert_eq!(lines.len(), 1 + 44 + 1 + 1, "names, hours, water, and the end");
        assert_eq!(
            lines[1],
            "flat-electricity,electricity,M-flat-electricity,2026-09-17T00:00:00+03:00,2026-09-17T01:00:00+03:00,,,1,kWh,actual"
        );
        assert_eq!(
            lines[45],
            "flat-water,water,M-flat-water,2026-07-28T00:00:00+03:00,2026-08-28T00:00:00+03:00,50000,52340,2340,imp gal,actual"
        );
        let body = format!(r#"{{"kind":"readings-csv","service_point":"{FLAT_WATER}"}}"#);
        assert_eq!(open(&app, &link(&app, &body).await.path).await.2.lines().count(), 2);
    }
}

#[tokio::test]
async fn a_link_that_was_changed_or_is_over_opens_nothing() {
    for app in on_each_database().await {
        let made = link(&app, r#"{"kind":"bills-csv"}"#).await;
        assert_ne!(link(&app, r#"{"kind":"bills-csv"}"#).await.path, made.path, "each is new");
        let now = app.state.clock.now();
        assert_eq!(made.ends_at, now + 86_400);
        let later = made.path.replace(&made.ends_at.to_string(), &(made.ends_at + 1).to_string());
        let other = made.path.replace("/exports/", "/exports/0");
        let cut = &made.path[..made.path.len() - 2];
        for path in [
            later.as_str(),
            other.as_str(),
            cut,
            "/api/v1/exports/x",
            "/api/v1/exports/a.1.zz",
            "/api/v1/exports/..",
        ] {
            let reply = app.get(path, "").await;
            let problem: Problem = reply.json();
            let unknown = ["link-unknown", "not-found"].contains(&problem.code.as_str());
            assert!(reply.status == 404 && unknown, "{path}: {}", reply.text());
        }
        app.state.clock.set(made.ends_at - 1);
        assert_eq!(open(&app, &made.path).await.0, 200);
        app.state.clock.set(made.ends_at);
        let over: Problem = app.get(&made.path, "").await.json();
        assert_eq!((over.status, over.code.as_str()), (410, "link-expired"));
    }
}

#[tokio::test]
async fn what_cannot_be_exported_is_refused() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let path = format!("/api/v1/accounts/{FLAT}/exports");
        for (body, field) in [
            (r#"{"kind":"green-button"}"#.to_owned(), "/service_point"),
            (format!(r#"{{"kind":"green-button","service_point":"{FLAT_WATER}"}}"#), "/service_point"),
            (format!(r#"{{"kind":"green-button","service_point":"{VILLA_POWER}"}}"#), "/service_point"),
            (format!(r#"{{"kind":"readings-csv","service_point":"{VILLA_POWER}"}}"#), "/service_point"),
            (format!(r#"{{"kind":"bills-csv","service_point":"{FLAT_POWER}"}}"#), "/service_point"),
            (r#"{"kind":"bills-csv","from":"2026-09-02","to":"2026-09-01"}"#.into(), "/to"),
            (r#"{"kind":"bills-csv","from":"2026-02-30"}"#.into(), "/from"),
            (r#"{"kind":"all"}"#.into(), "/kind"),
            (r#"{"kind":"bills-csv","account":"2002"}"#.into(), "/account"),
        ] {
            let reply = app.post_json(&path, &body, &cookie).await;
            let problem: Problem = reply.json();
            assert_eq!(
                (reply.status, problem.field.as_deref()),
                (422, Some(field)),
                "{body}: {}",
                reply.text()
            );
        }
    }
}
