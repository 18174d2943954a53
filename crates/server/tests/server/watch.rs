//! What is due is raised, once; and what was expected of a day is kept as it was known then.

use api::accounts::ServicePointId;
use api::alerts::{AlertFact, Alerts};
use api::projections::Projections;
use billing::period::{Day, parse_date};
use server::actions::keep_projection::keep_projection;
use server::actions::run_bills::{period_of_month, run_bills};
use server::jobs::watch::{Looks, look_once};
use server::store::intervals::{self, Origin};
use server::store::{accounts, leases};

use crate::common::TestApp;
use crate::common::record::{FLAT, FLAT_POWER, day_start, hour, kwh, on_each_database};

async fn look(app: &TestApp, holder: &str, all: bool) -> usize {
    look_once(&app.state, holder, &mut Looks::default(), all).await.unwrap()
}

async fn told(app: &TestApp) -> Vec<AlertFact> {
    let cookie = app.sign_in(FLAT).await;
    let alerts: Alerts = app.get(&format!("/api/v1/accounts/{FLAT}/alerts"), &cookie).await.json();
    alerts.alerts.into_iter().map(|alert| alert.fact).collect()
}

async fn use_hour(app: &TestApp, day: &str, at: i64, units: i64, origin: Origin) {
    let mut record = app.state.store.begin().await.unwrap();
    let point = ServicePointId(FLAT_POWER.into());
    let new = [hour(day_start(day) + at * 3600, kwh(units))];
    intervals::add(&mut record, &point, 10_800, &new, origin).await.unwrap();
    record.commit().await.unwrap();
}

/// 44 kWh so far and 980 in the last hour; the first tier of 31 days ends at 1,033.333333.
#[tokio::test]
async fn a_tier_that_comes_near_is_told_once() {
    for app in on_each_database().await {
        assert_eq!(look(&app, "a", true).await, 0, "264 kWh are expected: no tier is near");
        use_hour(&app, "2026-09-18", 20, 980, Origin::HeadEnd).await;
        assert_eq!(look(&app, "a", false).await, 1, "its meter has reported");
        assert_eq!(look(&app, "a", false).await, 0, "once");
        assert_eq!(look(&app, "a", true).await, 0);
        let facts = told(&app).await;
        let AlertFact::TierNear { tier, left, on, price, .. } = &facts[0] else { panic!("{facts:?}") };
        let day = Day(parse_date("2026-09-19").unwrap());
        assert_eq!((*tier, left.to_string().as_str(), *on), (2, "9.333333", day));
        assert_eq!(price.unwrap().to_string(), "0.01");
    }
}

/// The account's meter cannot be read for some looks; once it can, its old news is told.
#[tokio::test]
async fn what_could_not_be_looked_at_is_looked_at_again() {
    for app in on_each_database().await {
        let mut looks = Looks::default();
        look_once(&app.state, "a", &mut looks, true).await.unwrap();
        let meter_is = async |kind: &'static str| {
            let mut record = app.state.store.begin().await.unwrap();
            let sql = "update meter set kind = $2 where service_point = $1";
            sqlx::query(sql).bind(FLAT_POWER).bind(kind).execute(&mut *record).await.unwrap();
            record.commit().await.unwrap();
        };
        use_hour(&app, "2026-09-18", 20, 980, Origin::HeadEnd).await;
        meter_is("of no kind").await;
        for all in [false, true, false] {
            assert_eq!(look_once(&app.state, "a", &mut looks, all).await.unwrap(), 0, "{all}");
        }
        meter_is("digital").await;
        assert_eq!(look_once(&app.state, "a", &mut looks, false).await.unwrap(), 1, "there is no newer news");
        assert_eq!(look_once(&app.state, "a", &mut looks, false).await.unwrap(), 0, "once");
    }
}

#[tokio::test]
async fn the_budget_speaks_again_only_when_it_is_changed() {
    for app in on_each_database().await {
        let cookie = app.sign_in(FLAT).await;
        let path = format!("/api/v1/accounts/{FLAT}/alert-settings");
        for (budget, raised) in [("2", 0), ("0.500", 1), ("0.500", 0), ("0.600", 1)] {
            let body = format!(
                r#"{{"settings":{{"budget":"{budget}","credit_thresholds":[],"days_before_tier":0,"use_unusual":false}}}}"#
            );
            assert_eq!(app.post_json(&path, &body, &cookie).await.status, 200);
            assert_eq!(look(&app, "a", true).await, raised, "{budget}");
        }
        let facts = told(&app).await;
        assert!(
            matches!(&facts[0], AlertFact::BudgetPassed { budget, .. } if budget == "0.600"),
            "{facts:?}"
        );
    }
}

/// Three days of last September took 24 kWh each: up to 48 are usual.
#[tokio::test]
async fn a_day_far_above_last_years_is_told_once_that_day() {
    for app in on_each_database().await {
        for day in ["2025-09-10", "2025-09-11", "2025-09-12"] {
            for at in 0..24 {
                use_hour(&app, day, at, 1, Origin::File).await;
            }
        }
        use_hour(&app, "2026-09-18", 20, 28, Origin::File).await;
        assert_eq!(look(&app, "a", true).await, 0, "48 are still usual");
        use_hour(&app, "2026-09-18", 21, 1, Origin::File).await;
        assert_eq!(look(&app, "a", true).await, 1);
        use_hour(&app, "2026-09-18", 22, 9, Origin::File).await;
        assert_eq!(look(&app, "a", true).await, 0, "once that day");
        let facts = told(&app).await;
        let AlertFact::UseUnusual { usage, high, .. } = &facts[0] else { panic!("{facts:?}") };
        assert_eq!((usage.to_string().as_str(), high.to_string().as_str()), ("49", "48"));
    }
}

#[tokio::test]
async fn a_bill_is_told_when_it_is_new_and_before_it_is_due() {
    for app in on_each_database().await {
        let period = period_of_month("2026-08").unwrap();
        run_bills(&app.state.store, &app.state.clock, period, "a", true).await.unwrap();
        for (day, raised) in [
            ("2026-09-05", 0),
            ("2026-09-04", 2),
            ("2026-09-04", 0),
            ("2026-09-21", 0),
            ("2026-09-22", 2),
            ("2026-09-27", 0),
        ] {
            app.state.clock.set(day_start(day));
            assert_eq!(look(&app, "a", true).await, raised, "{day}: the flat's and the villa's");
        }
        let kinds: Vec<_> = told(&app).await.iter().map(AlertFact::kind).collect();
        assert_eq!(kinds, ["bill-due-soon", "bill-issued"]);
    }
}

#[tokio::test]
async fn one_server_looks() {
    for app in on_each_database().await {
        use_hour(&app, "2026-09-18", 20, 980, Origin::HeadEnd).await;
        let mut record = app.state.store.begin().await.unwrap();
        let now = app.state.clock.now();
        assert!(leases::take(&mut record, "watch", "other", now, now + 10).await.unwrap());
        record.commit().await.unwrap();
        assert_eq!(look(&app, "a", true).await, 0);
        app.state.clock.set(now + 10);
        assert_eq!(look(&app, "a", true).await, 1, "the other has stopped");
    }
}

/// On 18 September nothing of that day is known yet, whenever the projection is made.
#[tokio::test]
async fn a_days_projection_knows_nothing_later_and_meets_its_bill() {
    for app in on_each_database().await {
        look(&app, "a", true).await;
        use_hour(&app, "2026-09-18", 20, 500, Origin::HeadEnd).await;
        app.state.clock.set(app.state.clock.now() + 3_600);
        look(&app, "a", true).await;
        let cookie = app.sign_in(FLAT).await;
        let path = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_POWER}/projections");
        let kept: Projections = app.get(&path, &cookie).await.json();
        // 24 kWh yesterday, and 24 on each of ten days with today.
        let recent: Vec<_> = kept.recent.iter().map(|kept| kept.expected.to_string()).collect();
        assert_eq!((recent.as_slice(), kept.midway.len()), (["264".to_owned()].as_slice(), 0));

        let mut record = app.state.store.begin().await.unwrap();
        let point = ServicePointId(FLAT_POWER.into());
        let point = accounts::find_point(&mut record, &point).await.unwrap().unwrap();
        let hours: Vec<_> = (0..24).map(|at| hour(day_start("2026-08-11") + at * 3600, kwh(1))).collect();
        intervals::add(&mut record, &point.id, 10_800, &hours, Origin::File).await.unwrap();
        for day in ["2026-08-11", "2026-08-12"] {
            let currency = billing::money::Currency::KWD;
            keep_projection(&mut record, &point, currency, parse_date(day).unwrap()).await.unwrap();
        }
        record.commit().await.unwrap();
        let period = period_of_month("2026-08").unwrap();
        run_bills(&app.state.store, &app.state.clock, period, "a", true).await.unwrap();
        let kept: Projections = app.get(&path, &cookie).await.json();
        assert_eq!(kept.midway.len(), 1, "31 days from 28 July: their middle is 12 August");
        let outcome = kept.midway[0].outcome.as_ref().unwrap();
        assert_eq!((outcome.bill.0.as_str(), outcome.usage.to_string().as_str()), ("1001-2026-08", "2400"));
        assert_eq!(kept.midway[0].expected.to_string(), "408", "24 on the 11th and on each of 16 days");
    }
}
