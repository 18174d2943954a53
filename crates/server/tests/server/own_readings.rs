//! A customer's own reading: taken once, within its days, plausible or vouched for, and billed until an actual one comes.

use std::io::Cursor;

use api::accounts::{AccountId, Quality, Reading};
use api::bills::{Bill, BillKind};
use api::own_readings::{OwnReading, OwnReadings, Photo};
use api::problem::Problem;
use billing::number::Number;
use image::{DynamicImage, ImageFormat};
use server::actions::issue_bill::issue_bill;
use server::actions::run_bills::{period_of_month, run_bills};
use server::store::{accounts, readings};

use crate::common::record::{FLAT, FLAT_WATER, VILLA, VILLA_POWER, day_start, kwh, on_each_database};
use crate::common::{Reply, TestApp};

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn path(point: &str) -> String {
    format!("/api/v1/accounts/{FLAT}/service-points/{point}/own-readings")
}

async fn send(app: &TestApp, cookie: &str, body: &str) -> Reply {
    app.post_json(&path(FLAT_WATER), body, cookie).await
}

fn problem(reply: &Reply) -> (u16, String, Option<String>) {
    let problem: Problem = reply.json();
    (reply.status, problem.code, problem.field)
}

async fn photo(app: &TestApp, account: &str, cookie: &str, bytes: &[u8]) -> Reply {
    let path = format!("/api/v1/accounts/{account}/photos");
    app.send("POST", &path, &[("cookie", cookie), ("content-type", "image/png")], bytes).await
}

/// A bill of September 2025: 75 gallons a day, so 45,000 since 28 August are far from the usual.
async fn bill_last_year(app: &TestApp) {
    let mut record = app.state.store.begin().await.unwrap();
    for (meter, day, register) in [
        ("M-flat-electricity", "2025-08-28", 100),
        ("M-flat-electricity", "2025-09-28", 900),
        ("M-flat-water", "2025-08-28", 10_000),
        ("M-flat-water", "2025-09-28", 12_325),
    ] {
        let register = Number::from_millionths(kwh(register));
        let reading = Reading { at: day_start(day), register, quality: Quality::Actual };
        readings::add(&mut record, meter, &reading).await.unwrap();
    }
    let account = accounts::find(&mut record, &AccountId(FLAT.into())).await.unwrap().unwrap();
    issue_bill(&mut record, &account, period_of_month("2025-09").unwrap(), 30).await.unwrap();
    record.commit().await.unwrap();
}

#[tokio::test]
async fn a_reading_is_taken_once_however_often_it_is_sent() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let body = r#"{"request_id":"a","register":"53900"}"#;
        let first: OwnReading = send(&app, &cookie, body).await.json();
        assert_eq!((first.reading.quality, first.usage.to_string().as_str()), (Quality::Customer, "1560"));
        let (b, c) = tokio::join!(send(&app, &cookie, body), send(&app, &cookie, body));
        assert_eq!((b.json::<OwnReading>(), c.json::<OwnReading>()), (first.clone(), first.clone()));
        let other = send(&app, &cookie, r#"{"request_id":"a","register":"53901"}"#).await;
        assert_eq!(problem(&other), (409, "repeat-conflict".into(), None));
        let (d, e) = tokio::join!(
            send(&app, &cookie, r#"{"request_id":"d","register":"53902"}"#),
            send(&app, &cookie, r#"{"request_id":"d","register":"53902"}"#)
        );
        assert_eq!(d.json::<OwnReading>(), e.json::<OwnReading>(), "two at once");
        let list: OwnReadings = app.get(&path(FLAT_WATER), &cookie).await.json();
        assert_eq!(list.readings.len(), 2);
        assert_eq!(list.readings[1], first);
        assert_eq!(list.last_actual.unwrap().register.to_string(), "52340");
        assert!(list.open);
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_what_is_far_from_the_usual_is_vouched_for() {
    for app in on_each_database().await {
        bill_last_year(&app).await;
        let cookie = app.sign_in(FLAT).await;
        let villa = app.sign_in(VILLA).await;
        let foreign: Photo = photo(&app, VILLA, &villa, &png(4, 4)).await.json();
        let with_foreign = format!(r#"{{"request_id":"a","register":"53900","photo":"{}"}}"#, foreign.photo);
        for (body, refusal) in [
            (r#"{"request_id":"a","register":"52339"}"#, (422, "reading-fell", Some("/register"))),
            (r#"{"request_id":"a","register":"-1"}"#, (422, "negative", Some("/register"))),
            (r#"{"request_id":"a","register":"1000000"}"#, (422, "out-of-range", Some("/register"))),
            (r#"{"request_id":"a","register":"97340"}"#, (422, "reading-unlikely", Some("/register"))),
            (r#"{"request_id":"a","register":"52340"}"#, (422, "reading-unlikely", Some("/register"))),
            (r#"{"request_id":"a","register":"1e5"}"#, (422, "value-invalid", Some("/register"))),
            (r#"{"request_id":"","register":"53900"}"#, (422, "value-invalid", Some("/request_id"))),
            (r#"{"request_id":"a","register":"53900","photo":"x"}"#, (422, "value-invalid", Some("/photo"))),
            (with_foreign.as_str(), (422, "value-invalid", Some("/photo"))),
            (r#"{"request_id":"a"}"#, (422, "value-invalid", Some("/register"))),
            (
                r#"{"request_id":"a","register":"1","account":"2002"}"#,
                (422, "value-invalid", Some("/account")),
            ),
        ] {
            let (status, code, field) = refusal;
            let told = problem(&send(&app, &cookie, body).await);
            assert_eq!(told, (status, code.into(), field.map(str::to_owned)), "{body}");
        }
        let list: OwnReadings = app.get(&path(FLAT_WATER), &cookie).await.json();
        assert_eq!(list.readings, [], "nothing was kept");

        let kept: Photo = photo(&app, FLAT, &cookie, &png(3_200, 800)).await.json();
        assert_eq!((kept.width, kept.height), (1_600, 400));
        let body = format!(r#"{{"request_id":"a","register":"97340","photo":"{}"}}"#, kept.photo);
        let own: OwnReading = send(&app, &cookie, &body).await.json();
        assert!(own.unlikely && own.photo == Some(kept.photo.clone()));
        let confirmed = r#"{"request_id":"b","register":"97341","confirmed":true}"#;
        assert!(send(&app, &cookie, confirmed).await.json::<OwnReading>().unlikely);
        assert!(
            !send(&app, &cookie, r#"{"request_id":"c","register":"53900"}"#)
                .await
                .json::<OwnReading>()
                .unlikely
        );

        let seen = app.get(&format!("/api/v1/accounts/{FLAT}/photos/{}", kept.photo), &cookie).await;
        assert_eq!((seen.header("content-type"), &seen.body[..2]), (Some("image/jpeg"), &[0xff, 0xd8][..]));
        for (account, cookie) in [(VILLA, &villa), (FLAT, &villa)] {
            let seen = app.get(&format!("/api/v1/accounts/{account}/photos/{}", kept.photo), cookie).await;
            assert_eq!(seen.status, 404, "another holder's photo");
        }
    }
}

#[tokio::test]
async fn a_photo_that_is_none_is_told_at_once() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let wide = png(8_193, 1);
        let large = vec![0; (8 << 20) + 1];
        for (bytes, status, code) in [
            (&b"no picture"[..], 422, "photo-kind"),
            (b"", 422, "photo-kind"),
            (&wide, 422, "photo-dimensions"),
            (&large, 413, "body-too-large"),
        ] {
            let reply = photo(&app, FLAT, &cookie, bytes).await;
            assert_eq!(problem(&reply), (status, code.into(), None), "{} bytes", bytes.len());
        }
        for _ in 0..20 {
            assert_eq!(photo(&app, FLAT, &cookie, &png(4, 4)).await.status, 200);
        }
        let reply = photo(&app, FLAT, &cookie, &png(4, 4)).await;
        assert_eq!(problem(&reply), (429, "too-many-requests".into(), None));
    }
}

#[tokio::test]
async fn a_reading_is_taken_from_ten_days_before_the_issue_to_the_day_before_it() {
    for app in on_each_database().await {
        for (day, status) in
            [("2026-09-17", 422), ("2026-09-18", 200), ("2026-09-27", 200), ("2026-09-28", 422)]
        {
            app.state.clock.set(day_start(day) + 86_399);
            let cookie = app.sign_in(FLAT).await;
            let reply = send(&app, &cookie, &format!(r#"{{"request_id":"{day}","register":"54000"}}"#)).await;
            assert_eq!(reply.status, status, "{day}: {}", reply.text());
            if status == 422 {
                let (_, code, field) = problem(&reply);
                assert_eq!((code.as_str(), field.as_deref()), ("reading-window-closed", Some("/register")));
            }
        }
    }
}

/// 1,560 gallons were used by 18 September. An own reading of the last days counts as the end; to an earlier one the
/// days that follow are added, 75 gallons each as a year ago. The next actual reading settles what was estimated.
#[tokio::test]
async fn the_next_bill_uses_it_until_an_actual_reading_comes() {
    for app in on_each_database().await {
        bill_last_year(&app).await;
        run_bills(&app.state.store, &app.state.clock, period_of_month("2026-08").unwrap(), "a", true)
            .await
            .unwrap();
        let cookie = app.sign_in(FLAT).await;
        send(&app, &cookie, r#"{"request_id":"early","register":"53900"}"#).await;
        let electricity = path("flat-electricity");
        app.state.clock.set(day_start("2026-09-26"));
        let cookie = app.sign_in(FLAT).await;
        let late = app.post_json(&electricity, r#"{"request_id":"late","register":"4100"}"#, &cookie).await;
        assert_eq!(late.status, 200, "{}", late.text());
        bill_month(&app, "2026-09").await;
        let september = bill(&app, "1001-2026-09").await;
        let told: Vec<_> = september
            .parts
            .iter()
            .map(|part| (part.readings.quality, part.facts.usage.to_string()))
            .collect();
        // 1,560 and ten days of 75 from 18 to 27 September.
        assert_eq!(told, [(Quality::Customer, "700".into()), (Quality::Estimated, "2310".into())]);
        assert_eq!(september.summary.kind, BillKind::Estimated);

        let mut record = app.state.store.begin().await.unwrap();
        for (meter, register) in [("M-flat-electricity", 4_800), ("M-flat-water", 56_915)] {
            let register = Number::from_millionths(kwh(register));
            let reading = Reading { at: day_start("2026-10-28"), register, quality: Quality::Actual };
            readings::add(&mut record, meter, &reading).await.unwrap();
        }
        record.commit().await.unwrap();
        bill_month(&app, "2026-10").await;
        // Water: 4,575 gallons in 61 days, 75 a day. Electricity was read by the customer: nothing to settle.
        let october = bill(&app, "1001-2026-10").await;
        let used: Vec<_> = october.parts.iter().map(|part| part.facts.usage.to_string()).collect();
        assert_eq!(used, ["700", "2250"]);
        let settled = bill(&app, "1001-2026-09-2").await;
        let used: Vec<_> = settled.parts.iter().map(|part| part.facts.usage.to_string()).collect();
        assert_eq!(used, ["700", "2325"]);
        assert_eq!(october.settles, [september.summary.id]);
    }
}

async fn bill_month(app: &TestApp, month: &str) {
    let period = period_of_month(month).unwrap();
    app.state.clock.set(day_start(&format!("{month}-28")));
    run_bills(&app.state.store, &app.state.clock, period, "a", true).await.unwrap();
}

async fn bill(app: &TestApp, id: &str) -> Bill {
    let cookie = app.sign_in(FLAT).await;
    app.get(&format!("/api/v1/accounts/{FLAT}/bills/{id}"), &cookie).await.json()
}

#[tokio::test]
async fn a_meters_page_tells_what_is_known() {
    use api::meters::{MeterPage, MeterState, MeterTest, TestResult};
    for app in on_each_database().await {
        let day = |text| billing::period::Day(billing::period::parse_date(text).unwrap());
        let mut record = app.state.store.begin().await.unwrap();
        for (meter, on) in [("M-villa-electricity", "2026-03-01"), ("M-flat-water", "2026-03-02")] {
            let test =
                MeterTest { on: day(on), result: TestResult::Slow, error_percent: Number::from_units(2) };
            server::store::meter_tests::add(&mut record, meter, &test).await.unwrap();
        }
        record.commit().await.unwrap();
        let page = async |account: &str, point: &str| -> MeterPage {
            let cookie = app.sign_in(account).await;
            app.get(&format!("/api/v1/accounts/{account}/service-points/{point}/meter"), &cookie).await.json()
        };
        let villa = page(VILLA, VILLA_POWER).await;
        assert_eq!(
            (villa.state, villa.next_test),
            (MeterState::Silent { since: None }, Some(day("2031-03-01")))
        );
        assert_eq!((villa.fitted_on, villa.digits, villa.readings.len()), (day("2026-01-01"), Some(6), 2));
        assert_eq!(villa.tests[0].result, TestResult::Slow);
        let flat = page(FLAT, "flat-electricity").await;
        let eight = day_start("2026-09-18") + 20 * 3600;
        assert_eq!(
            (flat.state, flat.next_test),
            (MeterState::Reporting { to: eight }, None),
            "no Kuwaiti rule"
        );
        assert_eq!(page(FLAT, FLAT_WATER).await.state, MeterState::ReadByHand);
        app.state.clock.set(day_start("2031-03-02"));
        let codes: Vec<_> = page(VILLA, VILLA_POWER).await.findings.into_iter().map(|f| f.code).collect();
        assert_eq!(codes, ["meter-test-overdue"]);
    }
}
