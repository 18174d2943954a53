//! What cannot be right gets an exact refusal, in both languages, and changes nothing.

use api::problem::Problem;

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
            (vec![json], b"[]", 422, "value-invalid", Some("")),
            (vec![json], b"{\"account\":7,\"code\":\"1\"}", 422, "value-invalid", Some("/account")),
            (vec![json], b"{\"account\":\"1\"}", 422, "value-invalid", Some("")),
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

#[tokio::test]
async fn wrong_readings_change_nothing() {
    for app in on_each_database().await {
        let good =
            format!(r#"{{"service_point":"{FLAT_POWER}","start":1789750800,"seconds":10,"usage":"0.01"}}"#);
        for (wrong, field) in [
            (
                r#"{"service_point":"flat-water","start":1,"seconds":10,"usage":"1"}"#,
                "/readings/1/service_point",
            ),
            (r#"{"service_point":"none","start":1,"seconds":10,"usage":"1"}"#, "/readings/1/service_point"),
            (
                r#"{"service_point":"flat-electricity","start":1,"seconds":0,"usage":"1"}"#,
                "/readings/1/seconds",
            ),
            (
                r#"{"service_point":"flat-electricity","start":1,"seconds":-1,"usage":"1"}"#,
                "/readings/1/seconds",
            ),
            (
                r#"{"service_point":"flat-electricity","start":-1,"seconds":9,"usage":"1"}"#,
                "/readings/1/start",
            ),
            (
                r#"{"service_point":"flat-electricity","start":9223372036854775807,"seconds":9,"usage":"1"}"#,
                "/readings/1/start",
            ),
            (
                r#"{"service_point":"flat-electricity","start":1,"seconds":9,"usage":"-1"}"#,
                "/readings/1/usage",
            ),
            (
                r#"{"service_point":"flat-electricity","start":1,"seconds":9,"usage":0.5}"#,
                "/readings/1/usage",
            ),
            (
                r#"{"service_point":"flat-electricity","start":1,"seconds":9,"usage":"1","x":1}"#,
                "/readings/1/x",
            ),
        ] {
            let reply = app.feed(&format!(r#"{{"readings":[{good},{wrong}]}}"#)).await;
            check(&reply, 422, "value-invalid", Some(field), wrong);
        }
        let many = vec![good.as_str(); 1001].join(",");
        check(
            &app.feed(&format!(r#"{{"readings":[{many}]}}"#)).await,
            422,
            "value-invalid",
            Some("/readings"),
            "1,001",
        );
        let reply = app.feed(&format!(r#"{{"readings":[{good}]}}"#)).await;
        assert_eq!(reply.text(), r#"{"added":1,"repeated":0,"conflicting":0}"#, "nothing was kept before");
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
