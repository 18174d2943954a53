//! What cannot be right gets an exact refusal, in both languages, and changes nothing.

use api::problem::Problem;
use api::readings::ReadingsTaken;

use crate::common::record::{FLAT, FLAT_POWER, on_each_database};
use crate::common::{KEY, Reply};

fn check(reply: &Reply, status: u16, code: &str, field: Option<&str>, what: &str) {
    let problem: Problem = reply.json();
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{what}");
    let told = (reply.status, problem.status, problem.code.as_str(), problem.field.as_deref());
    assert_eq!(told, (status, status, code, field), "{what}");
    assert_eq!(problem.r#type, format!("urn:adad:problem:{code}"), "{what}");
    assert!(!problem.message.ar.is_empty() && !problem.message.en.is_empty(), "{what}");
    assert_eq!(problem.title, problem.message.en, "{what}");
}

#[tokio::test]
async fn wrong_paths_and_verbs() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        for (verb, path, status, code) in [
            ("GET", "/api/v1/nothing".to_owned(), 404, "not-found"),
            ("GET", "/api".into(), 404, "not-found"),
            ("POST", "/api/v1/session".into(), 405, "method-not-allowed"),
            ("PUT", "/api/v1/readings".into(), 405, "method-not-allowed"),
            ("GET", "/api/v1/compute/bill".into(), 405, "method-not-allowed"),
            ("POST", "/bills".into(), 404, "not-found"),
            ("GET", "/api/v1/accounts/%FF/overview".into(), 404, "not-found"),
            ("GET", "/api/v1/accounts/%20/overview".into(), 404, "account-not-found"),
            ("GET", "/api/v1/accounts/1001'--/overview".into(), 404, "account-not-found"),
            ("GET", format!("/api/v1/accounts/{FLAT}/bills/%FF"), 404, "not-found"),
            ("GET", format!("/api/v1/accounts/{FLAT}/bills/none"), 404, "not-found"),
        ] {
            let reply = app.send(verb, &path, &[("cookie", &cookie)], b"").await;
            check(&reply, status, code, None, &format!("{verb} {path}"));
        }
        let reply = app.send("POST", "/api/v1/session", &[("cookie", &cookie)], b"").await;
        assert_eq!(reply.header("allow"), Some("GET,HEAD,DELETE"));
    }
}

#[tokio::test]
async fn wrong_bodies() {
    for app in on_each_database().await {
        let json = ("content-type", "application/json");
        let path = "/api/v1/sign-in";
        let huge = vec![b' '; (1 << 20) + 1];
        for (headers, body, status, code, field) in [
            (vec![json], &b"{"[..], 400, "body-malformed", None),
            (vec![json], b"{\"account\":\"\xff\"}", 400, "body-malformed", None),
            (vec![json], b"", 400, "body-malformed", None),
            (vec![json], b"[]", 422, "body-not-object", None),
            (vec![json], b"null", 422, "body-not-object", None),
            (vec![json], b"{\"account\":7,\"code\":\"1\"}", 422, "value-invalid", Some("/account")),
            (vec![json], b"{\"account\":\"1\"}", 422, "value-invalid", Some("/code")),
            (vec![json], huge.as_slice(), 413, "body-too-large", None),
            (vec![], b"{}", 415, "content-type", None),
            (vec![("content-type", "text/plain")], b"{}", 415, "content-type", None),
            (vec![json, ("origin", "https://evil.example")], b"{}", 403, "foreign-origin", None),
        ] {
            let reply = app.send("POST", path, &headers, body).await;
            check(&reply, status, code, field, &format!("{headers:?} {}", body.len()));
        }
    }
}

#[tokio::test]
async fn a_body_that_grows_beyond_the_limit_without_telling_its_length() {
    for app in on_each_database().await {
        let chunk = format!("{:x}\r\n{}\r\n", 65_536, " ".repeat(65_536));
        let body = chunk.repeat(17) + "0\r\n\r\n";
        let headers = [("content-type", "application/json"), ("transfer-encoding", "chunked")];
        let reply =
            crate::common::client::send_as_is(app.address, "/api/v1/sign-in", &headers, body.as_bytes())
                .await;
        check(&reply, 413, "body-too-large", None, "chunked");
    }
}

/// The rest of the batch is kept; the wrong one is answered by its index, in both languages.
#[tokio::test]
async fn one_wrong_reading_is_told_by_its_index_and_the_others_are_kept() {
    for app in on_each_database().await {
        let now = app.state.clock.now();
        let reading = |point: &str, start: i64, seconds: &str, usage: &str| {
            format!(r#"{{"service_point":"{point}","start":{start},"seconds":{seconds},"usage":{usage}}}"#)
        };
        let eight = 1_789_750_800;
        for (at, (wrong, code, field)) in (0..).zip([
            (reading("flat-water", eight, "10", r#""1""#), "item-meter-kind", "/service_point"),
            (reading("none", eight, "10", r#""1""#), "item-meter-unknown", "/service_point"),
            (reading("a\\u0000b", eight, "10", r#""1""#), "item-meter-unknown", "/service_point"),
            (reading(FLAT_POWER, eight, "0", r#""1""#), "item-span-length", "/seconds"),
            (reading(FLAT_POWER, eight, "86401", r#""1""#), "item-span-length", "/seconds"),
            (reading(FLAT_POWER, eight, "-1", r#""1""#), "item-malformed", "/seconds"),
            (reading(FLAT_POWER, eight, "10", "0.5"), "item-malformed", "/usage"),
            (reading(FLAT_POWER, eight, "10", r#""1","x":1"#), "item-malformed", "/x"),
            (reading(FLAT_POWER, eight, "10", r#""-1""#), "item-negative", "/usage"),
            (reading(FLAT_POWER, eight, "10", r#""999999999999""#), "item-spike", "/usage"),
            (reading(FLAT_POWER, now + 60, "10", r#""1""#), "item-future", ""),
            (reading(FLAT_POWER, now + 86_400, "10", r#""1""#), "item-clock-off", ""),
            (reading(FLAT_POWER, -1, "10", r#""1""#), "item-clock-off", ""),
            (reading(FLAT_POWER, i64::MAX, "10", r#""1""#), "item-clock-off", ""),
            (reading(FLAT_POWER, eight - 86_400, "10", r#""1""#), "item-overlaps", ""),
        ]) {
            let good = reading(FLAT_POWER, eight + at * 10, "10", r#""0.01""#);
            let reply = app.feed(&format!(r#"{{"readings":[{good},{wrong},{good}]}}"#)).await;
            assert_eq!(reply.status, 200, "{wrong}: {}", reply.text());
            let taken: ReadingsTaken = reply.json();
            assert_eq!((taken.kept.added, taken.kept.repeated), (1, 1), "{wrong}");
            let told: Vec<_> = taken.refused.iter().map(|r| (r.index, r.code.as_str())).collect();
            assert_eq!(told, [(1, code)], "{wrong}");
            assert_eq!(taken.refused[0].field, Some(format!("/readings/1{field}")), "{wrong}");
            assert!(!taken.refused[0].message.ar.is_ascii() && !taken.refused[0].message.en.is_empty());
        }
        let good = reading(FLAT_POWER, eight, "10", r#""0.01""#);
        let many = vec![good.as_str(); 1001].join(",");
        for (body, status, code, field) in [
            (format!(r#"{{"readings":[{many}]}}"#), 422, "value-invalid", Some("/readings")),
            (r#"{"readings":7}"#.to_owned(), 422, "value-invalid", Some("/readings")),
            (r#"{"readings":[],"x":1}"#.to_owned(), 422, "value-invalid", Some("/x")),
            (r#"{"readings":["#.to_owned(), 400, "body-malformed", None),
        ] {
            check(&app.feed(&body).await, status, code, field, &body[..20.min(body.len())]);
        }
    }
}

#[tokio::test]
async fn wrong_queries() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        for (query, field) in [
            ("", "from"),
            ("from=2026-09-01", "to"),
            ("from=2026-02-30&to=2026-09-01&step=day", "from"),
            ("from=2026-09-01&to=tomorrow&step=day", "to"),
            ("from=2026-09-01&to=2026-09-02", "step"),
            ("from=2026-09-01&to=2026-09-02&step=week", "step"),
            ("from=2026-09-02&to=2026-09-01&step=day", "to"),
            ("from=2026-07-01&to=2026-09-01&step=hour", "to"),
            ("from=2024-07-01&to=2026-09-09&step=day", "to"),
            ("from=0001-01-01&to=9999-12-31&step=month", "to"),
            ("from=0001-01-01&to=9999-12-31&step=reading", "to"),
            ("from=%FF&to=2026-09-01&step=day", "from"),
        ] {
            let path = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_POWER}/consumption?{query}");
            check(&app.get(&path, &cookie).await, 422, "value-invalid", Some(field), query);
        }
    }
}

#[tokio::test]
async fn only_the_head_ends_key_opens_its_routes() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        for key in [String::new(), "Bearer wrong".into(), format!("bearer {KEY}"), format!("Bearer {KEY} ")] {
            let headers = [
                ("authorization", key.as_str()),
                ("cookie", cookie.as_str()),
                ("content-type", "application/json"),
            ];
            let right = key.trim_end() == format!("Bearer {KEY}");
            for (verb, path) in [("POST", "/api/v1/readings"), ("GET", "/api/v1/meters")] {
                let reply = app.send(verb, path, &headers, br#"{"readings":[]}"#).await;
                // A header's trailing space is no part of its value.
                if right {
                    assert_eq!(reply.status, 200, "{verb} {path}");
                } else {
                    check(&reply, 401, "key-wrong", None, &format!("{verb} {path} {key}"));
                }
            }
        }
    }
}

/// A bug of ours becomes a reference; the words of the panic stay here.
#[tokio::test]
async fn a_panic_is_a_problem_without_a_secret() {
    let bug = || async {
        if true {
            panic!("secret");
        }
    };
    let router = axum::Router::new()
        .route("/", axum::routing::get(bug))
        .layer(axum::middleware::from_fn(server::protection::catch_panics));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let reply = crate::common::client::send(address, "GET", "/", &[], b"").await;
    check(&reply, 500, "server-fault", None, "panic");
    assert!(!reply.text().contains("secret"));
}
