//! No correction and no dispute loses a register of a meter that was exchanged (BIL-6 to BIL-8).

use api::accounts::{AccountId, ServicePointId};
use api::complaint_requests::ComplaintPreview;
use api::meters::{MeterTest, TestResult};
use billing::period::{Day, parse_date};
use server::actions::correct_multiplier::correct_multiplier;
use server::actions::test_meter::{correct_after_test, record_test};
use server::store::accounts;

use crate::common::TestApp;
use crate::common::record::{VILLA, VILLA_POWER, kwh, on_each_database};
use crate::complaint_steps::{step, with_staff};
use crate::complaints::{DISPUTE, get, post};
use crate::meter_exchange::{bill, part, september, units};

/// The present meter's multiplier was 20; it ran 5 % fast; it showed 610: each time the old meter's 1,000 kWh stay.
#[tokio::test]
async fn a_correction_keeps_the_second_register() {
    type Way = (&'static str, u32);
    for (way, right) in [("multiplier", 5_200), ("test", 3_000), ("reading", 2_100)] as [Way; 3] {
        for app in with_staff().await {
            let before = september(&app, "2026-09-10").await;
            if way == "reading" {
                let body = r#"{"request_id":"e","kind":"reading","bill":"2002-2026-09","service_point":"villa-electricity","register":"610","text":"Less."}"#;
                assert_eq!(post(&app, VILLA, "complaints", body).await.status, 200);
                step(
                    &app,
                    r#"{"kind":"correct-reading","service_point":"villa-electricity","current":"610"}"#,
                )
                .await;
            } else {
                correct(&app, way).await;
            }
            let after = bill(&app, "2002-2026-09-2").await;
            let (readings, usage) = part(&after);
            assert_eq!((&readings.exchanged, usage), (&part(&before).0.exchanged, units(right)), "{way}");
            let own = (readings.current.millionths() - readings.previous.millionths())
                * (readings.multiplier.millionths() / 1_000_000);
            assert_eq!(own, kwh(i64::from(right) - 1_000), "the readings explain the use: {way}");
        }
    }
}

async fn correct(app: &TestApp, way: &str) {
    let mut record = app.state.store.begin().await.unwrap();
    let account = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
    let point =
        accounts::find_point(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap().unwrap();
    let [since, on] = ["2026-08-28", "2026-09-29"].map(|day| parse_date(day).unwrap());
    let corrected = if way == "multiplier" {
        correct_multiplier(&mut record, &account, &point, units(20), on, 30).await.unwrap()
    } else {
        let test = MeterTest { on: Day(on), result: TestResult::Fast, error_percent: units(5) };
        record_test(&mut record, &point.meter.number, &test).await.unwrap();
        correct_after_test(&mut record, &account, &point, &test, since, on, 30).await.unwrap()
    };
    assert_eq!(corrected.len(), 1);
    record.commit().await.unwrap();
}

/// August's reading was wrong: September began with the old meter, and begins with the right reading of it.
#[tokio::test]
async fn a_wrong_reading_before_an_exchange_is_corrected_in_both_bills() {
    for app in with_staff().await {
        september(&app, "2026-09-10").await;
        assert_eq!(post(&app, VILLA, "complaints", DISPUTE).await.status, 422, "it is gone");
        let body = r#"{"request_id":"e","kind":"reading","bill":"2002-2026-08","text":"Wrong."}"#;
        assert_eq!(post(&app, VILLA, "complaints", body).await.status, 200);
        step(&app, r#"{"kind":"correct-reading","service_point":"villa-electricity","current":"6000"}"#)
            .await;
        let august = bill(&app, "2002-2026-08-2").await;
        assert_eq!(part(&august).1, units(6_000));
        let september = bill(&app, "2002-2026-09-2").await;
        let (readings, usage) = part(&september);
        let taken = &readings.exchanged[0];
        assert_eq!((taken.previous, taken.usage, usage), (units(6_000), units(1_300), units(3_400)));
    }
}

/// 600 on the new meter are 1,000 kWh by it; the old one's 1,000 are not in dispute.
#[tokio::test]
async fn a_dispute_counts_both_registers() {
    for app in on_each_database().await {
        september(&app, "2026-09-10").await;
        let path = "complaint-preview?bill=2002-2026-09&service_point=villa-electricity&register=600";
        let preview: ComplaintPreview = get(&app, VILLA, path).await;
        let api::complaints::SumsBasis::Reading { usage, .. } = preview.sums.basis else {
            panic!("not by the reading")
        };
        assert_eq!(usage, units(2_000));
    }
}
