//! Codes hold once and for a short time; sessions end.

use crate::common::TestApp;
use crate::common::record::{FLAT, VILLA, on_each_database};
use api::problem::Problem;
use api::session::Session;
use server::clock::DEMO_STARTS_AT;

async fn ask_code(app: &TestApp, account: &str) -> u16 {
    app.post_json("/api/v1/sign-in/code", &format!(r#"{{"account":"{account}"}}"#), "").await.status
}

async fn try_code(app: &TestApp, account: &str, code: &str) -> u16 {
    let ask = format!(r#"{{"account":"{account}","code":"{code}"}}"#);
    app.post_json("/api/v1/sign-in", &ask, "").await.status
}

fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { "1" } else { "0" };
    format!("{}{last}", &code[..5])
}

#[tokio::test]
async fn a_code_opens_one_session_that_scripts_and_other_sites_cannot_use() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let session: Session = app.get("/api/v1/session", &cookie).await.json();
        assert_eq!(session.holder.en, "A");
        assert_eq!(session.accounts.iter().map(|a| a.id.0.as_str()).collect::<Vec<_>>(), [FLAT]);
        let code = app.code_of(FLAT).unwrap();
        assert_eq!(try_code(&app, FLAT, &code).await, 422, "a code holds once");

        assert_eq!(ask_code(&app, FLAT).await, 200);
        let ask = format!(r#"{{"account":"{FLAT}","code":"{}"}}"#, app.code_of(FLAT).unwrap());
        let reply = app.post_json("/api/v1/sign-in", &ask, "").await;
        let set = reply.header("set-cookie").unwrap();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn a_wrong_an_old_and_a_replaced_code_are_refused_alike() {
    for app in on_each_database().await {
        assert_eq!(ask_code(&app, FLAT).await, 200);
        let code = app.code_of(FLAT).unwrap();
        for (account, tried) in
            [(FLAT, wrong(&code)), (VILLA, code.clone()), ("9009", code.clone()), (FLAT, String::new())]
        {
            let ask = format!(r#"{{"account":"{account}","code":"{tried}"}}"#);
            let problem: Problem = app.post_json("/api/v1/sign-in", &ask, "").await.json();
            assert_eq!((problem.status, problem.code.as_str()), (422, "code-wrong"), "{account} {tried}");
        }
        app.state.clock.set(DEMO_STARTS_AT + 300);
        assert_eq!(try_code(&app, FLAT, &code).await, 422, "five minutes are over");
        app.state.clock.set(DEMO_STARTS_AT);
        assert_eq!(ask_code(&app, FLAT).await, 200);
        let newest = app.code_of(FLAT).unwrap();
        if newest != code {
            assert_eq!(try_code(&app, FLAT, &code).await, 422, "a newer code replaced it");
        }
        assert_eq!(try_code(&app, FLAT, &newest).await, 200);
    }
}

#[tokio::test]
async fn the_sixth_try_of_a_code_fails_even_if_it_is_right() {
    for app in on_each_database().await {
        assert_eq!(ask_code(&app, FLAT).await, 200);
        let code = app.code_of(FLAT).unwrap();
        for _ in 0..5 {
            assert_eq!(try_code(&app, FLAT, &wrong(&code)).await, 422);
        }
        assert_eq!(try_code(&app, FLAT, &code).await, 422);
    }
}

#[tokio::test]
async fn codes_are_counted_and_an_unknown_account_looks_like_a_known_one() {
    for app in on_each_database().await {
        for account in [FLAT, "9009"] {
            for _ in 0..10 {
                assert_eq!(ask_code(&app, account).await, 200, "{account}");
            }
            let reply =
                app.post_json("/api/v1/sign-in/code", &format!(r#"{{"account":"{account}"}}"#), "").await;
            let problem: Problem = reply.json();
            assert_eq!((reply.status, problem.code.as_str()), (429, "too-many-requests"), "{account}");
            assert_eq!(reply.header("retry-after"), Some("900"), "{account}");
        }
        assert_eq!(app.code_of("9009"), None);
        app.state.clock.set(DEMO_STARTS_AT + 900);
        assert_eq!(ask_code(&app, FLAT).await, 200);
    }
}

#[tokio::test]
async fn a_session_ends_by_signing_out_and_by_itself() {
    for app in on_each_database().await {
        let (first, second) = (app.sign_in(FLAT).await, app.sign_in(FLAT).await);
        let reply = app.send("DELETE", "/api/v1/session", &[("cookie", &first)], b"").await;
        assert_eq!(reply.status, 200);
        assert!(reply.header("set-cookie").unwrap().contains("Max-Age=0"));
        assert_eq!(app.get("/api/v1/session", &first).await.status, 401);
        assert_eq!(app.get("/api/v1/session", &second).await.status, 200);
        app.state.clock.set(DEMO_STARTS_AT + 12 * 3600);
        assert_eq!(app.get("/api/v1/session", &second).await.status, 401);
        assert_eq!(app.send("DELETE", "/api/v1/session", &[("cookie", &second)], b"").await.status, 200);
    }
}

/// One address may ask for many accounts, but not for all of them.
#[tokio::test]
async fn an_address_is_counted_over_all_accounts() {
    let limits = server::state::Limits { sign_in_codes: 1, ..Default::default() };
    let store = crate::common::record::stores().await.remove(0);
    let app = TestApp::start_with(store, server::portal::Portal::default(), limits).await;
    for at in 0..9 {
        assert_eq!(ask_code(&app, &format!("90{at}")).await, 200, "{at}");
    }
    assert_eq!(try_code(&app, "900", "123456").await, 422, "a try counts too");
    assert_eq!(ask_code(&app, "909").await, 429);
    assert_eq!(try_code(&app, "900", "123456").await, 429);
}
