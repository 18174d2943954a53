//! What a complaint corrects, and what becomes of the money and of the supply.

use api::accounts::{ComplaintId, Quality, Reading};
use api::alerts::{AlertFact, Alerts};
use api::bills::{Bill, CorrectionReason};
use api::commands::{Commands, Order};
use api::complaint_steps::{StepBy, StepKind};
use api::complaints::{Complaint, ComplaintState};
use api::refunds::RefundState;
use api::staff::OpenComplaints;
use api::standing::Standing;
use billing::compensation::Standard;
use billing::number::Number;
use server::store::readings;

use crate::common::KEY;
use crate::common::record::{VILLA, day_start, pay};
use crate::complaint_steps::{OFFICER, code, file, sound, step, step_as, with_staff};
use crate::complaints::get;

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
