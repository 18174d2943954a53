//! What stands around every route: headers that protect the caller, and a fence around our own bugs.

use std::panic::AssertUnwindSafe;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;

use crate::error::{log_fault, refuse};
use crate::state::AppState;

const HEADERS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// What is no page runs nothing, wherever it is opened.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'";
/// What may hold scripts of its own, as its type begins.
const PAGES: [&str; 2] = ["text/html", "image/svg"];

/// Adds the protecting headers to every response. What is read from the record is kept by nobody on the way.
pub async fn protect(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let is_page = PAGES.iter().any(|page| kind.starts_with(page.as_bytes()));
    let policy = if is_page { app.portal.policy() } else { HeaderValue::from_static(NO_PAGE) };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Turns a panic into a problem, so that the caller learns a reference and nothing else.
pub async fn catch_panics(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => refuse(&log_fault("a handler panicked")),
    }
}

/// Tells a panic by its place alone: its words may hold what belongs to a customer.
pub fn keep_panics_private() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        eprintln!("panic at {place}");
    }));
}
