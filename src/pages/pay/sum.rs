//! The sum that was typed, and why it cannot be paid.

use api::payment_refusal::PaymentRefusal;
use billing::money::{Currency, Money};
use billing::number::Number;
use words::payments::payment_refusal_words;

use crate::format::typed::decimal;
use crate::pages::reader::Reader;
use crate::router::query;

/// How much may be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// All that is due.
    Due(Money),
    /// All that is due, of a link that is being made.
    NewLink(Money),
    /// What a link can still take.
    Link(Money),
    /// Anything: what is above all that is due stays as credit.
    None,
}

/// Why a sum cannot be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is no number.
    Unreadable,
    /// The server would refuse it, for this reason.
    Refused(PaymentRefusal),
}

/// The sum that was typed.
///
/// # Errors
/// [`Wrong`].
pub fn read(typed: &str, currency: Currency, limit: Limit) -> Result<Money, Wrong> {
    let number = decimal(typed).map_err(|_| Wrong::Unreadable)?;
    let smallest = Money::from_minor(1, currency);
    if number <= Number::ZERO {
        return Err(Wrong::Refused(PaymentRefusal::AmountZero { smallest }));
    }
    let sum = Money::parse(&number.to_string(), currency)
        .map_err(|_| Wrong::Refused(PaymentRefusal::AmountTooPrecise { smallest }))?;
    match limit {
        Limit::Due(due) if sum.minor() > due.minor() => {
            Err(Wrong::Refused(PaymentRefusal::AmountAboveDue { amount: sum, due }))
        }
        Limit::NewLink(due) if sum.minor() > due.minor() => {
            Err(Wrong::Refused(PaymentRefusal::LinkAboveDue { due }))
        }
        Limit::Link(limit) if sum.minor() > limit.minor() => {
            Err(Wrong::Refused(PaymentRefusal::AmountAboveLink { limit }))
        }
        _ => Ok(sum),
    }
}

/// What the server writes; nothing where it cannot be read.
pub fn of_wire(text: &str, currency: Currency) -> Money {
    Money::parse(text, currency).unwrap_or(Money::from_minor(0, currency))
}

/// The sum that the page before asked for in the address (`?amount=`), if it can be paid.
pub fn asked_for(due: Money) -> Option<String> {
    query("amount").filter(|asked| read(asked, due.currency(), Limit::Due(due)).is_ok())
}

/// Half of a sum, the odd minor unit with it.
pub fn half(sum: Money) -> Money {
    Money::from_minor((sum.minor() + 1) / 2, sum.currency())
}

/// What is wrong, in words.
pub fn wrong_words(reader: Reader, wrong: &Wrong, currency: Currency) -> String {
    match wrong {
        Wrong::Unreadable => {
            let example = Money::from_minor(10 * 10_i128.pow(currency.minor_digits()), currency);
            words::pay_amount_wrong(reader.language, &reader.figure(&example.to_string()))
        }
        Wrong::Refused(refusal) => reader.digits.write(&payment_refusal_words(reader.language, refusal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fils(minor: i128) -> Money {
        Money::from_minor(minor, Currency::KWD)
    }

    #[test]
    fn a_sum_is_read_from_the_smallest_unit_to_its_limit() {
        let refused = |refusal| Err(Wrong::Refused(refusal));
        let (zero, fine) = (
            PaymentRefusal::AmountZero { smallest: fils(1) },
            PaymentRefusal::AmountTooPrecise { smallest: fils(1) },
        );
        for (typed, limit, outcome) in [
            ("0.001", Limit::Due(fils(36_600)), Ok(fils(1))),
            ("36.6", Limit::Due(fils(36_600)), Ok(fils(36_600))),
            ("٣٦٫٦٠٠", Limit::Due(fils(36_600)), Ok(fils(36_600))),
            ("1,000", Limit::None, Ok(fils(1_000_000))),
            ("0", Limit::None, refused(zero.clone())),
            ("-5", Limit::None, refused(zero)),
            ("1.0005", Limit::None, refused(fine)),
            ("", Limit::None, Err(Wrong::Unreadable)),
            ("ten", Limit::None, Err(Wrong::Unreadable)),
            (
                "36.601",
                Limit::Due(fils(36_600)),
                refused(PaymentRefusal::AmountAboveDue { amount: fils(36_601), due: fils(36_600) }),
            ),
            (
                "36.601",
                Limit::NewLink(fils(36_600)),
                refused(PaymentRefusal::LinkAboveDue { due: fils(36_600) }),
            ),
            (
                "36.601",
                Limit::Link(fils(36_600)),
                refused(PaymentRefusal::AmountAboveLink { limit: fils(36_600) }),
            ),
        ] {
            assert_eq!(read(typed, Currency::KWD, limit), outcome, "{typed:?} {limit:?}");
        }
    }

    #[test]
    fn half_of_an_odd_sum_takes_the_odd_unit() {
        for (sum, part) in [(1, 1), (2, 1), (36_601, 18_301)] {
            assert_eq!(half(fils(sum)), fils(part), "{sum}");
        }
    }
}
