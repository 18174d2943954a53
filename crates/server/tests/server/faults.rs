//! A customer reports a fault (MET-5).

use api::faults::FaultReport;
use api::meters::MeterPage;
use api::problem::Problem;

use crate::common::record::{FLAT, FLAT_WATER, on_each_database};

#[tokio::test]
async fn a_fault_is_reported_once_a_request_and_seen_again() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let base = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_WATER}");
        let path = format!("{base}/faults");
        let fault = |request: &str, kind: &str, text: &str| {
            serde_json::json!({ "request_id": request, "kind": kind, "text": text }).to_string()
        };
        for (body, status, code) in [
            (fault("1", "meter-damaged", " يسرّب ماء "), 200, "1001"),
            (fault("1", "meter-damaged", "يسرّب ماء"), 200, "1001"),
            (fault("1", "other", "يسرّب ماء"), 409, "repeat-conflict"),
            (fault("2", "no-supply", ""), 200, "1002"),
            (fault("3", "nothing", ""), 422, "value-invalid"),
            (fault(&"x".repeat(65), "other", ""), 422, "value-invalid"),
            (fault("3", "other", &"x".repeat(1_001)), 422, "value-invalid"),
            (fault("3", "other", "\0"), 422, "value-invalid"),
        ] {
            let reply = app.post_json(&path, &body, &cookie).await;
            assert_eq!(reply.status, status, "{body}: {}", reply.text());
            let told =
                if status == 200 { reply.json::<FaultReport>().number } else { reply.json::<Problem>().code };
            assert_eq!(told, code, "{body}");
        }
        let page: MeterPage = app.get(&format!("{base}/meter"), &cookie).await.json();
        let seen: Vec<_> = page.faults.iter().map(|fault| fault.number.as_str()).collect();
        assert_eq!(seen, ["1002", "1001"]);
        for at in 3..=20 {
            let reply = app.post_json(&path, &fault(&at.to_string(), "other", ""), &cookie).await;
            assert_eq!(reply.status, 200, "{at}");
        }
        let reply = app.post_json(&path, &fault("21", "other", ""), &cookie).await;
        assert_eq!(reply.status, 429, "after twenty in a day");
    }
}
