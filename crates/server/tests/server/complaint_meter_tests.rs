//! A meter's test as a case of its own: its result appealed, and one that the customer asked for.

use api::complaints::{Complaint, ComplaintState, HolderMove};
use api::meters::{MeterPage, MeterTest, TestResult};
use billing::number::Number;
use billing::period::{Day, parse_date};
use server::actions::test_meter::record_test;

use crate::common::record::VILLA;
use crate::complaint_steps::{OFFICER, code, step, step_as, with_staff};
use crate::complaints::{get, post};

/// BIL-9: the result of a meter test is appealed at once, without waiting for an answer.
#[tokio::test]
async fn the_result_of_a_meter_test_goes_straight_to_the_authority() {
    for app in with_staff().await {
        let mut record = app.state.store.begin().await.unwrap();
        let on = Day(parse_date("2026-09-10").unwrap());
        let test = MeterTest { on, result: TestResult::Accurate, error_percent: Number::ZERO };
        record_test(&mut record, "M-villa-electricity", &test).await.unwrap();
        record.commit().await.unwrap();
        let ask =
            r#"{"request_id":"t","kind":"meter-test-result","service_point":"villa-electricity","text":"x"}"#;
        let filed: Complaint = post(&app, VILLA, "complaints", ask).await.json();
        assert!(filed.open_to.contains(&HolderMove::Appeal) && !filed.summary.protected);
        let appealed: Complaint =
            post(&app, VILLA, "complaints/2002-C1/appeal", r#"{"request_id":"a"}"#).await.json();
        assert_eq!(appealed.summary.state, ComplaintState::Appealed);
        let decided = step(&app, r#"{"kind":"decide-appeal","accepted":false}"#).await;
        assert_eq!(decided.summary.state, ComplaintState::Decided);
    }
}

/// The customer asked for a test: the request is its own case, and the meter's correction comes with its result.
#[tokio::test]
async fn a_test_that_the_customer_asked_for_is_ordered_and_entered() {
    for app in with_staff().await {
        let ask = r#"{"request_id":"t","kind":"meter-test","service_point":"villa-electricity"}"#;
        let filed: Complaint = post(&app, VILLA, "complaints", ask).await.json();
        assert_eq!((filed.sums, filed.summary.bill), (None, None));
        step(&app, r#"{"kind":"order-test","trigger":"customer-asked"}"#).await;
        let twice = step_as(&app, OFFICER, 2, r#"{"kind":"order-test","trigger":"customer-asked"}"#).await;
        assert_eq!(code(&twice), (422, "step-out-of-order".into()));
        let early = step_as(&app, OFFICER, 2, r#"{"kind":"answer","accepted":true}"#).await;
        assert_eq!(code(&early), (422, "step-out-of-order".into()), "the result is awaited");
        let ahead =
            r#"{"kind":"enter-test","test":{"on":"2026-09-19","result":"accurate","error_percent":"0"}}"#;
        assert_eq!(code(&step_as(&app, OFFICER, 2, ahead).await), (422, "value-invalid".into()), "tomorrow");
        let tested = step(&app, &ahead.replace("09-19", "09-18")).await;
        assert_eq!((tested.steps.len(), tested.summary.state), (3, ComplaintState::Review));
        let page: MeterPage = get(&app, VILLA, "service-points/villa-electricity/meter").await;
        assert_eq!(page.tests.len(), 1, "on the meter's page too");
        step(&app, r#"{"kind":"answer","accepted":true}"#).await;
        step(&app, r#"{"kind":"close"}"#).await;
    }
}
