//! Estimates around a meter's exchange (BIL-4): the old one's last reading settles those before it, the new one's next
//! reading those after it.

use api::accounts::ServicePointId;
use api::bills::BillKind;
use server::actions::exchange_meter::Exchange;
use server::store::intervals::{self, Origin};

use crate::common::record::{OFFSET_S, VILLA_POWER, day_start, hour, kwh, on_each_database};
use crate::meter_exchange::{bill, bill_month, done, exchange, part, read, units};

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
