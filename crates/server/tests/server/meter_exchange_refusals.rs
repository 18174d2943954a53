//! A meter's exchange that cannot be is not put on record.

use billing::number::Number;
use billing::period::parse_date;
use server::actions::exchange_meter::{Exchange, ExchangeRefused};

use crate::common::record::{VILLA_POWER, on_each_database};
use crate::meter_exchange::{done, exchange, read, units};

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
