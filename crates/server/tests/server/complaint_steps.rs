//! What the staff do to a complaint: its steps in their order, and who may.

use api::complaint_steps::{StepBy, StepKind};
use api::complaints::{Complaint, ComplaintState, HolderMove};
use api::problem::Problem;
use api::staff::{OpenComplaints, StaffRole};
use server::secrets;
use server::store::ledger::check::check;
use server::store::staff;

use crate::common::record::{VILLA, day_start};
use crate::common::{KEY, Reply, TestApp};
use crate::complaints::{DISPUTE, get, post, with_bills};

pub(crate) const OFFICER: &str = "the-key-of-huda";
const SECOND: &str = "the-key-of-saad";
pub(crate) const AUTHORITY: &str = "the-key-of-the-authority";

pub(crate) async fn with_staff() -> Vec<TestApp> {
    let apps = with_bills().await;
    for app in &apps {
        let mut record = app.state.store.begin().await.unwrap();
        for (name, role, key) in [
            ("huda", StaffRole::Officer, OFFICER),
            ("saad", StaffRole::Officer, SECOND),
            ("authority", StaffRole::Authority, AUTHORITY),
        ] {
            staff::add(&mut record, name, role, &secrets::hash(key), 1).await.unwrap();
        }
        record.commit().await.unwrap();
    }
    apps
}

pub(crate) async fn file(app: &TestApp) -> Complaint {
    post(app, VILLA, "complaints", DISPUTE).await.json()
}

pub(crate) async fn step_as(app: &TestApp, key: &str, after: u32, step: &str) -> Reply {
    let request = secrets::token().unwrap();
    let body = format!(r#"{{"request_id":"{request}","after":{after},"step":{step},"note":"<b>Seen</b>"}}"#);
    app.post_as(key, "/api/v1/staff/complaints/2002-C1/steps", &body).await
}

/// Takes a step after all that came.
pub(crate) async fn step(app: &TestApp, step: &str) -> Complaint {
    let reply = app.get_as(OFFICER, "/api/v1/staff/complaints/2002-C1").await;
    let seen = reply.json::<Complaint>().steps.len() as u32;
    let key = if step.contains("decide-appeal") { AUTHORITY } else { OFFICER };
    let reply = step_as(app, key, seen, step).await;
    assert_eq!(reply.status, 200, "{step}: {}", reply.text());
    reply.json()
}

pub(crate) fn code(reply: &Reply) -> (u16, String) {
    (reply.status, reply.json::<Problem>().code)
}

pub(crate) async fn sound(app: &TestApp) {
    let checked = check(&mut app.state.store.read().await.unwrap()).await.unwrap();
    assert_eq!((checked.sum, checked.imbalances), (0, vec![]));
}

#[tokio::test]
async fn of_two_who_decide_at_once_the_second_is_told() {
    for app in with_staff().await {
        file(&app).await;
        let (yes, no) = (r#"{"kind":"answer","accepted":true}"#, r#"{"kind":"answer","accepted":false}"#);
        let (one, two) = tokio::join!(step_as(&app, OFFICER, 1, yes), step_as(&app, SECOND, 1, no));
        let mut told = [one.status, two.status];
        told.sort_unstable();
        assert_eq!(told, [200, 409]);
        let refused = if one.status == 409 { one } else { two };
        assert_eq!(code(&refused), (409, "case-moved-on".into()));
        let seen: Complaint = get(&app, VILLA, "complaints/2002-C1").await;
        assert_eq!(seen.steps.len(), 2, "one answer");
        // The same request again is no second step.
        let body = r#"{"request_id":"n","after":2,"step":{"kind":"close"}}"#;
        let path = "/api/v1/staff/complaints/2002-C1/steps";
        let first: Complaint = app.post_as(OFFICER, path, body).await.json();
        assert_eq!(app.post_as(OFFICER, path, body).await.json::<Complaint>(), first);
        let other = body.replace("close", "take-up");
        assert_eq!(code(&app.post_as(OFFICER, path, &other).await), (409, "repeat-conflict".into()));
    }
}

#[tokio::test]
async fn a_step_needs_its_key_its_role_and_its_turn() {
    for app in with_staff().await {
        file(&app).await;
        let answer = r#"{"kind":"answer","accepted":false}"#;
        for (key, step, refused) in [
            ("", answer, (401, "staff-key-wrong")),
            (KEY, answer, (401, "staff-key-wrong")),
            (AUTHORITY, answer, (403, "role-missing")),
            (OFFICER, r#"{"kind":"decide-appeal","accepted":true}"#, (403, "role-missing")),
            (AUTHORITY, r#"{"kind":"decide-appeal","accepted":true}"#, (422, "step-out-of-order")),
            (OFFICER, r#"{"kind":"close"}"#, (422, "step-out-of-order")),
            (OFFICER, r#"{"kind":"compensate"}"#, (422, "step-out-of-order")),
            (OFFICER, r#"{"kind":"order-restoration"}"#, (422, "step-out-of-order")),
            (
                OFFICER,
                r#"{"kind":"enter-test","test":{"on":"2026-09-18","result":"accurate","error_percent":"0"}}"#,
                (422, "step-out-of-order"),
            ),
            (OFFICER, r#"{"kind":"correct-multiplier","right":"1"}"#, (422, "value-invalid")),
            (OFFICER, r#"{"kind":"correct-multiplier","right":"0"}"#, (422, "value-invalid")),
            (OFFICER, r#"{"kind":"bribe"}"#, (422, "value-invalid")),
        ] {
            let (status, told) = code(&step_as(&app, key, 1, step).await);
            assert_eq!((status, told.as_str()), refused, "{step}");
        }
        let holder = app.sign_in(VILLA).await;
        let by_cookie = app.get("/api/v1/staff/complaints/2002-C1", &holder).await;
        assert_eq!(code(&by_cookie), (401, "staff-key-wrong".into()));
        let unknown = app.get_as(OFFICER, "/api/v1/staff/complaints/9-C1").await;
        assert_eq!(code(&unknown), (404, "not-found".into()));
        let mut record = app.state.store.begin().await.unwrap();
        assert!(staff::revoke(&mut record, "huda", 2).await.unwrap());
        record.commit().await.unwrap();
        assert_eq!(
            code(&step_as(&app, OFFICER, 1, answer).await),
            (401, "staff-key-wrong".into()),
            "revoked"
        );
        assert_eq!(get::<Complaint>(&app, VILLA, "complaints/2002-C1").await.steps.len(), 1);
    }
}

/// Rejected, appealed, decided for the customer by the authority; then the bill is corrected after all.
#[tokio::test]
async fn an_appeal_protects_until_the_authority_decides() {
    for app in with_staff().await {
        file(&app).await;
        let rejected = step(&app, r#"{"kind":"answer","accepted":false}"#).await;
        assert_eq!((rejected.summary.state, rejected.summary.protected), (ComplaintState::Rejected, false));
        assert!(rejected.open_to.contains(&HolderMove::Appeal));
        assert!(!rejected.open_to.contains(&HolderMove::Withdraw));
        let closed = step(&app, r#"{"kind":"close"}"#).await;
        assert_eq!(closed.summary.state, ComplaintState::Closed);
        let left: Complaint = get(&app, VILLA, "complaints/2002-C1").await;
        assert_eq!(left.open_to, [HolderMove::Appeal], "closing takes no appeal away");
        let appealed: Complaint =
            post(&app, VILLA, "complaints/2002-C1/appeal", r#"{"request_id":"a"}"#).await.json();
        assert_eq!((appealed.summary.state, appealed.summary.protected), (ComplaintState::Appealed, true));
        let open: OpenComplaints = app.get_as(OFFICER, "/api/v1/staff/complaints").await.json();
        assert_eq!(open.complaints.len(), 1, "it is open again");
        let early = step_as(&app, OFFICER, 4, r#"{"kind":"close"}"#).await;
        assert_eq!(code(&early), (422, "step-out-of-order".into()));
        let decided = step(&app, r#"{"kind":"decide-appeal","accepted":true}"#).await;
        assert_eq!(
            (decided.summary.state, decided.steps[4].by),
            (ComplaintState::Decided, StepBy::Authority)
        );
        assert!(!decided.summary.protected);
        step(&app, r#"{"kind":"correct-multiplier","right":"2"}"#).await;
        let ended = step(&app, r#"{"kind":"close"}"#).await;
        assert_eq!((ended.summary.state, ended.open_to), (ComplaintState::Closed, vec![]));
        sound(&app).await;
    }
}

/// The answer comes after its day: the standard of 2025 is broken, and what it is worth was not published.
#[tokio::test]
async fn a_late_answer_is_made_good() {
    for app in with_staff().await {
        file(&app).await;
        app.state.clock.set(day_start("2026-10-20") + 10 * 3600);
        let late = step(&app, r#"{"kind":"answer","accepted":false}"#).await;
        assert_eq!(late.compensations.len(), 1);
        let answer = &late.compensations[0].answer;
        assert!(answer.broken && !answer.running && answer.amount.is_none());
        let made_good = step(&app, r#"{"kind":"compensate","amount":"75"}"#).await;
        assert!(
            matches!(&made_good.steps[2].what, StepKind::Compensated { amount, .. } if amount == "75.00")
        );
        sound(&app).await;
    }
}
