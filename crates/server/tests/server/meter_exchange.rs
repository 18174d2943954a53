//! A meter that was exchanged within a period (BIL-3): both registers are billed, and later readings are the new one's.

use api::accounts::{MeterKind, Quality, Reading, ServicePointId};
use api::bills::{Bill, BillKind, BilledReadings, ExchangedMeter};
use api::consumption::Consumption;
use api::meters::MeterPage;
use billing::audit::recheck;
use billing::number::Number;
use billing::period::{Day, parse_date};
use server::actions::exchange_meter::{Exchange, ExchangeRefused, exchange_meter};
use server::actions::run_bills::{period_of_month, run_bills};
use server::store::accounts::MeterRecord;
use server::store::{accounts, head_ends, readings};

use crate::common::TestApp;
use crate::common::record::{FLAT, FLAT_WATER, VILLA, VILLA_POWER, day_start, on_each_database};
use crate::complaints::get;

const HALF_PAST_TEN_S: i64 = 10 * 3600 + 1800;

pub(crate) fn units(units: u32) -> Number {
    Number::from_units(units)
}

/// The old meter's last register, the new one's multiplier and first register.
pub(crate) fn exchange(on: &str, last: u32, multiplier: u32, first: u32) -> Exchange {
    let meter = api::accounts::Meter {
        number: "M-new".into(),
        kind: MeterKind::Digital,
        multiplier: units(multiplier),
    };
    let fitted = MeterRecord { meter, digits: Some(5) };
    let on = parse_date(on).unwrap();
    Exchange { on, second: HALF_PAST_TEN_S, last: units(last), fitted, first: units(first) }
}

pub(crate) async fn done(app: &TestApp, point: &str, exchange: &Exchange) -> Result<bool, ExchangeRefused> {
    let mut record = app.state.store.begin().await.unwrap();
    let point = accounts::find_point(&mut record, &ServicePointId(point.into())).await.unwrap().unwrap();
    let (is_new, _) = exchange_meter(&mut record, app.state.clock.now(), &point, exchange).await?;
    record.commit().await.unwrap();
    Ok(is_new)
}

pub(crate) async fn read(app: &TestApp, meter: &str, day: &str, register: u32) {
    let reading =
        Reading { at: day_start(day) + 9 * 3600, register: units(register), quality: Quality::Actual };
    let mut record = app.state.store.begin().await.unwrap();
    readings::add(&mut record, meter, &reading).await.unwrap();
    record.commit().await.unwrap();
}

/// Bills the period that ends in `month` on the day after it.
pub(crate) async fn bill_month(app: &TestApp, month: &str) {
    app.state.clock.set(day_start(&format!("{month}-28")) + 10 * 3600);
    let period = period_of_month(month).unwrap();
    run_bills(&app.state.store, &app.state.clock, period, "a", true).await.unwrap().unwrap();
}

pub(crate) async fn bill(app: &TestApp, id: &str) -> Bill {
    get(app, VILLA, &format!("bills/{id}")).await
}

pub(crate) fn part(bill: &Bill) -> (&BilledReadings, Number) {
    (&bill.parts[0].readings, bill.parts[0].facts.usage)
}

/// August is billed to 6,300; then 1,000 kWh by the old meter and 210 x 10 by the new one.
pub(crate) async fn september(app: &TestApp, on: &str) -> Bill {
    bill_month(app, "2026-08").await;
    app.state.clock.set(day_start(on) + 12 * 3600);
    assert!(done(app, VILLA_POWER, &exchange(on, 7_300, 10, 500)).await.unwrap());
    read(app, "M-new", "2026-09-28", 710).await;
    bill_month(app, "2026-09").await;
    bill(app, "2002-2026-09").await
}

#[tokio::test]
async fn both_registers_are_billed_whatever_the_day() {
    for on in ["2026-08-28", "2026-09-10", "2026-09-27"] {
        for app in on_each_database().await {
            let bill = september(&app, on).await;
            let (readings, usage) = part(&bill);
            let taken = ExchangedMeter {
                meter: "M-villa-electricity".into(),
                previous: units(6_300),
                current: units(7_300),
                multiplier: units(1),
                usage: units(1_000),
                until: Day(parse_date(on).unwrap()),
            };
            assert_eq!(readings.exchanged, [taken], "{on}");
            assert_eq!(
                (readings.meter.as_str(), readings.previous, readings.current, readings.multiplier),
                ("M-new", units(500), units(710), units(10))
            );
            assert_eq!((usage, bill.summary.kind), (units(3_100), BillKind::Actual), "{on}");
            // 3,100 kWh at 0.18, 15 for the meter, 15 % VAT.
            assert_eq!(bill.summary.total, "658.95", "{on}");
            for part in &bill.parts {
                let again = recheck(&part.facts, &part.bill, &words::codes::finding_message).unwrap();
                assert_eq!(again.difference, None);
                assert_eq!(again.bill.answer(&words::codes::finding_message), part.bill, "the same bytes");
            }
        }
    }
}

#[test]
fn a_bill_without_an_exchange_reads_and_writes_as_before() {
    let text = r#"{"meter":"M","previous":"1","current":"2","multiplier":"1","quality":"actual"}"#;
    let readings: BilledReadings = serde_json::from_str(text).unwrap();
    assert!(readings.exchanged.is_empty());
    assert_eq!(serde_json::to_string(&readings).unwrap(), text);
}

/// The exchange is on record before the period ended in which it was not: that one is the old meter's alone.
#[tokio::test]
async fn a_period_before_the_exchange_is_billed_from_the_old_meter() {
    for app in on_each_database().await {
        app.state.clock.set(day_start("2026-09-18"));
        done(&app, VILLA_POWER, &exchange("2026-09-10", 7_300, 10, 500)).await.unwrap();
        bill_month(&app, "2026-08").await;
        let august = bill(&app, "2002-2026-08").await;
        let (readings, usage) = part(&august);
        assert_eq!((readings.meter.as_str(), usage), ("M-villa-electricity", units(6_300)));
        assert!(readings.exchanged.is_empty());
    }
}

/// What came before is the old meter's, what comes after the new one's: on the pages and in files.
#[tokio::test]
async fn later_readings_are_the_new_meters() {
    for app in on_each_database().await {
        let mut water = exchange("2026-09-10", 53_000, 10, 7);
        water.fitted.meter.kind = MeterKind::Mechanical;
        done(&app, FLAT_WATER, &water).await.unwrap();
        app.state.clock.set(day_start("2026-09-25"));
        let path = format!("/api/v1/accounts/{FLAT}/service-points/{FLAT_WATER}/own-readings");
        let cookie = app.sign_in(FLAT).await;
        let own = r#"{"request_id":"r","register":"97","photo":null,"confirmed":true}"#;
        let taken = app.post_json(&path, own, &cookie).await;
        assert_eq!(taken.status, 200, "{}", taken.text());
        assert_eq!(taken.json::<api::own_readings::OwnReading>().usage, units(900));

        let page: MeterPage = get(&app, FLAT, &format!("service-points/{FLAT_WATER}/meter")).await;
        assert_eq!((page.meter.number.as_str(), page.digits), ("M-new", Some(5)));
        assert_eq!(page.fitted_on, Day(parse_date("2026-09-10").unwrap()));
        let told = &page.exchanges[0];
        assert_eq!((told.old.as_str(), told.last, told.first), ("M-flat-water", units(53_000), units(7)));
        assert_eq!(page.readings.len(), 2, "the old one's readings are not this meter's");

        let query = "from=2026-07-28&to=2026-09-25&step=reading";
        let used: Consumption =
            get(&app, FLAT, &format!("service-points/{FLAT_WATER}/consumption?{query}")).await;
        let used: Vec<_> = used.spans.iter().map(|span| span.usage.unwrap()).collect();
        assert_eq!(used, [units(2_340), units(660), units(900)]);
    }
}

/// The old meter took the word of one head-end alone, and so does the one in its place.
#[tokio::test]
async fn a_new_meter_reports_to_whom_the_old_one_did() {
    for app in on_each_database().await {
        let mut record = app.state.store.begin().await.unwrap();
        head_ends::add(&mut record, "north", "hash", 1).await.unwrap();
        head_ends::assign(&mut record, "M-villa-electricity", "north").await.unwrap();
        record.commit().await.unwrap();
        done(&app, VILLA_POWER, &exchange("2026-09-10", 7_300, 10, 500)).await.unwrap();
        let point = ServicePointId(VILLA_POWER.into());
        let mut db = app.state.store.read().await.unwrap();
        let reporting = head_ends::reporting(&mut db, std::slice::from_ref(&point)).await.unwrap();
        assert_eq!(reporting[&point].head_end.as_deref(), Some("north"));
    }
}
