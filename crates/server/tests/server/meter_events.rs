//! What meters tell beside their readings (MET-2 to MET-5): kept once, shown to the customer, and answered by them.

use api::alerts::{Alert, AlertFact};
use api::meter_events::{EventNote, MeterEventsTaken, MeterHappening};
use api::meters::MeterPage;
use api::problem::Problem;

use crate::common::record::{FLAT, FLAT_POWER, VILLA, VILLA_POWER, day_start, on_each_database};
use crate::common::{KEY, TestApp};

fn event(id: &str, point: &str, minute: i64, what: &str) -> String {
    let at = day_start("2026-09-18") + 20 * 3600 + minute * 60;
    format!(r#"{{"id":"{id}","service_point":"{point}","at":{at},"what":{what}}}"#)
}

async fn tell(app: &TestApp, events: &[String]) -> MeterEventsTaken {
    let body = format!(r#"{{"events":[{}]}}"#, events.join(","));
    let reply = app.post_as(KEY, "/api/v1/meter-events", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

async fn page(app: &TestApp, cookie: &str) -> MeterPage {
    let path = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_POWER}/meter");
    app.get(&path, cookie).await.json()
}

fn kinds(events: &[api::meter_events::MeterEvent]) -> Vec<&'static str> {
    events.iter().map(|event| event.what.kind()).collect()
}

const HIGH: &str = r#"{"kind":"voltage-high","volts":"271"}"#;
const LOW: &str = r#"{"kind":"voltage-low","volts":"168.5"}"#;
const STEADY: &str = r#"{"kind":"voltage-steady"}"#;
const CUT: &str = r#"{"kind":"disconnected","reason":{"kind":"debt","amount":"12.345"}}"#;
const CONNECTED: &str = r#"{"kind":"connected"}"#;
const TAMPER: &str = r#"{"kind":"tamper"}"#;
const THEFT: &str = r#"{"kind":"theft"}"#;

/// MET-2: never to be mistaken for a debt cut, and the end of the one is not the end of the other.
#[tokio::test]
async fn a_voltage_cut_and_a_debt_cut_each_end_by_themselves() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        assert_eq!(page(&app, &cookie).await.cuts, []);
        for (minute, what, cuts) in [
            (0, HIGH, &["voltage-high"][..]),
            (1, STEADY, &[]),
            (2, CUT, &["disconnected"]),
            (3, LOW, &["voltage-low", "disconnected"]),
            (4, STEADY, &["disconnected"]),
            (5, CONNECTED, &[]),
        ] {
            let id = format!("e{minute}");
            assert_eq!(tell(&app, &[event(&id, FLAT_POWER, minute, what)]).await.added, 1);
            assert_eq!(kinds(&page(&app, &cookie).await.cuts), cuts, "{what}");
        }
        let events = page(&app, &cookie).await.events;
        let newest_first =
            ["connected", "voltage-steady", "voltage-low", "disconnected", "voltage-steady", "voltage-high"];
        assert_eq!(kinds(&events), newest_first);
        assert!(
            matches!(&events[5].what, MeterHappening::VoltageHigh { volts } if volts.to_string() == "271")
        );
    }
}

#[tokio::test]
async fn an_event_is_kept_once_by_its_id_and_a_wrong_one_is_told_by_its_index() {
    for app in on_each_database().await {
        let first = event("a", FLAT_POWER, 0, HIGH);
        assert_eq!(tell(&app, &[first.clone(), first.clone()]).await.repeated, 1);
        for (wrong, code, field) in [
            (event("a", FLAT_POWER, 0, LOW), "item-repeat-conflict", ""),
            (event("", FLAT_POWER, 0, LOW), "item-malformed", "/id"),
            (event(&"x".repeat(65), FLAT_POWER, 0, LOW), "item-malformed", "/id"),
            (event("b", "none", 0, LOW), "item-meter-unknown", "/service_point"),
            (event("b", "flat-water", 0, LOW), "item-meter-kind", "/service_point"),
            (event("b", FLAT_POWER, 30, LOW), "item-future", ""),
            (event("b", FLAT_POWER, 1440, LOW), "item-clock-off", ""),
            (event("b", FLAT_POWER, -10_000_000, LOW), "item-clock-off", ""),
            (
                event("b", FLAT_POWER, 0, r#"{"kind":"voltage-low","volts":"-1"}"#),
                "item-malformed",
                "/what/volts",
            ),
            (event("b", FLAT_POWER, 0, r#"{"kind":"nothing"}"#), "item-malformed", "/what/kind"),
            (
                event("b", FLAT_POWER, 0, &CUT.replace("12.345", "12.3456")),
                "item-malformed",
                "/what/reason/amount",
            ),
        ] {
            let taken = tell(&app, &[first.clone(), wrong.clone()]).await;
            assert_eq!((taken.added, taken.repeated), (0, 1), "{wrong}");
            let told: Vec<_> = taken.refused.iter().map(|r| (r.index, r.code.as_str())).collect();
            assert_eq!(told, [(1, code)], "{wrong}");
            assert_eq!(taken.refused[0].field, Some(format!("/events/1{field}")), "{wrong}");
        }
    }
}

#[tokio::test]
async fn each_event_is_an_alert_of_its_own_account() {
    for app in on_each_database().await {
        let events = [
            event("a", FLAT_POWER, 0, HIGH),
            event("b", FLAT_POWER, 1, STEADY),
            event("c", FLAT_POWER, 2, TAMPER),
            event("d", VILLA_POWER, 2, THEFT),
        ];
        assert_eq!(tell(&app, &events).await.added, 4);
        assert_eq!(tell(&app, &events).await.repeated, 4);
        for (account, expected) in [(FLAT, &["tamper", "restored", "voltage"][..]), (VILLA, &["tamper"])] {
            let cookie = app.sign_in(account).await;
            let reply = app.get(&format!("/api/v1/accounts/{account}/alerts"), &cookie).await;
            let alerts: serde_json::Value = reply.json();
            let alerts: Vec<Alert> = serde_json::from_value(alerts["alerts"].clone()).unwrap();
            assert_eq!(alerts.iter().map(|alert| alert.fact.kind()).collect::<Vec<_>>(), expected);
            assert!(alerts.iter().all(|alert| !matches!(alert.fact, AlertFact::Disconnected { .. })));
        }
    }
}

/// MET-3: seen and disputable.
#[tokio::test]
async fn a_customer_disputes_tampering_once_a_request() {
    for app in on_each_database().await {
        let events = [
            event("a", FLAT_POWER, 0, TAMPER),
            event("b", FLAT_POWER, 1, HIGH),
            event("c", VILLA_POWER, 1, TAMPER),
        ];
        tell(&app, &events).await;
        let cookie = app.sign_in(FLAT).await;
        let known = page(&app, &cookie).await.events;
        let (high, tamper) = (known[0].id.clone(), known[1].id.clone());
        let villa = {
            let cookie = app.sign_in(VILLA).await;
            let path = format!("/api/v1/accounts/{VILLA}/service-points/{VILLA_POWER}/meter");
            app.get(&path, &cookie).await.json::<MeterPage>().events[0].id.clone()
        };
        let path = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_POWER}/meter-event-notes");
        let note = |request: &str, event: &str, text: &str| {
            serde_json::json!({ "request_id": request, "event": event, "text": text }).to_string()
        };
        let long = "ع".repeat(1_001);
        for (body, status, code) in [
            (note("1", &tamper, "  الكهربائي فتح الغطاء  "), 200, ""),
            (note("1", &tamper, "الكهربائي فتح الغطاء"), 200, ""),
            (note("1", &tamper, "else"), 409, "repeat-conflict"),
            (note("2", &high, "a"), 422, "value-invalid"),
            (note("2", &villa, "a"), 422, "value-invalid"),
            (note("2", "none", "a"), 422, "value-invalid"),
            (note("2", &tamper, "  "), 422, "value-invalid"),
            (note("2", &tamper, &long), 422, "value-invalid"),
            (note("2", &tamper, "a\0b"), 422, "value-invalid"),
            (note("", &tamper, "a"), 422, "value-invalid"),
        ] {
            let reply = app.post_json(&path, &body, &cookie).await;
            assert_eq!(reply.status, status, "{body}: {}", reply.text());
            match code {
                "" => assert_eq!(reply.json::<EventNote>().text, "الكهربائي فتح الغطاء"),
                code => assert_eq!(reply.json::<Problem>().code, code, "{body}"),
            }
        }
        let notes = page(&app, &cookie).await.events[1].notes.clone();
        assert_eq!(notes.len(), 1);
    }
}
