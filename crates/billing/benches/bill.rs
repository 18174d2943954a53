//! Bills a second, with their working: prints one number. `cargo xtask bench bill` sets it beside decimal.js.

use std::hint::black_box;
use std::time::Instant;

use billing::bill::{BillFacts, calculate};
use billing::number::Number;
use billing::period::{Period, parse_date};

const BILLS: u32 = 200_000;
const ROUNDS: usize = 5;

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let period = Period::new(parse_date("2026-07-28")?, parse_date("2026-08-27")?);
    let mut facts = BillFacts::of_schedule("sa.electricity.residential", period, Number::ZERO, Some(100));
    let mut best = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for i in 0..BILLS {
            // Between 5,000 and 8,000 kWh with three decimals, so that both tiers are reached.
            facts.usage = Number::from_millionths(5_000_000_000 + i64::from(i % 3000) * 1_000_123);
            black_box(calculate(black_box(&facts))?);
        }
        let nanoseconds = start.elapsed().as_nanos().max(1);
        best = best.max(u128::from(BILLS) * 1_000_000_000 / nanoseconds);
    }
    println!("{best}");
    Ok(())
}
