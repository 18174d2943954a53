//! A bill is issued once, with all that is needed to calculate it again.

use api::accounts::{AccountId, Overview};
use api::bills::{Bill, BillState, Bills};
use billing::period::{Period, parse_date};
use server::actions::issue_bill::issue_bill;
use server::store::accounts;

use crate::common::TestApp;
use crate::common::record::{FLAT, VILLA, on_each_database, pay};

fn august() -> Period {
    Period::new(parse_date("2026-07-28").unwrap(), parse_date("2026-08-27").unwrap())
}

async fn issue(app: &TestApp, account: &str) -> String {
    let mut record = app.state.store.begin().await.unwrap();
    let account = accounts::find(&mut record, &AccountId(account.into())).await.unwrap().unwrap();
    let bill = issue_bill(&mut record, &account, august(), 30).await.unwrap();
    record.commit().await.unwrap();
    bill.0
}

#[tokio::test]
async fn a_bill_holds_its_facts_and_working_and_the_engine_finds_the_same() {
    for app in on_each_database().await {
        let id = issue(&app, FLAT).await;
        assert_eq!(id, "1001-2026-08");
        assert_eq!(issue(&app, FLAT).await, id, "asking again gives the same bill");
        let cookie = app.sign_in(FLAT).await;
        let bill: Bill = app.get(&format!("/api/v1/accounts/{FLAT}/bills/{id}"), &cookie).await.json();
        assert_eq!(
            bill.parts.iter().map(|part| part.service_point.0.as_str()).collect::<Vec<_>>(),
            ["flat-electricity", "flat-water"]
        );
        for part in &bill.parts {
            let again = billing::bill::calculate(&part.facts).unwrap();
            again.working.replay().unwrap();
            assert_eq!(again.answer(&words::codes::finding_message), part.bill);
        }
        // 2,400 kWh over 31 days: limits 1000 and 2000 x 31/30. 2,340 gallons at 2.000 a thousand.
        let electricity: Vec<_> = bill.parts[0].bill.lines.iter().map(|line| line.amount.as_str()).collect();
        assert_eq!(electricity, ["5.167", "10.333", "5.000"]);
        assert_eq!(bill.summary.total, "25.180");
        assert_eq!(bill.parts[0].readings.current.to_string(), "3400");
    }
}

#[tokio::test]
async fn vat_is_taken_once_over_the_whole_bill() {
    for app in on_each_database().await {
        let id = issue(&app, VILLA).await;
        let cookie = app.sign_in(VILLA).await;
        let bill: Bill = app.get(&format!("/api/v1/accounts/{VILLA}/bills/{id}"), &cookie).await.json();
        // 6,200 kWh at 0.18, 100 at 0.30, meter fee 15, 15 % VAT on 1161.00.
        assert_eq!((bill.taxes[0].base.as_str(), bill.taxes[0].amount.as_str()), ("1161.00", "174.15"));
        assert_eq!(bill.summary.total, "1335.15");
    }
}

#[tokio::test]
async fn what_is_due_follows_from_receipts() {
    for app in on_each_database().await {
        issue(&app, FLAT).await;
        let cookie = app.sign_in(FLAT).await;
        let bills = format!("/api/v1/accounts/{FLAT}/bills");
        for (paid, due, state) in [
            (0, "25.180", BillState::Due),
            (180, "25.000", BillState::Due),
            (25_000, "0.000", BillState::Paid),
            (5, "0.000", BillState::Paid),
        ] {
            if paid > 0 {
                let mut record = app.state.store.begin().await.unwrap();
                pay(&mut record, FLAT, &format!("receipt-{paid}"), paid).await;
                record.commit().await.unwrap();
            }
            let overview: Overview =
                app.get(&format!("/api/v1/accounts/{FLAT}/overview"), &cookie).await.json();
            assert_eq!((overview.due.as_str(), overview.bills[0].state), (due, state), "{paid}");
        }
        let list: Bills = app.get(&bills, &cookie).await.json();
        assert_eq!(
            list.bills[0].usages.iter().map(|u| u.usage.to_string()).collect::<Vec<_>>(),
            ["2400", "2340"]
        );
    }
}

#[tokio::test]
async fn a_bill_is_overdue_from_the_day_after_its_last_day() {
    for app in on_each_database().await {
        issue(&app, FLAT).await;
        for (day, state) in [("2026-09-27", BillState::Due), ("2026-09-28", BillState::Overdue)] {
            app.state.clock.set(crate::common::record::day_start(day));
            let cookie = app.sign_in(FLAT).await;
            let list: Bills = app.get(&format!("/api/v1/accounts/{FLAT}/bills"), &cookie).await.json();
            assert_eq!(list.bills[0].state, state, "{day}");
        }
    }
}

#[tokio::test]
async fn a_period_without_both_readings_has_no_bill() {
    for app in on_each_database().await {
        let mut record = app.state.store.begin().await.unwrap();
        let account = accounts::find(&mut record, &AccountId(FLAT.into())).await.unwrap().unwrap();
        let september = Period::new(parse_date("2026-08-28").unwrap(), parse_date("2026-09-27").unwrap());
        assert!(issue_bill(&mut record, &account, september, 30).await.is_err());
    }
}
