//! Whom no order cuts off: who complained, and who is in dire need.

use api::accounts::ServicePointId;
use api::commands::{Commands, Order};
use api::complaints::Complaint;
use api::dire_need::{DireNeedPage, NeedState};
use api::meter_events::CutReason;
use api::staff::{OpenComplaints, StaffNeed};
use api::standing::Standing;
use server::actions::cut_for_debt::{CutOrder, cut_for_debt};
use server::store::accounts;

use crate::common::record::{FLAT, VILLA, VILLA_POWER, day_start};
use crate::common::{KEY, TestApp};
use crate::complaint_steps::{AUTHORITY, OFFICER, code, file, with_staff};
use crate::complaints::{get, kept_photo, post};
use crate::dire_need::serve_ladder;

/// Whether the operator's order to cut the villa over its debt is passed on.
async fn cut_is_ordered(app: &TestApp) -> bool {
    let mut record = app.state.store.begin().await.unwrap();
    let point = accounts::find_point(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap();
    let ordered = cut_for_debt(&mut record, app.state.clock.now(), &point.unwrap()).await.unwrap();
    record.commit().await.unwrap();
    matches!(ordered, CutOrder::Queued(_))
}

/// No order cuts a service that a complaint protects; when it is taken back, one does, with the sum of the debt.
#[tokio::test]
async fn nobody_can_order_a_cut_that_the_law_forbids() {
    for app in with_staff().await {
        assert!(!cut_is_ordered(&app).await, "no notice was served");
        serve_ladder(&app).await;
        app.state.clock.set(day_start("2027-01-25") + 10 * 3600);
        file(&app).await;
        assert!(!cut_is_ordered(&app).await, "the complaint protects");
        post(&app, VILLA, "complaints/2002-C1/withdrawal", r#"{"request_id":"w"}"#).await.json::<Complaint>();
        app.state.clock.set(day_start("2027-01-25") + 12 * 3600);
        assert!(!cut_is_ordered(&app).await, "it is noon");
        app.state.clock.set(day_start("2027-01-26") + 10 * 3600);
        assert!(cut_is_ordered(&app).await);
        let commands: Commands = app.get_as(KEY, "/api/v1/commands").await.json();
        let [command] = commands.commands.as_slice() else { panic!("{commands:?}") };
        let amount = "1335.15".to_owned();
        assert_eq!(command.order, Order::Disconnect { reason: CutReason::Debt { amount } });
    }
}

/// The flat's complaint is older, and the villa's comes first.
async fn their_cases_go_first(app: &TestApp) {
    let ask = r#"{"request_id":"f","kind":"something-else","text":"x"}"#;
    for account in [FLAT, VILLA] {
        app.state.clock.set(app.state.clock.now() + 60);
        post(app, account, "complaints", ask).await.json::<Complaint>();
    }
    let open: OpenComplaints = app.get_as(OFFICER, "/api/v1/staff/complaints").await.json();
    let listed: Vec<_> = open.complaints.iter().map(|one| (one.account.0.as_str(), one.first)).collect();
    assert_eq!(listed, [(VILLA, true), (FLAT, false)]);
}

/// A report is proven by the staff's look at it; it protects to its last day and no longer.
#[tokio::test]
async fn a_proven_report_protects_and_an_expired_one_does_not() {
    for app in with_staff().await {
        let proof = kept_photo(&app, VILLA).await;
        let body =
            format!(r#"{{"request_id":"n","kind":"equipment","proof":"{proof}","until":"2027-01-25"}}"#);
        let page: DireNeedPage = post(&app, VILLA, "dire-need", &body).await.json();
        let codes = |page: &DireNeedPage| {
            let answer = page.answer.clone().unwrap();
            answer.findings.into_iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert!(codes(&page).contains(&"dire-need-incomplete".into()), "nobody has looked at it");
        let waiting: Vec<StaffNeed> = app.get_as(OFFICER, "/api/v1/staff/dire-needs").await.json();
        assert_eq!((waiting.len(), waiting[0].need.state), (1, NeedState::Waiting));
        let photo = app.get_as(OFFICER, &format!("/api/v1/staff/photos/{proof}")).await;
        assert_eq!((photo.status, photo.header("content-type")), (200, Some("image/jpeg")));
        let by_authority = app.get_as(AUTHORITY, &format!("/api/v1/staff/photos/{proof}")).await;
        assert_eq!(code(&by_authority), (403, "role-missing".into()));
        let path = format!("/api/v1/staff/dire-needs/{}/review", waiting[0].need.id);
        let said = |proven: bool| format!(r#"{{"proven":{proven},"note":"read"}}"#);
        assert_eq!(code(&app.post_as(AUTHORITY, &path, &said(true)).await), (403, "role-missing".into()));
        for (proven, state) in [(false, NeedState::Refused), (true, NeedState::Proven)] {
            let reviewed: StaffNeed = app.post_as(OFFICER, &path, &said(proven)).await.json();
            assert_eq!(reviewed.need.state, state);
        }
        their_cases_go_first(&app).await;
        // The ladder is over: on both mornings nothing else forbids a cut.
        serve_ladder(&app).await;
        for (day, protects, state) in
            [("2027-01-25", true, NeedState::Proven), ("2027-01-26", false, NeedState::Expired)]
        {
            app.state.clock.set(day_start(day) + 10 * 3600);
            let page: DireNeedPage = get(&app, VILLA, "dire-need").await;
            assert_eq!((page.needs[0].state, page.counted.unwrap().proven), (state, protects), "{day}");
            assert_eq!(codes(&page).contains(&"dire-need".into()), protects, "{day}: {:?}", codes(&page));
            let cut = get::<Standing>(&app, VILLA, "standing").await.cut;
            assert_eq!(cut.request.dire_need.unwrap().proven, protects, "{day}");
            assert_eq!(cut.answer.unwrap().allowed, !protects, "{day}");
            assert_eq!(cut_is_ordered(&app).await, !protects, "{day}");
        }
        let unknown = app.post_as(OFFICER, "/api/v1/staff/dire-needs/need-0/review", &said(true)).await;
        assert_eq!(code(&unknown), (404, "not-found".into()));
    }
}
