//! Twelve bills, each with its working, from a year of hourly intervals: prints the sum of their totals and the
//! nanoseconds that the quickest run took. `cargo xtask bench year` sets it beside PySAM's utilityrate5.

use std::hint::black_box;
use std::time::Instant;

use billing::bill::{BillFacts, InlineBand, InlineFee, InlineSchedule, InlineTier, Tariff, calculate};
use billing::error::Refusal;
use billing::fraction::Fraction;
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Period, months_later, parse_date};

const HOURS: i64 = 8760;
const ROUNDS: usize = 200;

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    // As in tests/reference/utilityrate5.py, in millionths of a kWh.
    let load: Vec<Number> =
        (0..HOURS).map(|hour| Number::from_millionths((hour * 7919 % 3000 + 500) * 1000)).collect();
    let first = parse_date("2026-01-01")?;
    let mut months = Vec::new();
    for month in 0..12 {
        let [from, next] = [month, month + 1].map(|months| months_later(first, months).unwrap_or(first));
        months.push(facts(Period::new(from, next - time::Duration::DAY)));
    }
    let (mut best, mut total) = (u128::MAX, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        total = year(black_box(&mut months), black_box(&load))?;
        best = best.min(start.elapsed().as_nanos());
    }
    println!("{} {best}", Fraction::from_units(total, Currency::KWD.minor_digits()));
    Ok(())
}

/// The year's total in minor units: the hours of each month are added up, and the month is billed.
fn year(months: &mut [BillFacts], load: &[Number]) -> Result<i128, Refusal> {
    let (mut begin, mut total) = (0, 0);
    for facts in months {
        let end = begin + usize::try_from(facts.period.days()).unwrap_or(0) * 24;
        let used = load[begin..end].iter().map(|hour| hour.millionths()).sum();
        facts.usage = Number::from_millionths(used);
        total += black_box(calculate(facts)?).total.minor();
        begin = end;
    }
    Ok(total)
}

fn facts(period: Period) -> BillFacts {
    let price = |fils: i64| Number::from_millionths(fils * 1000);
    let tier =
        |up_to: Option<u32>, fils| InlineTier { up_to: up_to.map(Number::from_units), price: price(fils) };
    let tiers = vec![tier(Some(1000), 5), tier(Some(2000), 10), tier(None, 15)];
    let schedule = InlineSchedule {
        currency: Currency::KWD,
        unit: "kWh".to_owned(),
        base_days: 30,
        prorate_tiers: false,
        tier_rounding: Default::default(),
        rounding: Default::default(),
        bands: vec![InlineBand { usage_up_to: None, method: Default::default(), tiers, fees: vec![] }],
        fees: vec![InlineFee { code: "fixed".to_owned(), amount: price(1500), prorated: false }],
        per_unit_charges: vec![],
        discounts: vec![],
        tax_rate: Number::ZERO,
    };
    let tariff = Tariff { id: None, schedule: Some(schedule) };
    BillFacts { tariff, period, usage: Number::ZERO, breaker_amps: None, intervals: None }
}
