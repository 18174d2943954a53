//! The portal's files: ready compressed, kept for ever where the name says what is in them.

use std::fs;
use std::path::PathBuf;

use server::portal::Portal;
use server::state::Limits;

use crate::common::TestApp;
use crate::common::record::stores;

const INDEX: &str = "<!doctype html><script>a()</script>";

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(server::secrets::token().unwrap());
    fs::create_dir_all(folder.join("icons")).unwrap();
    for (name, contents) in [
        ("index.html", INDEX),
        ("index.html.br", "br of index"),
        ("portal-0123456789abcdef.js", "run()"),
        ("portal-0123456789abcdef.js.br", "br of js"),
        ("portal-0123456789abcdef.js.gz", "gz of js"),
        ("portal-0123456789abcdef.wasm", "wasm"),
        ("icons/icon.svg", "<svg/>"),
    ] {
        fs::write(folder.join(name), contents).unwrap();
    }
    folder
}

async fn app() -> TestApp {
    let portal = Portal::load(&folder()).unwrap();
    TestApp::start_with(stores().await.remove(0), portal, Limits::default()).await
}

#[tokio::test]
async fn files_and_pages() {
    let app = app().await;
    let (ever, again) = ("public, max-age=31536000, immutable", "no-cache");
    for (path, accepts, status, kind, cache, body) in [
        ("/", "", 200, "text/html; charset=utf-8", again, INDEX),
        ("/bills/100217783-2026-08", "gzip", 200, "text/html; charset=utf-8", again, INDEX),
        (
            "/pay/l/3c3LF_5gx3OEHFFmJBd2VA.KTO5Kxe5RwESwG36bX8C_w",
            "",
            200,
            "text/html; charset=utf-8",
            again,
            INDEX,
        ),
        ("/tools/meter-file", "br", 200, "text/html; charset=utf-8", again, "br of index"),
        ("/portal-0123456789abcdef.js", "gzip, br", 200, "text/javascript; charset=utf-8", ever, "br of js"),
        ("/portal-0123456789abcdef.js", "gzip", 200, "text/javascript; charset=utf-8", ever, "gz of js"),
        ("/portal-0123456789abcdef.wasm", "br", 200, "application/wasm", ever, "wasm"),
        ("/icons/icon.svg", "", 200, "image/svg+xml", again, "<svg/>"),
        ("/portal-0123456789abcdef.js.br", "", 404, "application/problem+json", "no-store", ""),
        ("/missing.js", "", 404, "application/problem+json", "no-store", ""),
        ("/../Cargo.toml", "", 404, "application/problem+json", "no-store", ""),
        ("/%2e%2e/Cargo.toml", "", 404, "application/problem+json", "no-store", ""),
        ("/api/v2/bills", "", 404, "application/problem+json", "no-store", ""),
    ] {
        let reply = app.send("GET", path, &[("accept-encoding", accepts)], b"").await;
        assert_eq!(
            (reply.status, reply.header("content-type"), reply.header("cache-control")),
            (status, Some(kind), Some(cache)),
            "{path} {accepts}"
        );
        if !body.is_empty() {
            assert_eq!(reply.text(), body, "{path} {accepts}");
        }
        let coding = if body.starts_with("br of") {
            Some("br")
        } else if body.starts_with("gz of") {
            Some("gzip")
        } else {
            None
        };
        assert_eq!(reply.header("content-encoding"), coding, "{path} {accepts}");
    }
}

#[tokio::test]
async fn every_reply_is_protected() {
    let app = app().await;
    for (path, is_page) in [
        ("/", true),
        ("/bills", true),
        ("/portal-0123456789abcdef.js", false),
        ("/missing.js", false),
        ("/api/v1/session", false),
        ("/healthz", false),
    ] {
        let reply = app.get(path, "").await;
        let policy = reply.header("content-security-policy").unwrap();
        if is_page {
            assert!(
                policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-")
                    && !policy.contains("unsafe-inline"),
                "{path}"
            );
        } else {
            assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'", "{path}");
        }
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("same-origin"), "{path}");
    }
}

#[tokio::test]
async fn an_unchanged_page_is_not_sent_again() {
    let app = app().await;
    let tag = app.get("/", "").await.header("etag").unwrap().to_owned();
    for (known, status) in [(tag.as_str(), 304), ("\"other\"", 200)] {
        let reply = app.send("GET", "/consumption", &[("if-none-match", known)], b"").await;
        assert_eq!(reply.status, status, "{known}");
    }
    assert_eq!(app.send("HEAD", "/", &[], b"").await.body.len(), 0);
    assert_eq!(app.send("POST", "/", &[], b"").await.status, 405);
}

#[tokio::test]
async fn long_replies_travel_short_to_those_who_can_read_them() {
    let app = app().await;
    let body = r#"{"tariff":{"id":"sa.electricity.residential"},"period":{"from":"2026-08-01","to":"2026-08-31"},"usage":"7000","breaker_amps":100}"#;
    for (rule, accepts, coding) in [
        ("bill", "gzip, br", Some("gzip")),
        ("bill", "br", None),
        ("bill", "", None),
        // What it says of a wrong request is short.
        ("no-such-rule", "gzip", None),
    ] {
        let headers = [("content-type", "application/json"), ("accept-encoding", accepts)];
        let reply = app.send("POST", &format!("/api/v1/compute/{rule}"), &headers, body.as_bytes()).await;
        assert_eq!(reply.header("content-encoding"), coding, "{rule} {accepts}");
    }
}
