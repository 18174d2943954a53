//! What the staff do to a complaint: its steps in their order, corrections and money, and who may.

use api::accounts::{ComplaintId, Quality, Reading, ServicePointId};
use api::alerts::{AlertFact, Alerts};
use api::bills::{Bill, CorrectionReason};
use api::commands::{Commands, Order};
use api::complaint_steps::{StepBy, StepKind};
use api::complaints::{Complaint, ComplaintState, HolderMove};
use api::dire_need::{DireNeedPage, NeedState};
use api::meter_events::CutReason;
use api::meters::{MeterPage, MeterTest, TestResult};
use api::problem::Problem;
use api::refunds::RefundState;
use api::staff::{OpenComplaints, StaffNeed, StaffRole};
use api::standing::Standing;
use billing::compensation::Standard;
use billing::number::Number;
use billing::period::{Day, parse_date};
use server::actions::cut_for_debt::{CutOrder, cut_for_debt};
use server::actions::test_meter::record_test;
use server::secrets;
use server::store::ledger::check::check;
use server::store::{accounts, readings, staff};

use crate::common::record::{FLAT, VILLA, VILLA_POWER, day_start, pay};
use crate::common::{KEY, Reply, TestApp};
use crate::complaints::{DISPUTE, get, kept_photo, post, with_bills};
use crate::dire_need::serve_ladder;

const OFFICER: &str = "the-key-of-huda";
const SECOND: &str = "the-key-of-saad";
const AUTHORITY: &str = "the-key-of-the-authority";

async fn with_staff() -> Vec<TestApp> {
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

async fn file(app: &TestApp) -> Complaint {
    post(app, VILLA, "complaints", DISPUTE).await.json()
}

async fn step_as(app: &TestApp, key: &str, after: u32, step: &str) -> Reply {
    let request = secrets::token().unwrap();
    let body = format!(r#"{{"request_id":"{request}","after":{after},"step":{step},"note":"<b>Seen</b>"}}"#);
    app.post_as(key, "/api/v1/staff/complaints/2002-C1/steps", &body).await
}

/// Takes a step after all that came.
async fn step(app: &TestApp, step: &str) -> Complaint {
    let reply = app.get_as(OFFICER, "/api/v1/staff/complaints/2002-C1").await;
    let seen = reply.json::<Complaint>().steps.len() as u32;
    let key = if step.contains("decide-appeal") { AUTHORITY } else { OFFICER };
    let reply = step_as(app, key, seen, step).await;
    assert_eq!(reply.status, 200, "{step}: {}", reply.text());
    reply.json()
}

fn code(reply: &Reply) -> (u16, String) {
    (reply.status, reply.json::<Problem>().code)
}

async fn sound(app: &TestApp) {
    let checked = check(&mut app.state.store.read().await.unwrap()).await.unwrap();
    assert_eq!((checked.sum, checked.imbalances), (0, vec![]));
}

/// The meter ran fast by 5 %: 6,300 kWh were 6,000, so 75.90 of what was paid come back.
#[tokio::test]
async fn a_dispute_leads_to_a_test_a_correction_a_refund_and_its_end() {
    for app in with_staff().await {
        let mut record = app.state.store.begin().await.unwrap();
        pay(&mut record, VILLA, "p", 133_515).await;
        record.commit().await.unwrap();
        file(&app).await;
        let open: OpenComplaints = app.get_as(OFFICER, "/api/v1/staff/complaints").await.json();
        assert_eq!((open.complaints.len(), open.complaints[0].account.0.as_str()), (1, VILLA));
        let taken = step(&app, r#"{"kind":"take-up"}"#).await;
        assert_eq!((taken.summary.state, taken.steps[1].by), (ComplaintState::Review, StepBy::Staff));
        assert_eq!(taken.steps[1].note, "<b>Seen</b>");
        let alerts: Alerts = get(&app, VILLA, "alerts").await;
        let fact = AlertFact::ComplaintStep { complaint: ComplaintId("2002-C1".into()) };
        assert_eq!(
            alerts.alerts.iter().filter(|alert| alert.fact == fact).count(),
            1,
            "the customer is told"
        );
        let ordered = step(&app, r#"{"kind":"order-test","trigger":"implausible-bill"}"#).await;
        assert_eq!(ordered.summary.state, ComplaintState::MeterTest);
        let tested = step(
            &app,
            r#"{"kind":"enter-test","test":{"on":"2026-09-18","result":"fast","error_percent":"5"},"since":"2026-07-28"}"#,
        )
        .await;
        assert_eq!(tested.summary.state, ComplaintState::Review);
        let StepKind::Corrected { bill, total, owed, claimed, .. } = &tested.steps[4].what else {
            panic!("{:?}", tested.steps)
        };
        assert_eq!(
            (bill.0.as_str(), total.as_str(), owed.as_str(), claimed.as_str()),
            ("2002-2026-08-2", "1259.25", "75.90", "0.00")
        );
        let answered = step(&app, r#"{"kind":"answer","accepted":true}"#).await;
        assert_eq!((answered.summary.state, answered.summary.protected), (ComplaintState::Accepted, false));
        let [refund] = answered.refunds.as_slice() else { panic!("{:?}", answered.refunds) };
        assert_eq!((refund.amount.as_str(), refund.state), ("75.90", RefundState::Owed));
        let closed = step(&app, r#"{"kind":"close"}"#).await;
        assert_eq!(closed.summary.state, ComplaintState::Closed);
        assert_eq!(get::<Complaint>(&app, VILLA, "complaints/2002-C1").await.steps, closed.steps);
        let open: OpenComplaints = app.get_as(OFFICER, "/api/v1/staff/complaints").await.json();
        assert!(open.complaints.is_empty());
        let after =
            step_as(&app, OFFICER, closed.steps.len() as u32, r#"{"kind":"answer","accepted":false}"#);
        assert_eq!(code(&after.await), (409, "complaint-closed".into()));
        sound(&app).await;
    }
}

/// The bill was not paid: its correction by the right reading lowers what is due.
#[tokio::test]
async fn a_right_reading_makes_a_right_bill() {
    for app in with_staff().await {
        file(&app).await;
        for (register, refused) in [("6300", "value-invalid"), ("1000000", "out-of-range")] {
            let body = format!(
                r#"{{"kind":"correct-reading","service_point":"villa-electricity","current":"{register}"}}"#
            );
            assert_eq!(code(&step_as(&app, OFFICER, 1, &body).await), (422, refused.into()), "{register}");
        }
        let body = r#"{"kind":"correct-reading","service_point":"villa-electricity","current":"6000"}"#;
        let corrected = step(&app, body).await;
        assert!(matches!(&corrected.steps[1].what, StepKind::Corrected { total, owed, .. }
            if total == "1259.25" && owed == "0.00"));
        assert_eq!(get::<Standing>(&app, VILLA, "standing").await.due, "1259.25");
        let bill: Bill = get(&app, VILLA, "bills/2002-2026-08-2").await;
        assert_eq!(bill.correction.unwrap().reason, CorrectionReason::Complaint);
        sound(&app).await;
    }
}

/// The service was cut while the complaint was open: restored at once and without a fee when the error is proven, and the
/// sum of the broken standard, which was never published, is typed.
#[tokio::test]
async fn after_a_cut_a_proven_error_restores_the_supply_at_once() {
    for app in with_staff().await {
        file(&app).await;
        let at = app.state.clock.now() + 3_600;
        let cut = format!(
            r#"{{"events":[{{"id":"cut","service_point":"villa-electricity","at":{at},"what":{{"kind":"disconnected","reason":{{"kind":"debt","amount":"1335.15"}}}}}}]}}"#
        );
        app.state.clock.set(at + 60);
        assert_eq!(app.post_as(KEY, "/api/v1/meter-events", &cut).await.status, 200);
        let restore = r#"{"kind":"order-restoration"}"#;
        assert_eq!(code(&step_as(&app, OFFICER, 1, restore).await), (422, "step-out-of-order".into()));
        let answered = step(&app, r#"{"kind":"answer","accepted":true}"#).await;
        assert!(answered.rights.answer.unwrap().restore_at_once);
        let held: Vec<_> = answered.compensations.iter().map(|held| held.request.standard).collect();
        assert_eq!(held, [Standard::ForbiddenCut], "the answer was in time, the cut was forbidden");
        let restored = step(&app, restore).await;
        assert_eq!(restored.steps[2].what, StepKind::RestorationOrdered);
        let commands: Commands = app.get_as(KEY, "/api/v1/commands").await.json();
        assert_eq!(commands.commands.len(), 1);
        assert_eq!(commands.commands[0].order, Order::Connect);
        let again = step_as(&app, OFFICER, 3, restore).await;
        assert_eq!(code(&again), (422, "step-out-of-order".into()), "once");

        // While the supply is off the time runs, and nothing is made good yet.
        let typed = r#"{"kind":"compensate","amount":"200"}"#;
        assert_eq!(code(&step_as(&app, OFFICER, 3, typed).await), (422, "step-out-of-order".into()));
        let connected = format!(
            r#"{{"events":[{{"id":"on","service_point":"villa-electricity","at":{},"what":{{"kind":"connected"}}}}]}}"#,
            at + 120
        );
        app.state.clock.set(at + 180);
        assert_eq!(app.post_as(KEY, "/api/v1/meter-events", &connected).await.status, 200);
        for (body, refused) in [
            (r#"{"kind":"compensate"}"#, "value-invalid"),
            (r#"{"kind":"compensate","amount":"0.001"}"#, "value-invalid"),
        ] {
            assert_eq!(code(&step_as(&app, OFFICER, 3, body).await), (422, refused.into()), "{body}");
        }
        let made_good = step(&app, typed).await;
        assert!(matches!(&made_good.steps[3].what, StepKind::Compensated { amount, paid_by: Some(_) }
            if amount == "200.00"));
        assert_eq!(get::<Standing>(&app, VILLA, "standing").await.due, "1135.15", "credited");
        assert_eq!(code(&step_as(&app, OFFICER, 4, typed).await), (422, "step-out-of-order".into()), "once");
        sound(&app).await;
    }
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

/// The bill after the disputed one began with the wrong reading: it begins with the right one now.
#[tokio::test]
async fn the_next_bill_begins_where_the_corrected_one_ends() {
    for app in with_staff().await {
        let mut record = app.state.store.begin().await.unwrap();
        let register = Number::from_units(9_000);
        let reading = Reading { at: day_start("2026-09-28"), register, quality: Quality::Actual };
        readings::add(&mut record, "M-villa-electricity", &reading).await.unwrap();
        record.commit().await.unwrap();
        app.state.clock.set(day_start("2026-10-01"));
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        file(&app).await;
        let body = r#"{"kind":"correct-reading","service_point":"villa-electricity","current":"6000"}"#;
        let corrected = step(&app, body).await;
        let bills = corrected.steps.iter().filter_map(|step| match &step.what {
            StepKind::Corrected { bill, .. } => Some(bill.0.as_str()),
            _ => None,
        });
        assert_eq!(bills.collect::<Vec<_>>(), ["2002-2026-08-2", "2002-2026-09-2"]);
        let next: Bill = get(&app, VILLA, "bills/2002-2026-09-2").await;
        let readings = &next.parts[0].readings;
        assert_eq!((readings.previous, readings.current), (Number::from_units(6_000), register));
        assert_eq!(next.parts[0].facts.usage, Number::from_units(3_000));
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
