//! What holds for every bill.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use billing::audit::recheck;
use billing::bill::{BillFacts, InlineBand, InlineSchedule, InlineTier, Tariff, calculate};
use billing::compute;
use billing::finding::Message;
use billing::fraction::Fraction;
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Period, parse_date};
use billing::working;
use proptest::prelude::*;
use serde_json::Value;

fn period(start: i64, days: i64) -> Period {
    let first = parse_date("2015-01-01").unwrap() + time::Duration::days(start);
    Period::new(first, first + time::Duration::days(days - 1))
}

/// Rising limits at rising prices.
fn schedule(steps: &[(u32, u32)], prorate: bool) -> InlineSchedule {
    let (mut limit, mut price) = (0, 0);
    let mut tiers = Vec::new();
    for (i, (wider, dearer)) in steps.iter().enumerate() {
        limit += i64::from(*wider) + 1;
        price += i64::from(*dearer);
        let up_to = (i + 1 < steps.len()).then(|| Number::from_millionths(limit * 1000));
        tiers.push(InlineTier { up_to, price: Number::from_millionths(price) });
    }
    InlineSchedule {
        currency: Currency::KWD,
        unit: "kWh".to_owned(),
        base_days: 30,
        prorate_tiers: prorate,
        tier_rounding: Default::default(),
        rounding: Default::default(),
        bands: vec![InlineBand { usage_up_to: None, method: Default::default(), tiers, fees: vec![] }],
        fees: vec![],
        per_unit_charges: vec![],
        discounts: vec![],
        tax_rate: Number::ZERO,
    }
}

fn facts(steps: &[(u32, u32)], prorate: bool, days: i64, usage: i64) -> BillFacts {
    BillFacts {
        tariff: Tariff { id: None, schedule: Some(schedule(steps, prorate)) },
        period: period(0, days),
        usage: Number::from_millionths(usage),
        breaker_amps: None,
        intervals: None,
    }
}

fn steps() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((0..3_000_000_u32, 0..50_000_u32), 1..6)
}

/// Every text of a bill but its findings, which are no part of its sum.
fn texts_of<'a>(value: &'a mut Value, texts: &mut Vec<&'a mut String>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.iter_mut().for_each(|value| texts_of(value, texts)),
        Value::Object(fields) => {
            let told = fields.iter_mut().filter(|(name, _)| *name != "findings");
            told.for_each(|(_, value)| texts_of(value, texts));
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn more_use_never_costs_less_under_rising_prices(
        steps in steps(), prorate: bool, days in 1..100_i64, usage in 0..20_000_000_000_i64, more in 0..1_000_000_000_i64,
    ) {
        // Each line is rounded once, so a unit that moves a line down may cost half a fils on each.
        let total = |usage| calculate(&facts(&steps, prorate, days, usage)).unwrap().total.minor();
        let slack = steps.len() as i128;
        prop_assert!(total(usage + more) + slack >= total(usage));
    }

    #[test]
    fn printed_quantities_add_up_and_the_working_replays(
        steps in steps(), prorate: bool, days in 1..100_i64, usage in 0..20_000_000_000_i64,
    ) {
        let facts = facts(&steps, prorate, days, usage);
        let bill = calculate(&facts).unwrap();
        let quantities = bill.lines.iter().filter_map(|line| line.charge);
        let printed = quantities.clone().try_fold(Fraction::ZERO, |sum, c| sum.plus(c.printed)).unwrap();
        let exact = quantities.clone().try_fold(Fraction::ZERO, |sum, c| sum.plus(c.exact)).unwrap();
        prop_assert_eq!(printed, facts.usage.fraction());
        prop_assert_eq!(exact, facts.usage.fraction());
        let lines: i128 = bill.lines.iter().map(|line| line.amount.minor()).sum();
        prop_assert_eq!(lines, bill.subtotal.minor());
        prop_assert!(bill.working.replay().is_ok());
    }

    #[test]
    fn every_saudi_period_adds_up_whatever_changes_in_it(start in 0..4200_i64, days in 1..400_i64, usage in 0..6_000_000_000_i64) {
        let facts = BillFacts::of_schedule(
            "sa.electricity.commercial", period(start, days), Number::from_millionths(usage), Some(100));
        let bill = calculate(&facts);
        if let Err(refusal) = &bill {
            prop_assert_eq!(refusal.error.code(), "price-not-published");
            return Ok(());
        }
        let bill = bill.unwrap();
        let bases: i128 = bill.taxes.iter().map(|tax| tax.base.minor()).sum();
        prop_assert!(bases <= bill.subtotal.minor());
        prop_assert_eq!(bill.subtotal.minor() + bill.tax.minor(), bill.total.minor());
        let fees: i128 = bill.lines.iter().filter(|l| l.code.starts_with("fee.meter")).map(|l| l.amount.minor()).sum();
        prop_assert_eq!(fees, 1500, "the fee is whole however often the period is split");
        let units = bill.lines.iter().filter_map(|l| l.charge).try_fold(Fraction::ZERO, |sum, c| sum.plus(c.exact)).unwrap();
        prop_assert_eq!(units, facts.usage.fraction());
    }

    #[test]
    fn a_changed_step_is_refused_whatever_is_changed_in_it(
        steps in steps(), usage in 0..20_000_000_000_i64, at: prop::sample::Index, part in 0..3_usize, other in 0..1_000_000_i64,
    ) {
        let mut working = calculate(&facts(&steps, true, 31, usage)).unwrap().working.answer();
        prop_assert!(working::replay(&working).is_ok());
        let at = at.index(working.len());
        let step = &mut working[at];
        match part {
            0 => step.result = Fraction::parse(&step.result).unwrap().plus(Fraction::from_millionths(other + 1)).unwrap().to_string(),
            1 => step.formula.push_str(" + 1"),
            _ => drop(step.inputs.0.pop()),
        }
        // A sum without a part of nothing is the same sum, which the recheck of the whole bill tells apart.
        let nothing_missing = part == 2 && working[at].formula == "sum of the inputs";
        prop_assert!(working::replay(&working).is_err() || nothing_missing);
    }

    #[test]
    fn a_bill_with_any_text_changed_is_not_the_same_bill(
        start in 0..4200_i64, days in 1..90_i64, usage in 0..6_000_000_000_i64, at: prop::sample::Index,
    ) {
        let facts = BillFacts::of_schedule(
            "sa.electricity.residential", period(start, days), Number::from_millionths(usage), Some(100));
        let Ok(bill) = calculate(&facts) else { return Ok(()) };
        let say: billing::finding::Say<'_> = &|_| Message::default();
        let issued = bill.answer(say);
        prop_assert!(recheck(&facts, &issued, say).unwrap().difference.is_none());
        let mut json = serde_json::to_value(&issued).unwrap();
        let mut texts = Vec::new();
        texts_of(&mut json, &mut texts);
        let at = at.index(texts.len());
        let text = &mut *texts[at];
        *text = if text == "SAR" { "AED".to_owned() } else { format!("{text}1") };
        let changed = serde_json::from_value(json).unwrap();
        prop_assert!(recheck(&facts, &changed, say).unwrap().difference.is_some(), "{:?}", changed);
    }

    #[test]
    fn no_bytes_make_the_engine_panic(body in prop::collection::vec(any::<u8>(), 0..200), cut in 0..300_usize) {
        let _ = compute::run("bill", &body, &|_| Message::default());
        let good = br#"{"tariff":{"id":"sa.electricity.residential"},"period":{"from":"2017-12-01","to":"2018-01-31"},"usage":"6300.5","breaker_amps":100,"intervals":[{"from":"2017-12-01T00:00","minutes":60,"usage":"1"}]}"#;
        let mut bent = good[..cut.min(good.len())].to_vec();
        bent.extend(&body);
        bent.extend(&good[(cut + body.len()).min(good.len())..]);
        let _ = compute::run("bill", &bent, &|_| Message::default());
        let _ = compute::run("tier-limits", &bent, &|_| Message::default());
    }
}
