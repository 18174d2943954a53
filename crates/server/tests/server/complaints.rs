//! Complaints as their holder files them: the sums that the engine works out, the clock, the protection, and what is refused.

use std::io::Cursor;

use api::accounts::{AccountId, BillId, ComplaintId};
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
use server::store::accounts;

use crate::common::record::{FLAT, VILLA, VILLA_POWER, day_start, on_each_database};
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
pub(crate) async fn send(app: &TestApp, cookie: &str, account: &str, end: &str, body: &str) -> Reply {
    app.post_json(&format!("/api/v1/accounts/{account}/{end}"), body, cookie).await
}

pub(crate) async fn get<T: serde::de::DeserializeOwned>(app: &TestApp, account: &str, end: &str) -> T {
    let cookie = app.sign_in(account).await;
    app.get(&format!("/api/v1/accounts/{account}/{end}"), &cookie).await.json()
}

/// A dispute of the villa's reading: 6,000 are seen on the meter.
pub(crate) const DISPUTE: &str = r#"{"request_id":"d","kind":"reading","bill":"2002-2026-08","service_point":"villa-electricity","register":"6000","text":"The meter shows less."}"#;
const DISPUTE_FLAT: &str = r#"{"request_id":"d","kind":"not-mine","bill":"1001-2026-08","text":""}"#;

pub(crate) async fn photo(app: &TestApp, account: &str, bytes: &[u8]) -> Reply {
    let cookie = app.sign_in(account).await;
    let path = format!("/api/v1/accounts/{account}/photos");
    app.send("POST", &path, &[("cookie", &cookie), ("content-type", "image/png")], bytes).await
}

pub(crate) async fn kept_photo(app: &TestApp, account: &str) -> String {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(4, 3).write_to(&mut bytes, ImageFormat::Png).unwrap();
    photo(app, account, &bytes.into_inner()).await.json::<Photo>().photo
}

pub(crate) fn refusal(reply: &Reply) -> (u16, String, Option<String>) {
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
