//! Tax: on the sum of the rounded lines, once per rate; a change of tax alone divides only its base.

use std::borrow::Cow;

use super::segments::{Pricing, Segment};
use super::{Line, Tax};
use crate::error::{Refusal, Result};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::number::Number;
use crate::working::{Basis, Working};

/// A rate with what it is taken of.
struct Based {
    rate: Number,
    basis: Basis,
    bases: Vec<Fraction>,
}

pub(super) fn of(
    pricing: &Pricing<'_>,
    lines: &[Line],
    subtotal: Fraction,
    working: &mut Working,
) -> Result<Vec<Tax>, Refusal> {
    let digits = Fraction::count(i64::from(pricing.currency.minor_digits()));
    let mut taxes = Vec::new();
    for based in bases(pricing, lines, subtotal, working)? {
        if based.rate == Number::ZERO {
            continue;
        }
        let base = match based.bases.as_slice() {
            [base] => *base,
            parts => working.sum(based.basis, parts.iter().map(|part| (Cow::Borrowed("base"), *part)))?,
        };
        let amount = working.step(based.basis, Formula::Tax, &[base, based.rate.fraction(), digits])?;
        taxes.push(Tax {
            rate: based.rate,
            base: Money::of_rounded(base, pricing.currency)?,
            amount: Money::of_rounded(amount, pricing.currency)?,
            source: based.basis.source,
        });
    }
    Ok(taxes)
}

fn bases(
    pricing: &Pricing<'_>,
    lines: &[Line],
    subtotal: Fraction,
    working: &mut Working,
) -> Result<Vec<Based>> {
    let mut based: Vec<Based> = Vec::new();
    let mut add = |rate, basis, base| match based.iter_mut().find(|known| known.rate == rate) {
        Some(known) => known.bases.push(base),
        None => based.push(Based { rate, basis, bases: vec![base] }),
    };
    if let [only] = pricing.rates.as_slice() {
        add(only.rate, only.basis, subtotal);
        return Ok(based);
    }
    for (place, segment) in pricing.segments.iter().enumerate() {
        let ours = lines.iter().filter(|line| line.segment == place);
        let base = if pricing.is_split() {
            working.sum(pricing.sums, ours.map(|line| (line.code.clone(), line.amount.fraction())))?
        } else {
            subtotal
        };
        for (rate, basis, part) in divided(pricing, segment, base, working)? {
            add(rate, basis, part);
        }
    }
    Ok(based)
}

/// A segment's base by the days of each rate in it; the last takes the remainder.
fn divided(
    pricing: &Pricing<'_>,
    segment: &Segment,
    base: Fraction,
    working: &mut Working,
) -> Result<Vec<(Number, Basis, Fraction)>> {
    let digits = Fraction::count(i64::from(pricing.currency.minor_digits()));
    let mut spans: Vec<_> = (pricing.rates.iter())
        .map(|span| {
            let (first, last) = (span.first.max(segment.first), span.last.min(segment.last));
            (span, (last - first).whole_days() + 1)
        })
        .filter(|(_, days)| *days > 0)
        .collect();
    let Some((last, _)) = spans.pop() else { return Ok(Vec::new()) };
    let mut parts = Vec::with_capacity(spans.len() + 1);
    let mut earlier = Fraction::ZERO;
    for (span, days) in spans {
        let inputs = [base, Fraction::count(days), Fraction::count(segment.days()), digits];
        let part = working.step(last.basis, Formula::ByDays, &inputs)?;
        earlier = earlier.plus(part)?;
        parts.push((span.rate, span.basis, part));
    }
    let rest = if parts.is_empty() {
        base
    } else {
        working.step(last.basis, Formula::Remainder, &[base, earlier])?
    };
    parts.push((last.rate, last.basis, rest));
    Ok(parts)
}
