//! A meter that was exchanged within a period (BIL-3): both registers are billed, and no correction loses one of them.

use api::accounts::{AccountId, MeterKind, Quality, Reading, ServicePointId};
use api::bills::{Bill, BillKind, BilledReadings, ExchangedMeter};
use api::complaint_requests::ComplaintPreview;
use api::consumption::Consumption;
use api::meters::{MeterPage, MeterTest, TestResult};
use billing::audit::recheck;
use billing::number::Number;
use billing::period::{Day, parse_date};
use server::actions::correct_multiplier::correct_multiplier;
use server::actions::exchange_meter::{Exchange, ExchangeRefused, exchange_meter};
use server::actions::run_bills::{period_of_month, run_bills};
use server::actions::test_meter::{correct_after_test, record_test};
use server::store::accounts::MeterRecord;
use server::store::intervals::{self, Origin};
use server::store::{accounts, head_ends, readings};

use crate::common::TestApp;
use crate::common::record::{
    FLAT, FLAT_WATER, OFFSET_S, VILLA, VILLA_POWER, day_start, hour, kwh, on_each_database,
};
use crate::complaint_steps::{step, with_staff};
use crate::complaints::{get, post};

const HALF_PAST_TEN_S: i64 = 10 * 3600 + 1800;

fn units(units: u32) -> Number {
    Number::from_units(units)
}

/// The old meter's last register, the new one's multiplier and first register.
fn exchange(on: &str, last: u32, multiplier: u32, first: u32) -> Exchange {
    let meter = api::accounts::Meter {
        number: "M-new".into(),
        kind: MeterKind::Digital,
        multiplier: units(multiplier),
    };
    let fitted = MeterRecord { meter, digits: Some(5) };
    let on = parse_date(on).unwrap();
    Exchange { on, second: HALF_PAST_TEN_S, last: units(last), fitted, first: units(first) }
}

async fn done(app: &TestApp, point: &str, exchange: &Exchange) -> Result<bool, ExchangeRefused> {
    let mut record = app.state.store.begin().await.unwrap();
    let point = accounts::find_point(&mut record, &ServicePointId(point.into())).await.unwrap().unwrap();
    let (is_new, _) = exchange_meter(&mut record, app.state.clock.now(), &point, exchange).await?;
    record.commit().await.unwrap();
    Ok(is_new)
}

async fn read(app: &TestApp, meter: &str, day: &str, register: u32) {
    let reading =
        Reading { at: day_start(day) + 9 * 3600, register: units(register), quality: Quality::Actual };
    let mut record = app.state.store.begin().await.unwrap();
    readings::add(&mut record, meter, &reading).await.unwrap();
    record.commit().await.unwrap();
}

/// Bills the period that ends in `month` on the day after it.
async fn bill_month(app: &TestApp, month: &str) {
    app.state.clock.set(day_start(&format!("{month}-28")) + 10 * 3600);
    let period = period_of_month(month).unwrap();
    run_bills(&app.state.store, &app.state.clock, period, "a", true).await.unwrap().unwrap();
}

async fn bill(app: &TestApp, id: &str) -> Bill {
    get(app, VILLA, &format!("bills/{id}")).await
}

fn part(bill: &Bill) -> (&BilledReadings, Number) {
    (&bill.parts[0].readings, bill.parts[0].facts.usage)
}

/// August is billed to 6,300; then 1,000 kWh by the old meter and 210 x 10 by the new one.
async fn september(app: &TestApp, on: &str) -> Bill {
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

/// September was estimated; the old meter's last reading says 100 kWh a day since 28 August.
#[tokio::test]
async fn the_last_reading_of_the_old_meter_settles_the_estimates_before() {
    for app in on_each_database().await {
        bill_month(&app, "2026-08").await;
        bill_month(&app, "2026-09").await;
        assert_eq!(bill(&app, "2002-2026-09").await.summary.kind, BillKind::Estimated);
        app.state.clock.set(day_start("2026-10-08"));
        done(&app, VILLA_POWER, &exchange("2026-10-07", 6_300 + 4_100, 2, 0)).await.unwrap();
        read(&app, "M-new", "2026-10-28", 1_000).await;
        bill_month(&app, "2026-10").await;
        let settled = bill(&app, "2002-2026-09-2").await;
        let (readings, usage) = part(&settled);
        assert_eq!((usage, readings.current), (units(3_100), units(9_400)));
        let october = bill(&app, "2002-2026-10").await;
        let (readings, usage) = part(&october);
        let taken = &readings.exchanged[0];
        assert_eq!((taken.previous, taken.current, taken.usage), (units(9_400), units(10_400), units(1_000)));
        assert_eq!((usage, october.settles.len()), (units(3_000), 1));
    }
}

/// Nobody read the new meter in September; its next reading says 100 kWh a day since 10 September.
#[tokio::test]
async fn the_estimate_of_a_new_meter_is_settled_and_the_old_register_stays() {
    for app in on_each_database().await {
        bill_month(&app, "2026-08").await;
        app.state.clock.set(day_start("2026-09-11"));
        done(&app, VILLA_POWER, &exchange("2026-09-10", 7_300, 2, 0)).await.unwrap();
        bill_month(&app, "2026-09").await;
        let estimated = bill(&app, "2002-2026-09").await;
        // 18 days at August's 6,300 kWh in 31 days, and what the old meter counted.
        let (readings, usage) = part(&estimated);
        assert_eq!((estimated.summary.kind, usage.to_string().as_str()), (BillKind::Estimated, "4658.065"));
        let taken = readings.exchanged.clone();
        read(&app, "M-new", "2026-10-28", 2_400).await;
        bill_month(&app, "2026-10").await;
        let settled = bill(&app, "2002-2026-09-2").await;
        let (readings, usage) = part(&settled);
        assert_eq!((readings.previous, readings.current), (units(0), units(900)));
        assert_eq!((&readings.exchanged, usage), (&taken, units(2_800)));
        let october = bill(&app, "2002-2026-10").await;
        assert_eq!(part(&october).1, units(3_000));
    }
}

/// What a digital meter reports from the hour of the exchange on says what the new register must show.
#[tokio::test]
async fn a_new_meter_that_reports_needs_no_estimate() {
    for app in on_each_database().await {
        bill_month(&app, "2026-08").await;
        app.state.clock.set(day_start("2026-09-27") + 12 * 3600);
        let at_ten = Exchange { second: 10 * 3600, ..exchange("2026-09-27", 7_300, 1, 0) };
        done(&app, VILLA_POWER, &at_ten).await.unwrap();
        let hours: Vec<_> = (0..24).map(|at| hour(day_start("2026-09-27") + at * 3600, kwh(5))).collect();
        let mut record = app.state.store.begin().await.unwrap();
        let point = ServicePointId(VILLA_POWER.into());
        intervals::add(&mut record, &point, OFFSET_S, &hours, Origin::File).await.unwrap();
        record.commit().await.unwrap();
        bill_month(&app, "2026-09").await;
        let bill = bill(&app, "2002-2026-09").await;
        let (readings, usage) = part(&bill);
        assert_eq!((readings.current, usage), (units(14 * 5), units(1_000 + 14 * 5)));
        assert_eq!(bill.summary.kind, BillKind::Actual);
    }
}

/// The present meter's multiplier was 20; it ran 5 % fast; it showed 610: each time the old meter's 1,000 kWh stay.
#[tokio::test]
async fn a_correction_keeps_the_second_register() {
    type Way = (&'static str, u32);
    for (way, right) in [("multiplier", 5_200), ("test", 3_000), ("reading", 2_100)] as [Way; 3] {
        for app in with_staff().await {
            let before = september(&app, "2026-09-10").await;
            if way == "reading" {
                let body = r#"{"request_id":"e","kind":"reading","bill":"2002-2026-09","service_point":"villa-electricity","register":"610","text":"Less."}"#;
                assert_eq!(post(&app, VILLA, "complaints", body).await.status, 200);
                step(
                    &app,
                    r#"{"kind":"correct-reading","service_point":"villa-electricity","current":"610"}"#,
                )
                .await;
            } else {
                correct(&app, way).await;
            }
            let after = bill(&app, "2002-2026-09-2").await;
            let (readings, usage) = part(&after);
            assert_eq!((&readings.exchanged, usage), (&part(&before).0.exchanged, units(right)), "{way}");
            let own = (readings.current.millionths() - readings.previous.millionths())
                * (readings.multiplier.millionths() / 1_000_000);
            assert_eq!(own, kwh(i64::from(right) - 1_000), "the readings explain the use: {way}");
        }
    }
}

async fn correct(app: &TestApp, way: &str) {
    let mut record = app.state.store.begin().await.unwrap();
    let account = accounts::find(&mut record, &AccountId(VILLA.into())).await.unwrap().unwrap();
    let point =
        accounts::find_point(&mut record, &ServicePointId(VILLA_POWER.into())).await.unwrap().unwrap();
    let [since, on] = ["2026-08-28", "2026-09-29"].map(|day| parse_date(day).unwrap());
    let corrected = if way == "multiplier" {
        correct_multiplier(&mut record, &account, &point, units(20), on, 30).await.unwrap()
    } else {
        let test = MeterTest { on: Day(on), result: TestResult::Fast, error_percent: units(5) };
        record_test(&mut record, &point.meter.number, &test).await.unwrap();
        correct_after_test(&mut record, &account, &point, &test, since, on, 30).await.unwrap()
    };
    assert_eq!(corrected.len(), 1);
    record.commit().await.unwrap();
}

/// August's reading was wrong: September began with the old meter, and begins with the right reading of it.
#[tokio::test]
async fn a_wrong_reading_before_an_exchange_is_corrected_in_both_bills() {
    for app in with_staff().await {
        september(&app, "2026-09-10").await;
        assert_eq!(
            post(&app, VILLA, "complaints", crate::complaints::DISPUTE).await.status,
            422,
            "it is gone"
        );
        let body = r#"{"request_id":"e","kind":"reading","bill":"2002-2026-08","text":"Wrong."}"#;
        assert_eq!(post(&app, VILLA, "complaints", body).await.status, 200);
        step(&app, r#"{"kind":"correct-reading","service_point":"villa-electricity","current":"6000"}"#)
            .await;
        let august = bill(&app, "2002-2026-08-2").await;
        assert_eq!(part(&august).1, units(6_000));
        let september = bill(&app, "2002-2026-09-2").await;
        let (readings, usage) = part(&september);
        let taken = &readings.exchanged[0];
        assert_eq!((taken.previous, taken.usage, usage), (units(6_000), units(1_300), units(3_400)));
    }
}

/// 600 on the new meter are 1,000 kWh by it; the old one's 1,000 are not in dispute.
#[tokio::test]
async fn a_dispute_counts_both_registers() {
    for app in on_each_database().await {
        september(&app, "2026-09-10").await;
        let path = "complaint-preview?bill=2002-2026-09&service_point=villa-electricity&register=600";
        let preview: ComplaintPreview = get(&app, VILLA, path).await;
        let api::complaints::SumsBasis::Reading { usage, .. } = preview.sums.basis else {
            panic!("not by the reading")
        };
        assert_eq!(usage, units(2_000));
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

/// It is 18 September; August is billed to its 27th and read on the 28th.
#[tokio::test]
async fn what_cannot_be_is_refused() {
    type Alter = fn(&mut Exchange);
    let cases: [(Alter, &str); 13] = [
        (|it| it.on = parse_date("2026-08-27").unwrap(), "Billed"),
        (|it| (it.on, it.second) = (parse_date("2026-08-28").unwrap(), 0), "ReadSince"),
        (|it| it.on = parse_date("2026-09-19").unwrap(), "NotYet"),
        (|it| it.last = units(6_299), "reading-fell"),
        (|it| it.last = Number::from_millionths(-1), "negative"),
        (|it| it.last = units(1_000_000), "out-of-range"),
        (|it| it.first = units(100_000), "out-of-range"),
        (|it| it.fitted.digits = Some(13), "out-of-range"),
        (|it| it.fitted.meter.multiplier = Number::ZERO, "multiplier-invalid"),
        (|it| it.fitted.meter.number.clear(), "NumberMalformed"),
        (|it| it.fitted.meter.number = "M new".into(), "NumberMalformed"),
        (|it| it.fitted.meter.number = "M-villa-electricity".into(), "NumberKnown"),
        (|it| it.fitted.meter.number = "M-flat-water".into(), "NumberKnown"),
    ];
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        for (alter, expected) in cases {
            let mut wrong = exchange("2026-09-10", 7_300, 10, 500);
            alter(&mut wrong);
            let got = match done(&app, VILLA_POWER, &wrong).await.unwrap_err() {
                ExchangeRefused::Refused(refusal) => refusal.error.code().to_owned(),
                refused => format!("{refused:?}"),
            };
            assert!(got.starts_with(expected), "{got} where {expected} is right");
        }
        let right = exchange("2026-09-10", 7_300, 10, 500);
        assert!(done(&app, VILLA_POWER, &right).await.unwrap());
        assert!(!done(&app, VILLA_POWER, &right).await.unwrap(), "the same again adds nothing");
        let other = done(&app, VILLA_POWER, &exchange("2026-09-10", 7_301, 10, 500)).await;
        assert!(matches!(other, Err(ExchangeRefused::NumberKnown { .. })));
        let mut next = exchange("2026-09-10", 600, 1, 0);
        next.fitted.meter.number = "M-newer".into();
        let at_once = done(&app, VILLA_POWER, &next).await;
        assert!(matches!(at_once, Err(ExchangeRefused::ReadSince)));
        next.on = parse_date("2026-09-12").unwrap();
        assert!(done(&app, VILLA_POWER, &next).await.unwrap(), "twice in a period");
    }
}

/// From 999,900 the old register came full circle to 400.
#[tokio::test]
async fn an_old_register_may_have_come_full_circle() {
    for app in on_each_database().await {
        read(&app, "M-villa-electricity", "2026-08-28", 999_900).await;
        assert!(done(&app, VILLA_POWER, &exchange("2026-09-10", 400, 10, 500)).await.unwrap());
    }
}
