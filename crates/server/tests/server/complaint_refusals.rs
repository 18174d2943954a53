//! What cannot be a complaint, and that nothing of it is kept.

use api::accounts::{Quality, Reading};
use api::complaint_requests::Complaints;
use api::complaints::Complaint;
use api::problem::Problem;
use billing::number::Number;
use server::store::readings;

use crate::common::record::{FLAT, VILLA, day_start, kwh, on_each_database};
use crate::complaints::{DISPUTE, get, post, refusal, send, with_bills};

#[tokio::test]
async fn what_cannot_be_a_complaint_is_refused_and_nothing_is_kept() {
    for app in with_bills().await {
        let cookie = app.sign_in(VILLA).await;
        let long = "س".repeat(2_001);
        let bodies = [
            (r#"{"request_id":"x","kind":"reading","text":"x"}"#.to_owned(), "value-invalid", "/bill"),
            (r#"{"request_id":"x","kind":"reading","bill":"1001-2026-08"}"#.into(), "value-invalid", "/bill"),
            (r#"{"request_id":"x","kind":"joining","bill":"2002-2026-08"}"#.into(), "value-invalid", "/bill"),
            (r#"{"request_id":"x","kind":"joining"}"#.into(), "value-invalid", "/text"),
            (r#"{"request_id":"x","kind":"meter-test"}"#.into(), "value-invalid", "/service_point"),
            (
                r#"{"request_id":"x","kind":"meter-test","service_point":"flat-water"}"#.into(),
                "value-invalid",
                "/service_point",
            ),
            (
                r#"{"request_id":"x","kind":"meter-test-result","service_point":"villa-electricity","text":"x"}"#
                    .into(),
                "value-invalid",
                "/kind",
            ),
            (DISPUTE.replace("6000", "-1"), "value-invalid", "/register"),
            (DISPUTE.replace("6000", "1000000"), "out-of-range", "/register"),
            (DISPUTE.replace("villa-electricity", "flat-electricity"), "value-invalid", "/service_point"),
            (DISPUTE.replace(r#""d""#, r#""""#), "value-invalid", "/request_id"),
            (DISPUTE.replace("The meter", "\\u0000"), "value-invalid", "/text"),
            (DISPUTE.replace("The meter", &long), "value-invalid", "/text"),
            (DISPUTE.replace("reading\"", "bribe\""), "value-invalid", "/kind"),
            (DISPUTE.replace(r#""text""#, r#""disputed":"1","text""#), "value-invalid", "/disputed"),
        ];
        for (body, code, field) in bodies {
            let (status, told, at) = refusal(&send(&app, &cookie, VILLA, "complaints", &body).await);
            assert_eq!((status, told.as_str(), at.as_deref()), (422, code, Some(field)), "{body}");
        }
        assert!(get::<Complaints>(&app, VILLA, "complaints").await.complaints.is_empty());
    }
}

#[tokio::test]
async fn one_complaint_about_a_bill_at_a_time_and_none_of_anothers() {
    for app in with_bills().await {
        let (cookie, flat) = (app.sign_in(VILLA).await, app.sign_in(FLAT).await);
        let (one, two) = tokio::join!(
            send(&app, &cookie, VILLA, "complaints", DISPUTE),
            send(&app, &cookie, VILLA, "complaints", DISPUTE)
        );
        assert_eq!(one.json::<Complaint>(), two.json::<Complaint>(), "the same request, twice at once");
        let second = send(&app, &cookie, VILLA, "complaints", &DISPUTE.replace(r#""d""#, r#""e""#)).await;
        assert_eq!(refusal(&second), (409, "complaint-already-open".into(), None));
        assert!(second.json::<Problem>().message.en.contains("2002-C1"));
        let changed = send(&app, &cookie, VILLA, "complaints", &DISPUTE.replace("6000", "5999")).await;
        assert_eq!(refusal(&changed), (409, "repeat-conflict".into(), None));
        for (end, body) in [
            ("evidence", r#"{"request_id":"z","text":"x"}"#),
            ("appeal", r#"{"request_id":"z"}"#),
            ("withdrawal", r#"{"request_id":"z"}"#),
        ] {
            let path = format!("complaints/2002-C1/{end}");
            assert_eq!(refusal(&send(&app, &flat, FLAT, &path, body).await).0, 404, "{end} of another's");
        }
        send(&app, &cookie, VILLA, "complaints/2002-C1/withdrawal", r#"{"request_id":"w"}"#)
            .await
            .json::<Complaint>();
        for (end, body) in [
            ("evidence", r#"{"request_id":"z","text":"x"}"#),
            ("withdrawal", r#"{"request_id":"z"}"#),
            ("appeal", r#"{"request_id":"z"}"#),
        ] {
            let reply = send(&app, &cookie, VILLA, &format!("complaints/2002-C1/{end}"), body).await;
            assert_eq!(refusal(&reply), (409, "complaint-closed".into(), None), "{end} of a closed case");
        }
        let anew: Complaint =
            send(&app, &cookie, VILLA, "complaints", &DISPUTE.replace(r#""d""#, r#""e""#)).await.json();
        assert_eq!(anew.summary.id.0, "2002-C2");
    }
}

/// The reading falls below where the period began: it cannot be, and nobody calculates with it.
#[tokio::test]
async fn a_reading_below_the_periods_start_is_refused() {
    for app in on_each_database().await {
        let mut record = app.state.store.begin().await.unwrap();
        for (day, register) in [("2026-09-28", 12_000)] {
            let register = Number::from_millionths(kwh(register));
            let reading = Reading { at: day_start(day), register, quality: Quality::Actual };
            readings::add(&mut record, "M-villa-electricity", &reading).await.unwrap();
        }
        record.commit().await.unwrap();
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        app.state.clock.set(day_start("2026-10-01"));
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        let body = DISPUTE.replace("2026-08", "2026-09");
        let reply = post(&app, VILLA, "complaints", &body).await;
        assert_eq!(refusal(&reply), (422, "reading-fell".into(), Some("/register".into())));
    }
}

/// PostgreSQL keeps no zero byte in a text: no id of ours has one, and none is a fault.
#[tokio::test]
async fn an_id_with_a_zero_byte_is_not_found() {
    for app in with_bills().await {
        let cookie = app.sign_in(VILLA).await;
        for end in ["complaints/%00", "bills/a%00b", "photos/%00"] {
            let reply = app.get(&format!("/api/v1/accounts/{VILLA}/{end}"), &cookie).await;
            assert_eq!(refusal(&reply), (404, "not-found".into(), None), "{end}");
        }
        let path = format!("/api/v1/accounts/{VILLA}/complaint-preview?bill=%00");
        assert_eq!(app.get(&path, &cookie).await.status, 422);
        let foreign = app.get("/api/v1/accounts/%00/complaints", &cookie).await;
        assert_eq!(refusal(&foreign), (404, "account-not-found".into(), None));
    }
}
