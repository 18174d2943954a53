//! The living meter continues where it was broken off, without loss and without repetition.

use std::time::Duration;

use api::live::LiveReading;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use server::jobs::follow_record;

use crate::common::record::{FLAT, FLAT_POWER, day_start, furnish, on_each_database, stores};
use crate::common::{TestApp, client};

const PATIENCE: Duration = Duration::from_secs(10);

struct Stream {
    tcp: TcpStream,
    text: String,
}

impl Stream {
    async fn open(app: &TestApp, cookie: &str, last: &str) -> Self {
        let headers = [("cookie", cookie), ("last-event-id", last)];
        let tcp =
            client::open(app.address, "GET", &format!("/api/v1/accounts/{FLAT}/live"), &headers, None).await;
        Self { tcp, text: String::new() }
    }

    /// Reads until `count` events are there: their ids and readings.
    async fn events(&mut self, count: usize) -> Vec<(i64, LiveReading)> {
        while self.text.matches("\ndata: ").count() < count || !self.text.contains("\n\n") {
            let mut bytes = [0; 4096];
            let read = timeout(PATIENCE, self.tcp.read(&mut bytes)).await.expect("an event in time").unwrap();
            assert!(read > 0, "the stream ended: {}", self.text);
            self.text.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
        let line = |event: &str, name: &str| {
            event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned)
        };
        let events: Vec<_> = self.text.split("\n\n").filter(|event| event.contains("data: ")).collect();
        let read = |event: &&str| {
            let id = line(event, "id: ").unwrap().parse().unwrap();
            (id, serde_json::from_str(&line(event, "data: ").unwrap()).unwrap())
        };
        events.iter().take(count).map(read).collect()
    }

    /// Reads until the text is as wanted.
    async fn text_of(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        while !wanted(&self.text) {
            let mut bytes = [0; 4096];
            let read = timeout(PATIENCE, self.tcp.read(&mut bytes)).await.expect("an event in time").unwrap();
            assert!(read > 0, "the stream ended: {}", self.text);
            self.text.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
        self.text.clone()
    }

    async fn ends(&mut self) -> bool {
        let mut rest = Vec::new();
        timeout(PATIENCE, self.tcp.read_to_end(&mut rest)).await.is_ok()
    }
}

async fn feed(app: &TestApp, at: i64) {
    let start = day_start("2026-09-18") + 20 * 3600 + at * 10;
    app.state.clock.set(app.state.clock.now().max(start + 10));
    let body = format!(
        r#"{{"readings":[{{"service_point":"{FLAT_POWER}","start":{start},"seconds":10,"usage":"0.01"}}]}}"#
    );
    assert_eq!(app.feed(&body).await.status, 200);
}

fn starts(events: &[(i64, LiveReading)]) -> Vec<i64> {
    let eight = day_start("2026-09-18") + 20 * 3600;
    events.iter().map(|(_, reading)| (reading.start - eight) / 10).collect()
}

#[tokio::test]
async fn a_stream_begins_with_the_newest_reading_and_moves() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let mut stream = Stream::open(&app, &cookie, "").await;
        let first = stream.events(1).await;
        assert_eq!(first[0].1.start, day_start("2026-09-18") + 19 * 3600, "the hour before eight");
        assert_eq!(
            (first[0].1.today.to_string().as_str(), first[0].1.power_watts.to_string().as_str()),
            ("20", "1000")
        );
        feed(&app, 0).await;
        feed(&app, 1).await;
        let events = stream.events(3).await;
        assert_eq!(starts(&events[1..]), [0, 1]);
        assert_eq!(events[2].1.today.to_string(), "20.02");
        assert!(events[1].0 < events[2].0, "ids rise");
        assert!(stream.text.starts_with("HTTP/1.1 200") && stream.text.contains("text/event-stream"));
    }
}

#[tokio::test]
async fn a_broken_stream_resumes_after_its_last_event() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let mut stream = Stream::open(&app, &cookie, "").await;
        stream.events(1).await;
        feed(&app, 0).await;
        let (last, _) = stream.events(2).await[1];
        drop(stream);
        // More than are fetched at once, while nobody looks.
        for at in 1..=120 {
            feed(&app, at).await;
        }
        let mut resumed = Stream::open(&app, &cookie, &last.to_string()).await;
        let events = resumed.events(120).await;
        assert_eq!(starts(&events), (1..=120).collect::<Vec<_>>());
        feed(&app, 121).await;
        assert_eq!(starts(&resumed.events(121).await[120..]), [121]);
    }
}

#[tokio::test]
async fn a_wrong_last_event_id_is_refused_and_a_stopping_server_ends_streams() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let path = format!("/api/v1/accounts/{FLAT}/live");
        for wrong in ["x", "-1", "1.5"] {
            let reply = app.send("GET", &path, &[("cookie", &cookie), ("last-event-id", wrong)], b"").await;
            assert_eq!(reply.status, 422, "{wrong}");
        }
        let mut stream = Stream::open(&app, &cookie, "").await;
        stream.events(1).await;
        app.state.hub.close();
        assert!(stream.ends().await);
    }
}

#[tokio::test]
async fn an_alert_reaches_those_who_follow_and_those_who_come_back() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        raise(&app, "before").await;
        let mut stream = Stream::open(&app, &cookie, "").await;
        let (last, _) = stream.events(1).await[0];
        assert!(!stream.text.contains("event: alert"), "what was told before is in the list");
        raise(&app, "1").await;
        feed(&app, 0).await;
        raise(&app, "2").await;
        let mut resumed = Stream::open(&app, &cookie, &last.to_string()).await;
        for stream in [&mut stream, &mut resumed] {
            let text = stream.text_of(|text| text.matches("event: alert").count() == 2).await;
            let kinds: Vec<_> = text.lines().filter(|line| line.starts_with("event: ")).collect();
            assert!(kinds.ends_with(&["event: alert", "event: reading", "event: alert"]), "{text}");
        }
    }
}

async fn raise(app: &TestApp, once: &str) {
    use api::accounts::{AccountId, ServicePointId};
    let mut record = app.state.store.begin().await.unwrap();
    let account = AccountId(FLAT.into());
    let fact = api::alerts::AlertFact::Tamper { service_point: ServicePointId(FLAT_POWER.into()) };
    server::actions::raise_alert::raise_alert(&mut record, &account, 1, once, &fact).await.unwrap();
    record.commit().await.unwrap();
    app.state.hub.tell(&account);
}

/// A stream at one server hears of what another one took, and continues at the other without loss.
#[tokio::test]
async fn two_servers_of_one_record_show_the_same_and_hand_a_stream_over() {
    for store in stores().await {
        furnish(&store).await;
        let (here, there) = (TestApp::start(store.clone()).await, TestApp::start(store).await);
        let cookie = here.sign_in(FLAT).await;
        let watching = tokio::spawn(follow_record(here.state.clone()));
        let mut stream = Stream::open(&here, &cookie, "").await;
        stream.events(1).await;
        // Let the stream come to rest, and the watch take its first look.
        tokio::time::sleep(Duration::from_millis(400)).await;
        let begun = std::time::Instant::now();
        feed(&there, 0).await;
        let (last, seen) = stream.events(2).await[1].clone();
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        drop(stream);
        feed(&there, 1).await;
        feed(&here, 2).await;
        let mut moved = Stream::open(&there, &cookie, &last.to_string()).await;
        let events = moved.events(2).await;
        assert_eq!(starts(&events), [1, 2]);
        assert_eq!(seen.service_point, events[0].1.service_point);
        let newest = |app: &TestApp| {
            let (app, cookie) = (app.address, cookie.clone());
            async move {
                let path = format!("/api/v1/accounts/{FLAT}/overview");
                let reply = client::send(app, "GET", &path, &[("cookie", &cookie)], b"").await;
                reply.json::<api::accounts::Overview>().service_points[0].live.clone()
            }
        };
        assert_eq!(newest(&here).await, newest(&there).await);
        watching.abort();
    }
}
