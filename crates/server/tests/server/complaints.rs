//! Complaints as their holder files them: the sums that the engine works out, the clock, the protection, and what is refused.

use std::io::Cursor;

use api::accounts::Quality;
use api::accounts::{AccountId, BillId, ComplaintId, Reading};
use api::bills::{Bill, BillDispute, Bills};
use api::complaint_requests::{ComplaintPreview, Complaints};
use api::complaint_steps::{StepBy, StepKind};
use api::complaints::{Complaint, ComplaintState, HolderMove, SumsBasis};
use api::own_readings::Photo;
use api::problem::Problem;
use api::standing::Standing;
use billing::complaint::AppealTo;
use billing::disconnection::LadderStep;
use billing::number::Number;
use billing::period::{Day, parse_date};
use image::{DynamicImage, ImageFormat};
use server::actions::serve_notice::serve_notice;
use server::store::{accounts, readings};

use crate::common::record::{FLAT, VILLA, VILLA_POWER, day_start, kwh, on_each_database};
use crate::common::{Reply, TestApp};

/// The villa's bill of 6,300 kWh: 6,200 at 0.18, 100 at 0.30, 15, and VAT.
const BILLED: &str = "1335.15";

/// A server on each database whose bills of August 2026 are issued.
pub(crate) async fn with_bills() -> Vec<TestApp> {
    let apps = on_each_database().await;
    for app in &apps {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
    }
    apps
}

pub(crate) async fn post(app: &TestApp, account: &str, end: &str, body: &str) -> Reply {
    let cookie = app.sign_in(account).await;
    app.post_json(&format!("/api/v1/accounts/{account}/{end}"), body, &cookie).await
}

/// The same in a session that is open: a quarter of an hour has ten codes.
async fn send(app: &TestApp, cookie: &str, account: &str, end: &str, body: &str) -> Reply {
    app.post_json(&format!("/api/v1/accounts/{account}/{end}"), body, cookie).await
}

pub(crate) async fn get<T: serde::de::DeserializeOwned>(app: &TestApp, account: &str, end: &str) -> T {
    let cookie = app.sign_in(account).await;
    app.get(&format!("/api/v1/accounts/{account}/{end}"), &cookie).await.json()
}

/// A dispute of the villa's reading: 6,000 are seen on the meter.
pub(crate) const DISPUTE: &str = r#"{"request_id":"d","kind":"reading","bill":"2002-2026-08","service_point":"villa-electricity","register":"6000","text":"The meter shows less."}"#;
const DISPUTE_FLAT: &str = r#"{"request_id":"d","kind":"not-mine","bill":"1001-2026-08","text":""}"#;

async fn photo(app: &TestApp, account: &str, bytes: &[u8]) -> Reply {
    let cookie = app.sign_in(account).await;
    let path = format!("/api/v1/accounts/{account}/photos");
    app.send("POST", &path, &[("cookie", &cookie), ("content-type", "image/png")], bytes).await
}

pub(crate) async fn kept_photo(app: &TestApp, account: &str) -> String {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(4, 3).write_to(&mut bytes, ImageFormat::Png).unwrap();
    photo(app, account, &bytes.into_inner()).await.json::<Photo>().photo
}

fn refusal(reply: &Reply) -> (u16, String, Option<String>) {
    let problem: Problem = reply.json();
    assert!(!problem.message.ar.is_empty() && problem.message.ar != problem.message.en);
    (reply.status, problem.code, problem.field)
}

fn day(text: &str) -> Day {
    Day(parse_date(text).unwrap())
}

/// Board 12: sent on Friday 18 September 2026, the last day is Sunday 4 October; the 23rd is the national day.
#[tokio::test]
async fn a_dispute_has_its_sums_from_the_reading_its_clock_and_its_protection() {
    for app in with_bills().await {
        let path = "complaint-preview?bill=2002-2026-08&service_point=villa-electricity&register=6000";
        let before: ComplaintPreview = get(&app, VILLA, path).await;
        let filed: Complaint = post(&app, VILLA, "complaints", DISPUTE).await.json();
        let sums = filed.sums.clone().unwrap();
        assert_eq!((before.sums, before.rights), (sums.clone(), filed.rights.clone()), "as the preview said");
        assert_eq!(
            (sums.billed.as_str(), sums.disputed.as_str(), sums.undisputed.as_str()),
            (BILLED, "75.90", "1259.25")
        );
        let SumsBasis::Reading { usage, implied } = sums.basis else { panic!("not by the reading") };
        assert_eq!((usage, implied.total.as_str()), (Number::from_units(6000), "1259.25"));

        let summary = &filed.summary;
        assert_eq!((summary.id.0.as_str(), summary.state), ("2002-C1", ComplaintState::Received));
        assert_eq!((summary.answer_due, summary.protected), (Some(day("2026-10-04")), true));
        assert_eq!(filed.open_to, [HolderMove::AddEvidence, HolderMove::Withdraw]);
        assert_eq!(filed.steps.len(), 1);
        assert_eq!((filed.steps[0].by, &filed.steps[0].what), (StepBy::Holder, &StepKind::Filed));
        let again: Complaint = post(&app, VILLA, "complaints", DISPUTE).await.json();
        assert_eq!(again, filed, "the same request again");
        let list: Complaints = get(&app, VILLA, "complaints").await;
        assert_eq!(list.complaints.len(), 1);
        assert_eq!(list.complaints[0], filed.summary);
        let open: ComplaintPreview = get(&app, VILLA, path).await;
        assert_eq!(open.open, Some(ComplaintId("2002-C1".into())));
    }
}

#[tokio::test]
async fn without_a_reading_or_with_one_that_contradicts_nothing_the_whole_bill_is_in_dispute() {
    for app in with_bills().await {
        for (end, disputed, whole) in [
            ("", BILLED, true),
            ("&service_point=villa-electricity&register=6300", BILLED, true),
            ("&service_point=villa-electricity&register=7000", BILLED, true),
            // 10 kWh less are 10 at 0.30 and VAT.
            ("&service_point=villa-electricity&register=6290", "3.45", false),
            // Nothing was used: the meter fee of 15 and its VAT are left.
            ("&service_point=villa-electricity&register=0", "1317.90", false),
        ] {
            let path = format!("complaint-preview?bill=2002-2026-08{end}");
            let preview: ComplaintPreview = get(&app, VILLA, &path).await;
            assert_eq!(preview.sums.disputed, disputed, "{end}");
            assert_eq!(matches!(preview.sums.basis, SumsBasis::WholeBill), whole, "{end}");
        }
    }
}

/// The ladder is over and the hour is free: the service may be cut, and a complaint forbids it at once.
#[tokio::test]
async fn a_complaint_protects_in_riyadh_and_not_in_kuwait() {
    for app in with_bills().await {
        let kuwait = [LadderStep::Warning; 3].into_iter().zip(["2026-09-28", "2026-11-01", "2026-12-10"]);
        let riyadh =
            [LadderStep::Notice, LadderStep::FinalNotice].into_iter().zip(["2026-09-28", "2026-11-15"]);
        let mut record = app.state.store.begin().await.unwrap();
        for (account, steps) in [(FLAT, kuwait.collect::<Vec<_>>()), (VILLA, riyadh.collect())] {
            let account = accounts::find(&mut record, &AccountId(account.into())).await.unwrap().unwrap();
            for (step, on) in steps {
                let id = format!("{}-{on}", account.summary.id);
                let on = parse_date(on).unwrap();
                serve_notice(&mut record, &account, &id, step, on, 7).await.unwrap().unwrap();
            }
        }
        record.commit().await.unwrap();
        // A Monday at ten.
        app.state.clock.set(day_start("2027-01-25") + 10 * 3600);
        for (account, dispute, protects) in [(VILLA, DISPUTE, true), (FLAT, DISPUTE_FLAT, false)] {
            let before: Standing = get(&app, account, "standing").await;
            let answer = before.cut.answer.unwrap();
            assert!(answer.allowed, "{account}: {:?}", answer.findings);
            let filed: Complaint = post(&app, account, "complaints", dispute).await.json();
            assert_eq!(filed.summary.protected, protects, "{account}");
            let after: Standing = get(&app, account, "standing").await;
            let asked = after.cut.request.complaint.unwrap();
            assert_eq!(asked.received, day("2027-01-25"), "{account}");
            let answer = after.cut.answer.unwrap();
            assert_eq!(answer.allowed, !protects, "{account}");
            let codes: Vec<_> = answer.findings.iter().map(|finding| finding.code.as_str()).collect();
            let told = if protects { "complaint-open" } else { "no-protection-published" };
            assert!(codes.contains(&told), "{account}: {codes:?}");
            let withdrawal = r#"{"request_id":"w"}"#;
            let path = format!("complaints/{}/withdrawal", filed.summary.id);
            let taken: Complaint = post(&app, account, &path, withdrawal).await.json();
            assert_eq!((taken.summary.state, taken.summary.protected), (ComplaintState::Withdrawn, false));
            assert!(taken.open_to.is_empty() && taken.rights.answer.is_none());
            let ended: Standing = get(&app, account, "standing").await;
            assert!(ended.cut.answer.unwrap().allowed, "{account}: the protection ends with it");
        }
        let undisputed: ComplaintPreview = get(
            &app,
            VILLA,
            "complaint-preview?bill=2002-2026-08&service_point=villa-electricity&register=6000",
        )
        .await;
        assert_eq!(undisputed.open, None);
    }
}

/// In Kuwait no source names a clock: none is shown, and the grievance opens where transactions are stopped.
#[tokio::test]
async fn in_kuwait_there_is_no_clock_and_a_grievance_for_stopped_transactions() {
    for app in with_bills().await {
        let filed: Complaint = post(&app, FLAT, "complaints", DISPUTE_FLAT).await.json();
        assert_eq!((filed.summary.answer_due, filed.summary.protected), (None, false));
        assert_eq!(filed.summary.disputed.as_deref(), Some(filed.sums.as_ref().unwrap().billed.as_str()));
        let answer = filed.rights.answer.as_ref().unwrap();
        let codes: Vec<_> = answer.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert!(
            codes.contains(&"no-clock-published") && codes.contains(&"no-protection-published"),
            "{codes:?}"
        );
        // The holder is no citizen: any debt stops transactions.
        assert!(filed.rights.request.transactions_blocked);
        assert_eq!(answer.appeal_to, Some(AppealTo::Ministry));
        let path = format!("complaints/{}/appeal", filed.summary.id);
        let appealed: Complaint = post(&app, FLAT, &path, r#"{"request_id":"g"}"#).await.json();
        assert_eq!(appealed.summary.state, ComplaintState::Appealed);
        assert_eq!(appealed.steps[1].what, StepKind::Appealed { to: AppealTo::Ministry });
        let due = appealed.rights.answer.unwrap().grievance_due;
        assert_eq!(due, Some(day("2026-10-18")), "thirty days");
        assert!(!appealed.open_to.contains(&HolderMove::Appeal), "once");
        let second = post(&app, FLAT, &path, r#"{"request_id":"h"}"#).await;
        assert_eq!(refusal(&second), (422, "appeal-not-open".into(), None));
    }
}

/// Eid al-Fitr 2027 is in March: its days do not count, and neither do weekends.
#[tokio::test]
async fn the_clock_stands_still_over_eid_and_the_appeal_opens_when_it_has_run_out() {
    for app in with_bills().await {
        app.state.clock.set(day_start("2027-03-03") + 10 * 3600);
        let filed: Complaint = post(&app, VILLA, "complaints", DISPUTE).await.json();
        let due = filed.summary.answer_due.unwrap();
        assert!(due > day("2027-03-17"), "ten weekdays alone would end on the 17th: {due:?}");
        assert_eq!(filed.summary.working_days_left, Some(10));
        app.state.clock.set(day_start(&billing::period::date_text(due.0)) + 23 * 3600);
        let last: Complaint = get(&app, VILLA, "complaints/2002-C1").await;
        assert_eq!(
            (last.summary.working_days_left, last.open_to.contains(&HolderMove::Appeal)),
            (Some(0), false)
        );
        app.state.clock.set(app.state.clock.now() + 86_400);
        let late: Complaint = get(&app, VILLA, "complaints/2002-C1").await;
        assert_eq!(late.rights.answer.as_ref().unwrap().state, billing::complaint::CaseState::Late);
        assert!(late.open_to.contains(&HolderMove::Appeal) && late.summary.protected);
        let body = r#"{"request_id":"a","text":"No answer came."}"#;
        let appealed: Complaint = post(&app, VILLA, "complaints/2002-C1/appeal", body).await.json();
        assert_eq!(appealed.steps[1].what, StepKind::Appealed { to: AppealTo::Authority });
        assert_eq!((appealed.summary.state, appealed.summary.protected), (ComplaintState::Appealed, true));
    }
}

#[tokio::test]
async fn photos_and_words_are_added_and_kept_as_they_are() {
    for app in with_bills().await {
        let first = kept_photo(&app, VILLA).await;
        let script = r#"<script>alert('x')</script> <img src=x onerror=alert(1)> \u202e "#;
        let body = DISPUTE.replace(
            r#""text":"The meter shows less.""#,
            &format!(r#""text":"{script}","photos":["{first}"]"#),
        );
        let filed: Complaint = post(&app, VILLA, "complaints", &body).await.json();
        assert_eq!(filed.text, "<script>alert('x')</script> <img src=x onerror=alert(1)> \u{202e}");
        assert_eq!(filed.evidence.len(), 1);
        assert_eq!(filed.evidence[0].photos, std::slice::from_ref(&first));
        let second = kept_photo(&app, VILLA).await;
        let body = format!(r#"{{"request_id":"e","text":"<b>And</b>","photos":["{second}"]}}"#);
        let added: Complaint = post(&app, VILLA, "complaints/2002-C1/evidence", &body).await.json();
        let again: Complaint = post(&app, VILLA, "complaints/2002-C1/evidence", &body).await.json();
        assert_eq!(again, added, "once");
        assert_eq!((added.evidence.len(), added.steps.len()), (2, 2));
        assert_eq!(
            (added.evidence[1].text.as_str(), &added.evidence[1].photos),
            ("<b>And</b>", &vec![second])
        );
        let other = body.replace("And", "Or");
        let reply = post(&app, VILLA, "complaints/2002-C1/evidence", &other).await;
        assert_eq!(refusal(&reply), (409, "repeat-conflict".into(), None));
        let known = format!(r#"{{"request_id":"f","photos":["{first}"]}}"#);
        let reply = post(&app, VILLA, "complaints/2002-C1/evidence", &known).await;
        assert_eq!(refusal(&reply), (422, "value-invalid".into(), Some("/photos/0".into())));
    }
}

#[tokio::test]
async fn a_complaint_holds_six_photos_and_no_strangers() {
    for app in with_bills().await {
        let foreign = kept_photo(&app, FLAT).await;
        let mut own = Vec::new();
        for _ in 0..7 {
            own.push(kept_photo(&app, VILLA).await);
        }
        // The next quarter of an hour.
        app.state.clock.set(app.state.clock.now() + 1_000);
        let with = |photos: &[String]| {
            let photos = photos.iter().map(|photo| format!(r#""{photo}""#)).collect::<Vec<_>>().join(",");
            format!(r#"{{"request_id":"p","kind":"voltage","text":"x","photos":[{photos}]}}"#)
        };
        let twenty: Vec<String> = (0..20).map(|at| format!("photo-{at}")).collect();
        for (photos, told) in [
            (twenty, (422, "too-many-photos", None)),
            (own.clone(), (422, "too-many-photos", None)),
            (vec![own[0].clone(), foreign], (422, "value-invalid", Some("/photos/1"))),
            (vec![own[0].clone(), own[0].clone()], (422, "value-invalid", Some("/photos/1"))),
            (vec!["none".into()], (422, "value-invalid", Some("/photos/0"))),
        ] {
            let (status, code, field) = refusal(&post(&app, VILLA, "complaints", &with(&photos)).await);
            assert_eq!((status, code.as_str(), field.as_deref()), told, "{photos:?}");
        }
        assert!(get::<Complaints>(&app, VILLA, "complaints").await.complaints.is_empty(), "nothing was kept");
        post(&app, VILLA, "complaints", &with(&own[..6])).await.json::<Complaint>();
        let seventh = format!(r#"{{"request_id":"q","photos":["{}"]}}"#, own[6]);
        let reply = post(&app, VILLA, "complaints/2002-C1/evidence", &seventh).await;
        assert_eq!(refusal(&reply), (422, "too-many-photos".into(), None));
    }
}

/// A JPEG with an EXIF block that says where it was taken, and what is no picture at all.
#[tokio::test]
async fn a_photo_says_nothing_of_where_it_was_taken_and_what_is_no_picture_is_refused() {
    for app in with_bills().await {
        let mut jpeg = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(8, 8).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
        let jpeg = jpeg.into_inner();
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"24.7136 N 46.6753 E");
        let mut told = jpeg[..2].to_vec();
        told.extend_from_slice(&[0xff, 0xe1]);
        told.extend_from_slice(&(exif.len() as u16 + 2).to_be_bytes());
        told.extend_from_slice(&exif);
        told.extend_from_slice(&jpeg[2..]);
        let id = photo(&app, VILLA, &told).await.json::<Photo>().photo;
        let body = format!(r#"{{"request_id":"p","kind":"voltage","text":"x","photos":["{id}"]}}"#);
        post(&app, VILLA, "complaints", &body).await.json::<Complaint>();
        let cookie = app.sign_in(VILLA).await;
        let kept = app.get(&format!("/api/v1/accounts/{VILLA}/photos/{id}"), &cookie).await;
        let holds = |bytes: &[u8]| bytes.windows(7).any(|part| part == b"46.6753");
        assert!(holds(&told) && !holds(&kept.body), "the place is forgotten");
        let reply = photo(&app, VILLA, b"<svg onload=alert(1)>").await;
        assert_eq!(refusal(&reply), (422, "photo-kind".into(), None));
    }
}

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
async fn a_bill_says_which_complaint_about_it_is_open() {
    for app in with_bills().await {
        let said = async || {
            let list: Bills = get(&app, VILLA, "bills").await;
            let bill: Bill = get(&app, VILLA, "bills/2002-2026-08").await;
            assert_eq!(list.disputes, Vec::from_iter(bill.dispute));
            list.disputes
        };
        assert_eq!(said().await, []);
        post(&app, VILLA, "complaints", DISPUTE).await;
        let [bill, complaint] = ["2002-2026-08", "2002-C1"].map(str::to_owned);
        let dispute =
            BillDispute { bill: BillId(bill), complaint: ComplaintId(complaint), disputed: "75.90".into() };
        assert_eq!(said().await, [dispute]);
        let flat: Bills = get(&app, FLAT, "bills").await;
        assert_eq!(flat.disputes, [], "another holder's");
        post(&app, VILLA, "complaints/2002-C1/withdrawal", r#"{"request_id":"w"}"#).await;
        assert_eq!(said().await, []);
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

#[tokio::test]
async fn what_is_asked_for_without_a_bill_is_filed_the_same_way() {
    for app in with_bills().await {
        for (kind, due) in [("meter-test", true), ("separate-meters", true), ("joining", true)] {
            let body = format!(
                r#"{{"request_id":"{kind}","kind":"{kind}","service_point":"{VILLA_POWER}","text":"please"}}"#
            );
            let filed: Complaint = post(&app, VILLA, "complaints", &body).await.json();
            assert_eq!((filed.sums, filed.summary.protected), (None, false), "{kind}");
            assert_eq!(filed.summary.answer_due.is_some(), due, "{kind}");
        }
        let body = r#"{"request_id":"c","kind":"change-of-activity","text":"It is a shop now."}"#;
        let filed: Complaint = post(&app, FLAT, "complaints", body).await.json();
        assert_eq!(filed.summary.answer_due, None, "no clock is published in Kuwait");
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
