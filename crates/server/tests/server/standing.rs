//! Debts: how a holder stands, the ladder, a plan from its offer to its default, certificates and their check.

use api::accounts::{AccountId, Commodity, Country, MeterKind, Quality, Reading};
use api::attention::Attention;
use api::certificates::{Certificate, CertificateKind, CheckedCertificate};
use api::payments::ChargeKind;
use api::plans::{Plan, PlanOffer};
use api::problem::Problem;
use api::standing::Standing;
use billing::disconnection::LadderStep;
use billing::money::Currency;
use billing::number::Number;
use billing::period::parse_date;
use billing::standing::plan_default::PlanState;
use billing::standing::{Permission, Residency};
use server::actions::issue_bill::issue_bill;
use server::actions::post::{Receipt, post_charge};
use server::actions::run_bills::period_of_month;
use server::actions::serve_notice::serve_notice;
use server::actions::take_receipt::take_receipt;
use server::store::debts::ChargeRecord;
use server::store::hafez::HomeRecord;
use server::store::{accounts, hafez, readings};

use crate::common::record::{FLAT, VILLA, account, day_start, kwh, on_each_database, point};
use crate::common::{Reply, TestApp};

const HOUSE: &str = "3003";
const PATH: &str = "/api/v1/accounts/3003";

/// A house of holder A with one bill of KD 600.000: 300,000 kWh in August 2026, issued on the 28th, due by 27 September.
async fn add_house(app: &TestApp, citizen: bool) {
    let mut record = app.state.store.begin().await.unwrap();
    let house = account(HOUSE, "holder-a", Country::Kw, Currency::KWD);
    accounts::add(&mut record, &house, 1).await.unwrap();
    let mut power = point("house-electricity", HOUSE, Commodity::Electricity, "kw.electricity.private");
    power.meter.kind = MeterKind::Mechanical;
    accounts::add_point(&mut record, &power, day_start("2026-01-01")).await.unwrap();
    let home = HomeRecord { citizen, ..HomeRecord::default() };
    hafez::save_home(&mut record, &AccountId(HOUSE.into()), &home).await.unwrap();
    for (day, register) in [("2026-07-28", 0), ("2026-08-28", 300_000)] {
        let register = Number::from_millionths(kwh(register));
        let reading = Reading { at: day_start(day) + 9 * 3600, register, quality: Quality::Actual };
        readings::add(&mut record, "M-house-electricity", &reading).await.unwrap();
    }
    issue_bill(&mut record, &house, period_of_month("2026-08").unwrap(), 30).await.unwrap();
    record.commit().await.unwrap();
}

async fn pay(app: &TestApp, id: &str, amount: i64) {
    let mut record = app.state.store.begin().await.unwrap();
    let house = accounts::find(&mut record, &AccountId(HOUSE.into())).await.unwrap().unwrap();
    let receipt = Receipt { id, at: app.state.clock.now(), amount, bills: &[] };
    assert!(take_receipt(&mut record, &house, &receipt).await.unwrap());
    record.commit().await.unwrap();
}

async fn at(app: &TestApp, day: &str) -> Standing {
    app.state.clock.set(day_start(day) + 10 * 3600);
    let cookie = app.sign_in(FLAT).await;
    app.get(&format!("{PATH}/standing"), &cookie).await.json()
}

async fn post(app: &TestApp, end: &str, body: &str) -> Reply {
    let cookie = app.sign_in(FLAT).await;
    app.post_json(&format!("{PATH}/{end}"), body, &cookie).await
}

async fn offer(app: &TestApp, months: &str) -> Reply {
    let cookie = app.sign_in(FLAT).await;
    app.get(&format!("{PATH}/plan-offer?months={months}"), &cookie).await
}

/// The account whose debt stops the holder's transactions now.
async fn stopped_by(app: &TestApp) -> Option<String> {
    let cookie = app.sign_in(FLAT).await;
    let attention: Attention = app.get("/api/v1/attention", &cookie).await.json();
    attention.stopped.map(|stopped| stopped.account.0)
}

#[tokio::test]
async fn a_citizen_above_the_limit_agrees_a_plan_is_free_and_misses_an_instalment() {
    for app in on_each_database().await {
        add_house(&app, true).await;
        let before = at(&app, "2026-09-27").await;
        assert_eq!((before.due.as_str(), before.overdue.as_str()), ("600.000", "0.000"), "due, not overdue");
        let blocked = at(&app, "2026-09-28").await.government.unwrap();
        assert_eq!(blocked.answer.transactions, Permission::Blocked);
        assert_eq!(
            stopped_by(&app).await.as_deref(),
            Some(HOUSE),
            "the Overview of any of the holder's accounts"
        );
        assert_eq!((blocked.answer.travel, blocked.answer.reasons.len()), (Permission::Allowed, 1));

        let offered: PlanOffer = offer(&app, "12").await.json();
        assert_eq!(
            (offered.plan.instalments[0].amount.as_str(), offered.plan.total.as_str()),
            ("50.000", "600.000")
        );
        assert!(offered.acknowledgement.ar.contains("إقرار دين"), "{}", offered.acknowledgement.ar);
        let old = format!(r#"{{"request_id":"p1","months":12,"sha256":"{}","name":"سارة"}}"#, "0".repeat(64));
        let refused: Problem = post(&app, "plans", &old).await.json();
        assert_eq!((refused.code.as_str(), refused.status), ("acknowledgement-changed", 409));
        let signed =
            format!(r#"{{"request_id":"p1","months":12,"sha256":"{}","name":"سارة"}}"#, offered.sha256);
        let plan: Plan = post(&app, "plans", &signed).await.json();
        assert_eq!((plan.instalments.len(), plan.standing.state), (12, PlanState::Kept));
        let again: Plan = post(&app, "plans", &signed).await.json();
        assert_eq!(again.id, plan.id, "once");
        let second: Problem = offer(&app, "3").await.json();
        assert_eq!(second.code, "plan-not-open");

        let free = at(&app, "2026-10-28").await;
        assert_eq!(free.government.unwrap().answer.transactions, Permission::Allowed);
        assert_eq!(stopped_by(&app).await, None);
        assert!(free.cut.request.secured, "a kept plan secures what is owed");
        pay(&app, "first", 50_000).await;
        let kept = at(&app, "2026-10-29").await.plan.unwrap();
        assert_eq!((kept.standing.state, kept.standing.missed), (PlanState::Kept, 0));
        assert_eq!(kept.instalments[0].paid.map(|day| day.0), parse_date("2026-10-28").ok());

        let missed = at(&app, "2026-11-29").await;
        let standing = &missed.plan.as_ref().unwrap().standing;
        assert_eq!((standing.state, standing.due_now.as_str()), (PlanState::Cancelled, "550.000"));
        let government = missed.government.unwrap();
        assert_eq!(government.answer.transactions, Permission::Blocked);
        assert_eq!(government.answer.reasons, ["DEB-1"]);
        assert!(!missed.cut.request.secured);
    }
}

#[tokio::test]
async fn a_notice_stops_transactions_on_its_thirtieth_day_while_its_debt_is_owed() {
    for app in on_each_database().await {
        add_house(&app, true).await;
        at(&app, "2026-09-28").await;
        pay(&app, "part", 500_000).await;
        let mut record = app.state.store.begin().await.unwrap();
        let house = accounts::find(&mut record, &AccountId(HOUSE.into())).await.unwrap().unwrap();
        let day = parse_date("2026-10-01").unwrap();
        for (id, named) in [("n1", true), ("n1", true)] {
            let served = serve_notice(&mut record, &house, id, LadderStep::Warning, day, 7).await.unwrap();
            assert_eq!(served.is_some(), named);
        }
        record.commit().await.unwrap();
        for (day, state) in [("2026-10-30", Permission::Allowed), ("2026-10-31", Permission::Blocked)] {
            let standing = at(&app, day).await;
            assert_eq!(standing.notices.len(), 1);
            assert_eq!(standing.government.unwrap().answer.transactions, state, "{day}");
        }
        let cut = at(&app, "2026-10-31").await.cut;
        let answer = cut.answer.unwrap();
        assert!(!answer.allowed && answer.ladder[0].served.is_some() && answer.ladder[1].served.is_none());
        pay(&app, "rest", 100_000).await;
        let paid = at(&app, "2026-10-31").await;
        assert_eq!(paid.government.unwrap().answer.transactions, Permission::Allowed, "at once");
        assert!(paid.cut.request.notices.is_empty(), "a notice whose debt is paid is over");
    }
}

#[tokio::test]
async fn a_non_citizen_pays_all_and_is_free_at_once_and_has_no_plan() {
    for app in on_each_database().await {
        add_house(&app, false).await;
        let standing = at(&app, "2026-09-01").await.government.unwrap();
        assert_eq!(standing.request.residency, Residency::NonCitizen);
        assert_eq!(
            (standing.answer.travel, standing.answer.transactions),
            (Permission::Blocked, Permission::Blocked)
        );
        let refused: Problem = offer(&app, "12").await.json();
        assert_eq!((refused.code.as_str(), refused.status), ("plan-not-open", 422));
        pay(&app, "all", 600_000).await;
        let free = at(&app, "2026-09-01").await.government.unwrap();
        assert_eq!(
            (free.answer.travel, free.answer.transactions),
            (Permission::Allowed, Permission::Allowed)
        );
    }
}

#[tokio::test]
async fn a_certificate_needs_that_nothing_is_owed_and_anybody_can_check_it() {
    for app in on_each_database().await {
        add_house(&app, true).await;
        at(&app, "2026-09-01").await;
        let ask = |kind: &str| format!(r#"{{"request_id":"{kind}","kind":"{kind}"}}"#);
        let refused: Problem = post(&app, "certificates", &ask("facility")).await.json();
        assert_eq!((refused.code.as_str(), refused.status), ("dues-outstanding", 422));
        assert!(refused.message.en.contains("600.000"), "{}", refused.message.en);
        pay(&app, "all", 600_000).await;
        let given: Certificate = post(&app, "certificates", &ask("facility")).await.json();
        assert_eq!((given.kind, given.code.len()), (CertificateKind::Facility, 32));
        let again: Certificate = post(&app, "certificates", &ask("facility")).await.json();
        assert_eq!(again, given, "once");
        let other = r#"{"request_id":"facility","kind":"general"}"#;
        assert_eq!(post(&app, "certificates", other).await.json::<Problem>().code, "repeat-conflict");

        let checked: CheckedCertificate =
            app.get(&format!("/api/v1/certificates/{}", given.code), "").await.json();
        assert_eq!((checked.kind, checked.issued_on), (given.kind, given.issued_on));
        assert_eq!(checked.account, Some(AccountId(HOUSE.into())));
        let guessed: Problem = app.get(&format!("/api/v1/certificates/{}", "0".repeat(32)), "").await.json();
        assert_eq!((guessed.code.as_str(), guessed.status), ("certificate-unknown", 404));
        for (code, status) in [(&*given.code, 200), (&*"0".repeat(32), 404)] {
            let path = format!("/api/v1/certificates/{code}/qr.svg");
            assert_eq!(app.get(&path, "").await.status, status, "{path}");
        }
        assert_eq!(at(&app, "2026-09-02").await.certificates, [given]);
    }
}

#[tokio::test]
async fn a_bad_plan_is_refused_and_changes_nothing() {
    for app in on_each_database().await {
        add_house(&app, true).await;
        at(&app, "2026-09-28").await;
        for (months, code) in [("0", "out-of-range"), ("99", "too-many-months"), ("x", "value-invalid")] {
            assert_eq!(offer(&app, months).await.json::<Problem>().code, code, "{months}");
        }
        // Whoever asks for too few is told the most that the rule allows, not that a number holds.
        let none = offer(&app, "0").await.json::<Problem>().title;
        assert!(none.contains("18") && !none.contains(&u32::MAX.to_string()), "{none}");
        let offered: PlanOffer = offer(&app, "2").await.json();
        for (name, code) in
            [("", "value-invalid"), ("   ", "value-invalid"), (&*"س".repeat(121), "value-invalid")]
        {
            let body =
                format!(r#"{{"request_id":"p","months":2,"sha256":"{}","name":"{name}"}}"#, offered.sha256);
            assert_eq!(post(&app, "plans", &body).await.json::<Problem>().code, code, "{name}");
        }
        assert!(at(&app, "2026-09-28").await.plan.is_none());
    }
}

#[tokio::test]
async fn a_saudi_account_has_its_ladder_and_no_government_certificate_or_plan() {
    for app in on_each_database().await {
        app.state.clock.set(day_start("2026-09-20") + 10 * 3600);
        let mut record = app.state.store.begin().await.unwrap();
        let villa = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
        let day = parse_date("2026-09-01").unwrap();
        let fine = ChargeRecord {
            id: "charge-fine".into(),
            account: AccountId(VILLA.into()),
            kind: ChargeKind::Fine,
            amount: 500_000,
            due_on: day,
            entered_on: day,
            entered_at: 7,
        };
        assert!(post_charge(&mut record, &villa, &fine).await.unwrap());
        record.commit().await.unwrap();
        let cookie = app.sign_in(VILLA).await;
        let path = format!("/api/v1/accounts/{VILLA}");
        let standing: Standing = app.get(&format!("{path}/standing"), &cookie).await.json();
        assert!(standing.government.is_none());
        assert_eq!((standing.overdue.as_str(), standing.cut.request.metered), ("5000.00", false));
        assert_eq!(standing.cut.request.overdue, Number::ZERO, "a fine cuts nothing");
        let answer = standing.cut.answer.unwrap();
        assert!(!answer.allowed && answer.ladder.len() == 2);
        for (verb, end, body) in [
            ("GET", "plan-offer?months=2", ""),
            ("POST", "certificates", r#"{"request_id":"c","kind":"facility"}"#),
        ] {
            let headers = [("cookie", &*cookie), ("content-type", "application/json")];
            let reply = app.send(verb, &format!("{path}/{end}"), &headers, body.as_bytes()).await;
            assert_eq!(reply.status, 404, "{end}");
        }
    }
}
