//! What a reading would mean, by the engine in the browser: the use since the last one, and what that costs.

use api::accounts::{Reading, ServicePoint};
use billing::bill::{self, BillFacts};
use billing::error::Refusal;
use billing::finding::{Finding, Message};
use billing::metering::consumption::{ConsumptionRequest, Register, consumption};
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::Period;
use time::Date;

use crate::pages::overview::figures::local_day;

/// What is known before anything is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Where.
    pub point: ServicePoint,
    /// Digits before the register's point.
    pub digits: Option<u32>,
    /// The newest actual reading.
    pub last: Option<Reading>,
    /// Today there.
    pub today: Date,
    /// Seconds that its local time is ahead of UTC.
    pub utc_offset_s: i32,
}

/// What a reading would mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// Units since the last actual reading.
    pub used: Number,
    /// Whether the register began again at zero.
    pub rolled_over: bool,
    /// The days since, today not counted.
    pub days: Period,
    /// What they cost.
    pub worth: Option<Worth>,
}

/// What units cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// In all.
    pub total: Money,
    /// Of `total`.
    pub currency: Currency,
    /// The tier of the last unit, from 1.
    pub tier: usize,
    /// How many tiers there are.
    pub tiers: usize,
    /// Whether a figure that no source gives is among the grounds.
    pub assumed: bool,
}

/// What `register` would mean; nothing where no actual reading is known to compare it with.
///
/// # Errors
/// What the engine refuses: `reading-fell`, `out-of-range`.
pub fn meaning(known: &Known, register: Number) -> Result<Option<Meaning>, Refusal> {
    let Some(last) = &known.last else { return Ok(None) };
    let registers = vec![Register {
        previous: last.register,
        current: register,
        multiplier: known.point.meter.multiplier,
        digits: known.digits,
        until: None,
    }];
    let answer = consumption(&ConsumptionRequest { registers }, &unsaid)?;
    let used = Number::parse(&answer.usage)?;
    let first = local_day(last.at, known.utc_offset_s).map_or(known.today, |(day, _)| day).min(known.today);
    let days = Period::new(first, known.today.previous_day().unwrap_or(known.today).max(first));
    Ok(Some(Meaning {
        used,
        rolled_over: answer.registers.iter().any(|register| register.rolled_over),
        days,
        worth: worth(known, days, used),
    }))
}

fn worth(known: &Known, days: Period, used: Number) -> Option<Worth> {
    let ServicePoint { tariff, breaker_amps, .. } = &known.point;
    let facts = BillFacts::of_schedule(tariff, days, used, *breaker_amps);
    let bill = bill::calculate(&facts).ok()?;
    let tiers = bill::tiers(&facts).ok()?;
    let tier = tiers.iter().rev().find(|tier| tier.from < used.fraction()).map_or(1, |tier| tier.place);
    let assumed = bill.findings.iter().any(|finding| matches!(finding, Finding::AssumedParameter { .. }));
    Some(Worth { total: bill.total, currency: bill.currency, tier, tiers: tiers.len(), assumed })
}

/// The findings are not shown here, and their words are long.
fn unsaid(_: &Finding) -> Message {
    Message { ar: String::new(), en: String::new() }
}

#[cfg(test)]
mod tests {
    use api::accounts::{Commodity, Meter, MeterKind, Quality, ServicePointId};
    use billing::period::{Day, parse_date};

    use super::*;

    fn known(multiplier: u32, last: u32) -> Known {
        let day = |text| parse_date(text).unwrap();
        let point = ServicePoint {
            id: ServicePointId("p".into()),
            commodity: Commodity::Electricity,
            unit: "kWh".into(),
            tariff: "sa.electricity.residential".into(),
            breaker_amps: Some(100),
            meter: Meter {
                number: "1".into(),
                kind: MeterKind::Mechanical,
                multiplier: Number::from_units(multiplier),
            },
            period: Period::new(day("2026-08-28"), day("2026-09-27")),
            last_reading: None,
            live: None,
            daily_from: Day(day("2026-09-18")),
            daily: Vec::new(),
        };
        let register = Number::from_units(last);
        // 28 August 2026, midnight in Riyadh.
        let last = Some(Reading { at: 1_787_864_400, register, quality: Quality::Actual });
        Known { point, digits: Some(5), last, today: day("2026-09-18"), utc_offset_s: 10_800 }
    }

    #[test]
    fn a_reading_means_the_use_since_the_last_and_its_bill() {
        for (multiplier, last, register, outcome) in [
            (1, 1000, 1000, Ok(("0", false, "17.25", 1))),
            // The last unit of the first tier, 6,000 x 21/30: (4,200 x 0.18 + 15) x 1.15.
            (1, 1000, 5200, Ok(("4200", false, "886.65", 1))),
            // One unit more, at 0.30.
            (1, 1000, 5201, Ok(("4201", false, "887.00", 2))),
            // The same by the factor on the meter's plate.
            (20, 1000, 1210, Ok(("4200", false, "886.65", 1))),
            (1, 99_990, 10, Ok(("20", true, "21.39", 1))),
            (1, 1000, 999, Err("reading-fell")),
            (1, 1000, 100_000, Err("out-of-range")),
        ] {
            let got = meaning(&known(multiplier, last), Number::from_units(register));
            let got = got.map(|meaning| meaning.unwrap()).map_err(|refusal| refusal.error.code());
            match (got, outcome) {
                (Ok(meaning), Ok((used, rolled_over, total, tier))) => {
                    assert_eq!(meaning.days.days(), 21);
                    let worth = meaning.worth.unwrap();
                    let got =
                        (meaning.used.to_string(), meaning.rolled_over, worth.total.to_string(), worth.tier);
                    assert_eq!(got, (used.to_owned(), rolled_over, total.to_owned(), tier), "{register}");
                }
                (Err(code), Err(expected)) => assert_eq!(code, expected, "{register}"),
                (got, _) => panic!("{register}: {got:?}"),
            }
        }
    }

    #[test]
    fn without_an_actual_reading_nothing_is_made_up() {
        let known = Known { last: None, ..known(1, 0) };
        assert_eq!(meaning(&known, Number::from_units(5)), Ok(None));
    }
}
