//! Two bills side by side, line by line.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::bill::Bill;
use crate::error::Result;
use crate::formula::Formula;
use crate::money::Money;
use crate::working::{Basis, Working};

/// One line of two bills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceLine {
    /// The line's code; `tax.0.15` for the tax of a rate.
    pub code: String,
    /// As it was billed; zero where the old bill has no such line.
    pub old: String,
    /// As it should have been; zero where the new bill has no such line.
    pub new: String,
    /// Old less new.
    pub difference: String,
}

const COMPARED: Basis = Basis::new("BIL-8", "sa-service-guide");

/// The differences by line, and their sum: old total less new total.
pub(super) fn lines(old: &Bill, new: &Bill, working: &mut Working) -> Result<(Vec<DifferenceLine>, Money)> {
    let (before, after) = (amounts(old), amounts(new));
    let mut codes: Vec<&str> = before.iter().map(|(code, _)| code.as_ref()).collect();
    for (code, _) in &after {
        if !codes.contains(&code.as_ref()) {
            codes.push(code.as_ref());
        }
    }
    let zero = Money::from_minor(0, old.currency);
    let amount = |lines: &[(Cow<'static, str>, Money)], code: &str| {
        lines.iter().find(|(known, _)| known == code).map_or(zero, |(_, amount)| *amount)
    };
    let (mut lines, mut parts) = (Vec::with_capacity(codes.len()), Vec::with_capacity(codes.len()));
    for code in codes {
        let (was, is) = (amount(&before, code), amount(&after, code));
        let difference = working.step(COMPARED, Formula::Overcharge, &[was.fraction(), is.fraction()])?;
        parts.push((Cow::Owned(code.to_owned()), difference));
        lines.push(DifferenceLine {
            code: code.to_owned(),
            old: was.to_string(),
            new: is.to_string(),
            difference: Money::of_rounded(difference, old.currency)?.to_string(),
        });
    }
    let sum = working.sum(COMPARED, parts.into_iter())?;
    Ok((lines, Money::of_rounded(sum, old.currency)?))
}

/// Every amount that makes up the total.
fn amounts(bill: &Bill) -> Vec<(Cow<'static, str>, Money)> {
    let lines = bill.lines.iter().map(|line| (line.code.clone(), line.amount));
    let taxes = bill.taxes.iter().map(|tax| (Cow::Owned(format!("tax.{}", tax.rate)), tax.amount));
    lines.chain(taxes).collect()
}
