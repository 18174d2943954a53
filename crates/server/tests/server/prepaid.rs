//! Prepaid supply: what is left, how long it lasts, and the way to it and back.

use api::accounts::{AccountId, ServicePointId};
use api::commands::{Commands, GetCommands, Order, PostAcknowledgement};
use api::endpoint::Endpoint;
use api::prepaid::{Prepaid, SwitchRequest, SwitchState};
use api::problem::Problem;
use billing::credit::prepaid_switch::WayOfPaying;
use billing::money::{Currency, Money};
use server::actions::prepaid::{end_switch, top_up};
use server::actions::run_bills::{period_of_month, run_bills};
use server::store::accounts::PointRecord;
use server::store::{accounts, prepaid, receipts};

use crate::common::TestApp;
use crate::common::record::{
    FLAT, FLAT_POWER, FLAT_WATER, VILLA, day_start, hour, kwh, on_each_database, pay,
};

fn path(end: &str) -> String {
    format!("/api/v1/accounts/{FLAT}/service-points/{end}/prepaid-switch")
}

async fn page(app: &TestApp) -> Prepaid {
    let cookie = app.sign_in(FLAT).await;
    app.get(&format!("/api/v1/accounts/{FLAT}/prepaid"), &cookie).await.json()
}

async fn flat(app: &TestApp) -> PointRecord {
    let mut db = app.state.store.read().await.unwrap();
    accounts::find_point(&mut db, &ServicePointId(FLAT_POWER.into())).await.unwrap().unwrap()
}

async fn add(app: &TestApp, id: &str, fils: i128, at: i64) -> bool {
    let point = flat(app).await;
    let mut record = app.state.store.begin().await.unwrap();
    let new = top_up(&mut record, &point, id, Money::from_minor(fils, Currency::KWD), at).await.unwrap();
    record.commit().await.unwrap();
    new
}

/// Makes the flat prepaid from a period's first day.
async fn make_prepaid(app: &TestApp, asked: &str) {
    let now = app.state.clock.now();
    app.state.clock.set(day_start(asked));
    let cookie = app.sign_in(FLAT).await;
    let body = r#"{"request_id":"make","to":"prepaid"}"#;
    let request: SwitchRequest = app.post_json(&path(FLAT_POWER), body, &cookie).await.json();
    assert_eq!(request.state, SwitchState::Asked, "{request:?}");
    let point = flat(app).await;
    let mut record = app.state.store.begin().await.unwrap();
    assert!(end_switch(&mut record, &point, &request.id, true, app.state.clock.now()).await.unwrap());
    assert!(
        !end_switch(&mut record, &point, &request.id, true, app.state.clock.now()).await.unwrap(),
        "once"
    );
    record.commit().await.unwrap();
    app.state.clock.set(now);
}

/// 24 kWh on the 17th, 20 on the 18th so far, at 5 fils.
#[tokio::test]
async fn what_is_left_is_what_was_topped_up_less_what_was_used() {
    for app in on_each_database().await {
        assert_eq!(page(&app).await.points[0].way, WayOfPaying::Postpaid);
        make_prepaid(&app, "2026-08-01").await;
        let empty = page(&app).await.points.remove(0);
        assert_eq!(empty.since.unwrap().0, billing::period::parse_date("2026-08-28").unwrap());
        assert_eq!(empty.credit.unwrap().left, "-0.220");
        assert!(add(&app, "t-1", 1_000, day_start("2026-08-28")).await);
        assert!(!add(&app, "t-1", 9_000, day_start("2026-08-28")).await, "once");
        assert!(add(&app, "t-2", 500, day_start("2026-09-10")).await);
        let credit = page(&app).await.points.remove(0).credit.unwrap();
        assert_eq!(credit.left, "1.280");
        let answer = credit.answer.unwrap();
        assert_eq!((answer.credit.as_str(), answer.spent.as_str()), ("1.280", "0.220"));
        // 24 kWh a day are 120 fils: what is left after today lasts ten days and a half.
        assert_eq!(answer.ends.days, Some(11));
        assert_eq!(credit.months.len(), 1, "the last days of August");
        assert_eq!((credit.months[0].period.days(), credit.months[0].cost.as_str()), (4, "0.000"));
        let told: Vec<_> = credit.top_ups.iter().map(|t| (t.id.as_str(), t.amount.as_str())).collect();
        assert_eq!(told, [("t-2", "0.500"), ("t-1", "1.000")]);
        let point = flat(&app).await;
        let mut record = app.state.store.begin().await.unwrap();
        let nothing = Money::from_minor(0, Currency::KWD);
        assert!(top_up(&mut record, &point, "t-3", nothing, 0).await.is_err());
    }
}

/// 480 kWh in a night of August cost 2.400, of which 1.000 was paid: 1.400 are taken off what comes in September.
#[tokio::test]
async fn what_was_used_too_much_is_taken_off_the_next_top_up() {
    for app in on_each_database().await {
        make_prepaid(&app, "2026-08-01").await;
        let mut record = app.state.store.begin().await.unwrap();
        let hours: Vec<_> = (0..10).map(|at| hour(day_start("2026-08-30") + at * 3600, kwh(48))).collect();
        let point = ServicePointId(FLAT_POWER.into());
        let origin = server::store::intervals::Origin::File;
        server::store::intervals::add(&mut record, &point, 10_800, &hours, origin).await.unwrap();
        record.commit().await.unwrap();
        add(&app, "t-1", 1_000, day_start("2026-08-28")).await;
        let short = page(&app).await.points.remove(0).credit.unwrap();
        assert_eq!((short.left.as_str(), short.answer), ("-1.620", None));
        add(&app, "t-2", 1_000, day_start("2026-09-02")).await;
        add(&app, "t-3", 3_000, day_start("2026-09-03")).await;
        let credit = page(&app).await.points.remove(0).credit.unwrap();
        assert_eq!(credit.left, "2.380");
        assert_eq!(credit.request.unwrap().top_ups.len(), 1, "the first went into August");
    }
}

#[tokio::test]
async fn a_prepaid_supply_gets_no_bill() {
    for app in on_each_database().await {
        make_prepaid(&app, "2026-07-01").await;
        let period = period_of_month("2026-08").unwrap();
        run_bills(&app.state.store, &app.state.clock, period, "a", true).await.unwrap();
        let cookie = app.sign_in(FLAT).await;
        let bill: api::bills::Bill =
            app.get(&format!("/api/v1/accounts/{FLAT}/bills/1001-2026-08"), &cookie).await.json();
        let points: Vec<_> = bill.parts.iter().map(|part| part.service_point.0.as_str()).collect();
        assert_eq!(points, [FLAT_WATER], "the water is billed as before");
    }
}

#[tokio::test]
async fn a_switch_waits_for_the_meter_and_says_why_not() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let send = async |body: &str| app.post_json(&path(FLAT_POWER), body, &cookie).await;
        for (body, status, what) in [
            (r#"{"request_id":"","to":"prepaid"}"#, 422, "/request_id"),
            (r#"{"request_id":"a","to":"postpaid"}"#, 422, "/to"),
            (r#"{"request_id":"a","to":"later"}"#, 422, "/to"),
            (r#"{"request_id":"a","to":"prepaid","x":1}"#, 422, "/x"),
        ] {
            let refused = send(body).await;
            let problem: Problem = refused.json();
            assert_eq!((refused.status, problem.field.as_deref()), (status, Some(what)), "{body}");
        }
        let first: SwitchRequest = send(r#"{"request_id":"a","to":"prepaid"}"#).await.json();
        let again: SwitchRequest = send(r#"{"request_id":"a","to":"prepaid"}"#).await.json();
        assert_eq!((first.state, &first), (SwitchState::Asked, &again));
        assert_eq!(send(r#"{"request_id":"a","to":"postpaid"}"#).await.status, 409);
        assert_eq!(send(r#"{"request_id":"b","to":"prepaid"}"#).await.status, 422, "one waits already");
        let point = flat(&app).await;
        let mut record = app.state.store.begin().await.unwrap();
        assert!(end_switch(&mut record, &point, &first.id, false, 9).await.unwrap());
        assert!(!end_switch(&mut record, &point, "none", true, 9).await.unwrap());
        record.commit().await.unwrap();
        let told = page(&app).await.points.remove(0);
        assert_eq!(told.newest_request.unwrap().state, SwitchState::Refused);
        assert_eq!((told.way, told.switch.allowed), (WayOfPaying::Postpaid, true));
    }
}

/// The request goes to the head-end as a command, whose word ends it.
#[tokio::test]
async fn the_head_ends_word_ends_a_switch() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let body = r#"{"request_id":"a","to":"prepaid"}"#;
        let asked: SwitchRequest = app.post_json(&path(FLAT_POWER), body, &cookie).await.json();
        let bearer = format!("Bearer {}", crate::common::KEY);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let waiting: Commands = app.send("GET", GetCommands::ROUTE, &headers, b"").await.json();
        let orders: Vec<_> = waiting.commands.iter().map(|command| (&command.id, &command.order)).collect();
        assert_eq!(orders, [(&asked.id, &Order::Prepaid)]);
        for result in ["done", "done", "refused"] {
            let body = format!(r#"{{"command":"{}","at":1,"result":"{result}"}}"#, asked.id);
            app.send("POST", PostAcknowledgement::ROUTE, &headers, body.as_bytes()).await;
        }
        let ended = page(&app).await.points.remove(0).newest_request.unwrap();
        assert_eq!(
            (ended.state, ended.holds_from.unwrap().0),
            (SwitchState::Done, billing::period::parse_date("2026-09-28").unwrap())
        );
    }
}

#[tokio::test]
async fn dues_and_the_least_stay_keep_one_where_one_is() {
    for app in on_each_database().await {
        let period = period_of_month("2026-08").unwrap();
        run_bills(&app.state.store, &app.state.clock, period, "a", true).await.unwrap();
        let cookie = app.sign_in(FLAT).await;
        let body = r#"{"request_id":"a","to":"prepaid"}"#;
        let refused: SwitchRequest = app.post_json(&path(FLAT_POWER), body, &cookie).await.json();
        assert_eq!(refused.state, SwitchState::Refused);
        assert_eq!(refused.reasons[0].code, "dues-unpaid");
        assert!(!refused.reasons[0].message.ar.is_empty());
        let mut record = app.state.store.begin().await.unwrap();
        let flat = AccountId(FLAT.into());
        let due = receipts::due(&mut record, &flat, Currency::KWD).await.unwrap();
        let minor = i64::try_from(due.minor()).unwrap();
        pay(&mut record, FLAT, "r", minor).await;
        record.commit().await.unwrap();
        make_prepaid(&app, "2026-09-18").await;
        app.state.clock.set(day_start("2026-12-27"));
        let early = page(&app).await.points.remove(0);
        assert_eq!((early.way, early.switch.allowed), (WayOfPaying::Prepaid, false));
        assert_eq!(early.switch.findings[0].code, "minimum-stay");
        app.state.clock.set(day_start("2026-12-28"));
        assert!(page(&app).await.points.remove(0).switch.allowed, "three months to the day");
    }
}

#[tokio::test]
async fn water_has_no_credit_and_a_villa_is_asked_by_its_own_rules() {
    for app in on_each_database().await {
        assert_eq!(page(&app).await.points.len(), 1, "electricity alone");
        let cookie = app.sign_in(FLAT).await;
        let body = r#"{"request_id":"w","to":"prepaid"}"#;
        let water: SwitchRequest = app.post_json(&path(FLAT_WATER), body, &cookie).await.json();
        assert_eq!(
            (water.state, water.reasons[0].code.as_str()),
            (SwitchState::Refused, "digital-meter-needed")
        );
        let cookie = app.sign_in(VILLA).await;
        let villa: Prepaid = app.get(&format!("/api/v1/accounts/{VILLA}/prepaid"), &cookie).await.json();
        assert_eq!((villa.currency, villa.points[0].switch.allowed), (Currency::SAR, true));
        let mut db = app.state.store.read().await.unwrap();
        assert!(!prepaid::switched(&mut db, &AccountId(FLAT.into())).await.unwrap().is_empty());
        assert!(prepaid::switched(&mut db, &AccountId(VILLA.into())).await.unwrap().is_empty());
    }
}
