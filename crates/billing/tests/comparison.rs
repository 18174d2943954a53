//! What holds for every comparison of two bills, and for every proof file.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use billing::audit::comparison::{Cause, ComparedPart, compare};
use billing::audit::proof::{Issued, Proof, replay};
use billing::bill::{BillFacts, calculate, statement};
use billing::finding::Message;
use billing::number::Number;
use billing::period::{Period, parse_date};
use proptest::prelude::*;

const TARIFFS: [&str; 4] = [
    "sa.electricity.residential",
    "sa.electricity.commercial",
    "kw.electricity.private",
    "kw.electricity.investment.statutory",
];

/// Bills of 2017 to 2023: across the tariffs of 2018 and both changes of tax.
fn part(tariff: usize) -> impl Strategy<Value = ComparedPart> {
    let usage = || (0..20_000_000_000_i64).prop_map(Number::from_millionths);
    (0..2_500_i64, 1..70_i64, usage(), prop::option::of(usage()), 1..500_u32).prop_map(
        move |(start, days, usage, measured, amps)| {
            let first = parse_date("2017-11-01").unwrap() + time::Duration::days(start);
            let period = Period::new(first, first + time::Duration::days(days - 1));
            ComparedPart {
                facts: BillFacts::of_schedule(TARIFFS[tariff], period, usage, Some(amps)),
                measured,
            }
        },
    )
}

/// Two bills of the same services, the later one ending later.
fn bills() -> impl Strategy<Value = (Vec<ComparedPart>, Vec<ComparedPart>)> {
    (0..TARIFFS.len(), 1..3_usize)
        .prop_flat_map(|(tariff, parts)| {
            let bill = || prop::collection::vec(part(tariff), parts);
            (bill(), bill())
        })
        .prop_map(|(a, b)| if a[0].facts.period.last() <= b[0].facts.period.last() { (a, b) } else { (b, a) })
}

fn total(parts: &[ComparedPart]) -> i128 {
    let bills: Vec<_> = parts.iter().map(|part| calculate(&part.facts).unwrap()).collect();
    let bills: Vec<_> = bills.iter().collect();
    statement(&bills, bills[0].currency).unwrap().total.minor()
}

proptest! {
    #[test]
    fn the_reasons_add_up_to_the_difference((before, after) in bills()) {
        let comparison = compare(&before, &after).unwrap();
        prop_assert_eq!(comparison.before.minor(), total(&before));
        prop_assert_eq!(comparison.after.minor(), total(&after));
        let sum: i128 = comparison.reasons.iter().map(|reason| reason.amount.minor()).sum();
        prop_assert_eq!(sum, total(&after) - total(&before));
        prop_assert_eq!(comparison.difference.minor(), sum);
        prop_assert!(comparison.working.replay().is_ok());
        for reason in &comparison.reasons {
            prop_assert!(reason.amount.minor() != 0);
            let last = comparison.steps_of(reason).last().unwrap();
            prop_assert_eq!(last.result, reason.amount.fraction());
        }
    }

    #[test]
    fn the_first_bill_of_a_tariff_is_compared_with_the_last_of_another(
        usages in prop::array::uniform2(0..9_000_000_000_i64), days in prop::array::uniform2(1..70_i64),
    ) {
        let first = parse_date("2018-02-22").unwrap();
        let part = |tariff, first: time::Date, days, usage| {
            let period = Period::beginning(first, days).unwrap();
            let usage = Number::from_millionths(usage);
            ComparedPart { facts: BillFacts::of_schedule(tariff, period, usage, None), measured: None }
        };
        let shop = part("kw.electricity.commercial", first - time::Duration::days(days[0]), days[0], usages[0]);
        let stable = part("kw.electricity.leisure", first, days[1], usages[1]);
        let comparison = compare(std::slice::from_ref(&shop), std::slice::from_ref(&stable)).unwrap();
        let sum: i128 = comparison.reasons.iter().map(|reason| reason.amount.minor()).sum();
        prop_assert_eq!(sum, total(&[stable]) - total(&[shop]));
        prop_assert!(comparison.working.replay().is_ok());
    }

    #[test]
    fn a_bill_compared_with_itself_has_no_reasons((before, _) in bills()) {
        let actual: Vec<_> =
            before.into_iter().map(|part| ComparedPart { measured: None, ..part }).collect();
        let comparison = compare(&actual, &actual).unwrap();
        prop_assert_eq!(comparison.reasons, []);
    }

    #[test]
    fn one_flat_price_and_no_fees_leave_days_and_use_alone(
        usage in 0..9_000_000_000_i64, then in 0..9_000_000_000_i64, days in 1..60_i64,
    ) {
        let part = |last: &str, days, usage| {
            let period = Period::ending(parse_date(last).unwrap(), days).unwrap();
            let usage = Number::from_millionths(usage);
            ComparedPart {
                facts: BillFacts::of_schedule("kw.electricity.private", period, usage, None),
                measured: None,
            }
        };
        let comparison = compare(&[part("2024-03-27", 31, usage)], &[part("2024-08-27", days, then)]).unwrap();
        let flat = |cause| matches!(cause, Cause::Days | Cause::Use);
        prop_assert!(comparison.reasons.iter().all(|reason| flat(reason.cause)));
    }

    #[test]
    fn a_proof_replays_and_an_altered_byte_never_passes((parts, _) in bills(), at: prop::sample::Index, byte: u8) {
        let bills: Vec<_> = parts.iter().map(|part| calculate(&part.facts).unwrap()).collect();
        let answers: Vec<_> = bills.iter().map(|bill| bill.answer(&|_| Message::default())).collect();
        let sums = statement(&bills.iter().collect::<Vec<_>>(), bills[0].currency).unwrap();
        let taxes: Vec<_> = sums.taxes.iter().map(|tax| tax.answer()).collect();
        let text = Proof::of(&Issued {
            bill: "1-2020-01",
            currency: bills[0].currency,
            parts: parts.iter().map(|part| &part.facts).zip(&answers).collect(),
            taxes: &taxes,
            total: &sums.total.to_string(),
        })
        .text();
        prop_assert!(replay(text.as_bytes()).is_ok());
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        if bytes[at] != byte {
            bytes[at] = byte;
            prop_assert!(replay(&bytes).is_err());
        }
    }

    #[test]
    fn no_bytes_make_the_replay_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(replay(&bytes).is_err());
    }
}
