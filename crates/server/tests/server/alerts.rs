//! What customers are told: once, in order, to those who follow; and what they choose to hear.

use api::accounts::{AccountId, BillId, Country, Overview, ServicePointId};
use api::alert_settings::AlertSettingsNow;
use api::alerts::{AlertFact, Alerts, AlertsSeen};
use api::attention::Attention;
use api::problem::Problem;
use billing::money::Currency;
use server::actions::raise_alert::raise_alert;
use server::store::accounts;

use crate::common::TestApp;
use crate::common::record::{FLAT, FLAT_POWER, VILLA, account, on_each_database};

/// Another account of the flat's holder.
const HOUSE: &str = "1002";

fn tamper() -> AlertFact {
    AlertFact::Tamper { service_point: ServicePointId(FLAT_POWER.into()) }
}

async fn raise(app: &TestApp, account: &str, once: &str, fact: &AlertFact) -> bool {
    let mut record = app.state.store.begin().await.unwrap();
    let account = AccountId(account.into());
    let new = raise_alert(&mut record, &account, app.state.clock.now(), once, fact).await.unwrap();
    record.commit().await.unwrap();
    app.state.hub.tell(&account);
    new
}

async fn list(app: &TestApp, cookie: &str) -> Alerts {
    app.get(&format!("/api/v1/accounts/{FLAT}/alerts"), cookie).await.json()
}

#[tokio::test]
async fn an_alert_is_raised_once_of_its_kind_thing_and_time() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        assert_eq!(list(&app, &cookie).await.alerts, []);
        let fault = AlertFact::Fault { service_point: ServicePointId(FLAT_POWER.into()) };
        for (account, once, fact, new) in [
            (FLAT, "e-1", tamper(), true),
            (FLAT, "e-1", tamper(), false),
            (FLAT, "e-2", tamper(), true),
            (FLAT, "e-1", fault.clone(), true),
            (VILLA, "e-1", tamper(), true),
        ] {
            assert_eq!(raise(&app, account, once, &fact).await, new, "{account} {once} {}", fact.kind());
        }
        let alerts = list(&app, &cookie).await;
        assert_eq!(alerts.unseen, 3);
        let facts: Vec<_> = alerts.alerts.into_iter().map(|alert| alert.fact).collect();
        assert_eq!(facts, [fault, tamper(), tamper()], "newest first, and only one's own");
    }
}

#[tokio::test]
async fn what_waits_on_any_account_of_the_holder_is_told_beside_the_overview() {
    for app in on_each_database().await {
        let mut record = app.state.store.begin().await.unwrap();
        let house = account(HOUSE, "holder-a", Country::Kw, Currency::KWD);
        accounts::add(&mut record, &house, 1).await.unwrap();
        record.commit().await.unwrap();
        let cookie = app.sign_in(FLAT).await;
        let nothing: Attention = app.get("/api/v1/attention", &cookie).await.json();
        assert_eq!(nothing.alerts, []);
        for (account, once) in [(FLAT, "a"), (FLAT, "b"), (HOUSE, "c"), (VILLA, "d")] {
            assert!(raise(&app, account, once, &tamper()).await);
        }
        let waiting: Attention = app.get("/api/v1/attention", &cookie).await.json();
        let whose: Vec<_> = waiting.alerts.iter().map(|waiting| waiting.account.0.as_str()).collect();
        assert_eq!(whose, [HOUSE, FLAT], "newest first, of one's own accounts, at most two");
        let overview: Overview = app.get(&format!("/api/v1/accounts/{FLAT}/overview"), &cookie).await.json();
        assert_eq!((overview.unseen, overview.waiting), (2, 3));
        let villa = app.sign_in(VILLA).await;
        let overview: Overview = app.get(&format!("/api/v1/accounts/{VILLA}/overview"), &villa).await.json();
        assert_eq!((overview.unseen, overview.waiting), (1, 1));
        let refused: Problem = app.get("/api/v1/attention", "").await.json();
        assert_eq!(refused.code, "sign-in-required");
    }
}

#[tokio::test]
async fn raising_at_the_same_time_raises_once() {
    for app in on_each_database().await {
        let fact = tamper();
        let raised = tokio::join!(
            raise(&app, FLAT, "x", &fact),
            raise(&app, FLAT, "x", &fact),
            raise(&app, FLAT, "x", &fact)
        );
        assert_eq!([raised.0, raised.1, raised.2].iter().filter(|new| **new).count(), 1);
    }
}

#[tokio::test]
async fn what_was_seen_stays_seen_and_another_accounts_alert_is_not_ones_own() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        raise(&app, FLAT, "1", &tamper()).await;
        raise(&app, FLAT, "2", &tamper()).await;
        raise(&app, VILLA, "1", &tamper()).await;
        let ids: Vec<_> = list(&app, &cookie).await.alerts.into_iter().map(|alert| alert.id).collect();
        let path = format!("/api/v1/accounts/{FLAT}/alerts/seen");
        for _ in 0..2 {
            let seen = app.post_json(&path, &format!(r#"{{"alerts":["{}"]}}"#, ids[1]), &cookie).await;
            assert_eq!(seen.json::<AlertsSeen>().unseen, 1);
        }
        let marks: Vec<_> = list(&app, &cookie).await.alerts.iter().map(|alert| alert.seen).collect();
        assert_eq!(marks, [false, true]);
        let villa = app.sign_in(VILLA).await;
        let foreign: Alerts = app.get(&format!("/api/v1/accounts/{VILLA}/alerts"), &villa).await.json();
        let many = vec!["\"1\""; 101].join(",");
        for (body, status, field) in [
            (format!(r#"{{"alerts":["{}","{}"]}}"#, ids[0], foreign.alerts[0].id), 422, Some("/alerts/1")),
            (r#"{"alerts":["none"]}"#.to_owned(), 422, Some("/alerts/0")),
            (format!(r#"{{"alerts":[{many}]}}"#), 422, Some("/alerts")),
            (r#"{"alerts":[1]}"#.to_owned(), 422, Some("/alerts/0")),
            ("{}".to_owned(), 422, Some("/alerts")),
        ] {
            let refused = app.post_json(&path, &body, &cookie).await;
            let problem: Problem = refused.json();
            assert_eq!((refused.status, problem.field.as_deref()), (status, field), "{body}");
        }
        assert_eq!(list(&app, &cookie).await.unseen, 1, "all or none");
    }
}

#[tokio::test]
async fn settings_hold_until_the_next_choice_and_wrong_ones_name_their_field() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let path = format!("/api/v1/accounts/{FLAT}/alert-settings");
        let first: AlertSettingsNow = app.get(&path, &cookie).await.json();
        assert_eq!((first.chosen_at, first.settings.days_before_tier), (None, 3));
        let post = |settings: &str| format!(r#"{{"settings":{settings}}}"#);
        let choice =
            r#"{"budget":"20","credit_thresholds":["2","0.500"],"days_before_tier":7,"use_unusual":false}"#;
        let chosen: AlertSettingsNow = app.post_json(&path, &post(choice), &cookie).await.json();
        assert_eq!(chosen.settings.budget.unwrap().to_string(), "20");
        assert!(chosen.chosen_at.is_some());
        assert_eq!(app.get(&path, &cookie).await.json::<AlertSettingsNow>(), chosen);
        let with = |budget: &str, thresholds: &str, days: i64| {
            post(&format!(
                r#"{{"budget":{budget},"credit_thresholds":[{thresholds}],"days_before_tier":{days},"use_unusual":true}}"#
            ))
        };
        for (body, field) in [
            (with("\"0\"", "", 3), "/settings/budget"),
            (with("\"-1\"", "", 3), "/settings/budget"),
            (with("\"1.0005\"", "", 3), "/settings/budget"),
            (with("0.5", "", 3), "/settings/budget"),
            (with("null", "\"2\",\"0\"", 3), "/settings/credit_thresholds/1"),
            (with("null", "\"2\",\"2.000\"", 3), "/settings/credit_thresholds/1"),
            (with("null", "\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"", 3), "/settings/credit_thresholds"),
            (with("null", "", 32), "/settings/days_before_tier"),
            (with("null", "", -1), "/settings/days_before_tier"),
        ] {
            let refused = app.post_json(&path, &body, &cookie).await;
            let problem: Problem = refused.json();
            assert_eq!((refused.status, problem.field.as_deref()), (422, Some(field)), "{body}");
        }
        assert_eq!(app.get(&path, &cookie).await.json::<AlertSettingsNow>(), chosen, "nothing was kept");
    }
}

#[test]
fn every_fact_names_its_kind_on_the_wire() {
    let bill = BillId("b".into());
    let issued = AlertFact::BillIssued {
        bill,
        month: billing::period::Day(billing::period::parse_date("2026-09-01").unwrap()),
        total: "1.000".into(),
        currency: billing::money::Currency::KWD,
    };
    for fact in [tamper(), issued] {
        let json = serde_json::to_value(&fact).unwrap();
        assert_eq!(json["kind"], fact.kind());
        assert!(!fact.about().is_empty());
    }
}
