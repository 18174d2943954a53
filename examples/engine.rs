//! The engine alone, as a module of its own: what `cargo xtask bench size` weighs. A bill with its working under any
//! schedule of the rulebooks, the recheck of an issued one, and the documents behind each step.

use billing::audit::recheck;
use billing::bill::{BillFacts, calculate};
use billing::finding::Message;
use billing::number::Number;
use billing::period::{Period, parse_date};
use billing::rulebook;
use wasm_bindgen::prelude::wasm_bindgen;

/// The lines and steps of a bill, if it is the same when it is calculated again.
#[wasm_bindgen]
pub fn bill(tariff: &str, from: &str, to: &str, usage: i64, breaker_amps: Option<u32>) -> Option<String> {
    let period = Period::new(parse_date(from).ok()?, parse_date(to).ok()?);
    let facts = BillFacts::of_schedule(tariff, period, Number::from_millionths(usage), breaker_amps);
    let bill = calculate(&facts).ok()?;
    bill.working.replay().ok()?;
    let answer = bill.answer(&|_| Message::default());
    let same = recheck(&facts, &answer, &|_| Message::default()).ok()?.difference.is_none();
    let mut text = String::new();
    for line in &answer.lines {
        text.extend([&line.code, " ", &line.amount, "\n"]);
    }
    for step in &answer.working {
        let source = rulebook::instrument(&step.source)?;
        text.extend([&step.formula, " ", &step.result, " ", source.title_ar, " ", source.title_en, "\n"]);
    }
    same.then_some(text)
}
