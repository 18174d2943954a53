//! A holder reaches their own accounts and no others, by any route.

use crate::common::TestApp;
use crate::common::record::{FLAT, VILLA, VILLA_POWER, on_each_database};
use api::accounts::{AccountId, ComplaintId};
use api::complaints::ComplaintKind;
use api::problem::Problem;
use server::routes;
use server::store::complaints::{self, ComplaintRecord, RequestRecord};
use server::store::photos;

/// A path of the route in which `account` is named and the rest exists.
fn path(route: &str, account: &str) -> String {
    let path = route
        .replace("{account}", account)
        .replace("{service_point}", VILLA_POWER)
        .replace("{bill}", &format!("{VILLA}-2026-08"))
        .replace("{payment}", "villa-payment")
        .replace("{link}", "villa-link")
        .replace("{refund}", &format!("{VILLA}-2026-08"))
        .replace("{complaint}", COMPLAINT)
        .replace("{photo}", PHOTO);
    assert!(!path.contains('{'), "{route} has a part that this test does not know");
    if route.ends_with("/plan-offer") {
        return path + "?months=2";
    }
    if route.ends_with("/complaint-preview") {
        return path + &format!("?bill={VILLA}-2026-08");
    }
    let asks_for_days = ["/consumption", "/intervals"].iter().any(|end| route.ends_with(end));
    if asks_for_days { path + "?from=2026-09-17&to=2026-09-18&step=day" } else { path }
}

/// A photo of the other holder.
const PHOTO: &str = "villa-photo";

/// A complaint of the other holder.
const COMPLAINT: &str = "2002-C1";

/// A body that a step of a complaint takes.
const STEP: &[u8] = br#"{"request_id":"x"}"#;

/// The same with what is added.
const ADDED: &[u8] = br#"{"request_id":"x","text":"x"}"#;

/// A body that the route takes.
const SWITCH: &[u8] = br#"{"request_id":"x","to":"prepaid"}"#;

/// The verb by which a route is reached.
fn verb_of(route: &str) -> &'static str {
    let posts = [
        "/alerts/seen",
        "/meter-files",
        "/photos",
        "/exports",
        "/faults",
        "/claim-plans",
        "/plans",
        "/certificates",
        "/code",
        "/meter-event-notes",
        "/prepaid-switch",
        "/way",
        "/evidence",
        "/appeal",
        "/withdrawal",
    ];
    if route.ends_with("/payment-links/{link}") {
        return "DELETE";
    }
    if posts.iter().any(|end| route.ends_with(end)) { "POST" } else { "GET" }
}

fn complaint() -> ComplaintRecord {
    ComplaintRecord {
        id: ComplaintId(COMPLAINT.into()),
        account: AccountId(VILLA.into()),
        kind: ComplaintKind::SeparateMeters,
        bill: None,
        root: None,
        service_point: None,
        register: None,
        words: "two meters".into(),
        sums: None,
        disputed: 0,
        filed_at: 0,
    }
}

/// Every verb: a route that knows one of them answers it, and refuses the others only to its holder.
const VERBS: [&str; 4] = ["GET", "POST", "DELETE", "PUT"];

async fn problem(app: &TestApp, verb: &str, path: &str, cookie: &str) -> Problem {
    // What is read before the body decides here, but for a body that says where to.
    let body: &[u8] = match path.rsplit('/').next() {
        Some("prepaid-switch") => SWITCH,
        Some("evidence") => ADDED,
        Some("appeal" | "withdrawal") => STEP,
        _ => b"{}",
    };
    let reply = app.send(verb, path, &[("cookie", cookie), ("content-type", "application/json")], body).await;
    assert_eq!(
        reply.header("content-type"),
        Some("application/problem+json"),
        "{verb} {path}: {}",
        reply.text()
    );
    let problem: Problem = reply.json();
    assert_eq!(reply.status, problem.status, "{verb} {path}");
    problem
}

#[tokio::test]
async fn a_foreign_account_and_an_unknown_one_look_the_same_by_every_route() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        for (route, _) in routes::of_an_account() {
            for verb in VERBS {
                let foreign = problem(&app, verb, &path(route, VILLA), &cookie).await;
                let unknown = problem(&app, verb, &path(route, "9009"), &cookie).await;
                assert_eq!(foreign, unknown, "{verb} {route}");
                let expected = if foreign.code == "method-not-allowed" {
                    foreign.code.as_str()
                } else {
                    "account-not-found"
                };
                assert_eq!(foreign.code, expected, "{verb} {route}");
            }
        }
    }
}

#[tokio::test]
async fn nobody_reaches_an_account_without_signing_in() {
    for app in on_each_database().await {
        for cookie in ["", "adad_session=", "adad_session=0123456789abcdef"] {
            for (route, _) in routes::of_an_account() {
                let verb = verb_of(route);
                let refused = problem(&app, verb, &path(route, FLAT), cookie).await;
                assert_eq!(
                    (refused.status, refused.code.as_str()),
                    (401, "sign-in-required"),
                    "{route} with {cookie:?}"
                );
            }
        }
    }
}

/// The account is one's own, the service point or bill in the path is another's.
#[tokio::test]
async fn another_holders_points_and_bills_are_not_found_under_ones_own_account() {
    for app in on_each_database().await {
        let mut record = app.state.store.begin().await.unwrap();
        let photo = server::photo::KeptPhoto { jpeg: vec![0xff, 0xd8], width: 1, height: 1 };
        photos::add(&mut record, PHOTO, &AccountId(VILLA.into()), 0, &photo).await.unwrap();
        complaints::add(&mut record, &complaint(), 1, &RequestRecord::new("c", &"c")).await.unwrap();
        record.commit().await.unwrap();
        let cookie = app.sign_in(FLAT).await;
        for (route, _) in routes::of_an_account() {
            if !["{service_point}", "{bill}", "{link}", "{payment}", "{photo}", "{complaint}"]
                .iter()
                .any(|part| route.contains(part))
            {
                continue;
            }
            let verb = verb_of(route);
            let refused = problem(&app, verb, &path(route, FLAT), &cookie).await;
            assert_eq!((refused.status, refused.code.as_str()), (404, "not-found"), "{route}");
        }
    }
}

#[tokio::test]
async fn the_holder_passes_by_the_same_routes() {
    for app in on_each_database().await {
        let cookie = app.sign_in(VILLA).await;
        for (route, _) in routes::of_an_account() {
            let endless = route.ends_with("/live");
            // Hafez and plans are Kuwait's alone.
            let elsewhere = route.ends_with("/hafez") || route.ends_with("/plan-offer");
            if endless
                || elsewhere
                || verb_of(route) == "POST"
                || route.contains("{bill}")
                || route.contains("{complaint}")
                // It names a bill, and none is issued here.
                || route.ends_with("/complaint-preview")
                || route.contains("{photo}")
                || route.contains("{payment}")
                || route.contains("{link}")
            {
                continue;
            }
            let reply = app.get(&path(route, VILLA), &cookie).await;
            assert_eq!(reply.status, 200, "{route}: {}", reply.text());
        }
    }
}
