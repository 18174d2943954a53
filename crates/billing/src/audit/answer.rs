//! Rule `audit` (BIL-10, TAR-6): an issued bill against its facts.

use serde::{Deserialize, Serialize};

use super::{Difference, Place, recheck};
use crate::bill::{BillAnswer, BillFacts};
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AuditRequest {
    /// What the bill was made from.
    pub facts: BillFacts,
    /// The bill as it was issued.
    pub bill: BillAnswer,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// Whether the bill is exactly what its facts make.
    pub matches: bool,
    /// The first place where it is not, top down.
    pub difference: Option<DifferenceAnswer>,
    /// Billed less recomputed: above zero what the bill takes too much.
    pub overcharge: String,
    /// The bill that the facts make.
    pub bill: BillAnswer,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// The steps of the comparison, in order; the bill has its own.
    pub working: Vec<StepAnswer>,
}

/// Where an issued bill differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceAnswer {
    /// `quantity`, `price`, `line`, `subtotal`, `tax`, `total` or `rest`.
    pub place: PlaceKind,
    /// The line's code or the tax's rate, where the place is one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What the bill says; empty where it has no such line.
    pub billed: String,
    /// What its facts make; empty where they make no such line.
    pub recomputed: String,
}

/// A kind of place in a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// The units of a line.
    Quantity,
    /// The price of a line.
    Price,
    /// The amount of a line, or the line itself.
    Line,
    /// The sum of the lines.
    Subtotal,
    /// The tax of a rate.
    Tax,
    /// The sum to pay.
    Total,
    /// The days, the sum of the taxes or the working.
    Rest,
}

/// Calculates an issued bill again and compares it, line by line; where its tiers are less than the full ones and it
/// takes more than it may, the finding `tiers-denied` names the amount. No Kuwaiti source gives that right.
///
/// # Errors
/// As [`crate::bill::calculate`] below `/facts`; [`BillingError::WrongType`] at `/bill/currency` for another
/// currency; [`BillingError::NotADecimal`] at the amount or quantity of the bill that is none.
///
/// # Source
/// BIL-10; TAR-6 of the service guide.
pub fn audit(request: &AuditRequest, say: Say<'_>) -> Result<AuditAnswer, Refusal> {
    const COMPARED: Basis = Basis::new("BIL-10", "own-sum");
    let recheck = recheck(&request.facts, &request.bill, say).map_err(|refusal| refusal.under("/facts"))?;
    let currency = recheck.bill.currency;
    if request.bill.currency != currency {
        return Err(BillingError::WrongType.at("/bill/currency"));
    }
    let at = |error: BillingError| error.at("/bill/total");
    let billed = Money::parse(&request.bill.total, currency).map_err(at)?;
    let mut working = Working::new();
    let inputs = [billed.fraction(), recheck.bill.total.fraction()];
    let overcharge = working.step(COMPARED, Formula::Overcharge, &inputs).map_err(at)?;
    let overcharge = Money::of_rounded(overcharge, currency).map_err(at)?;
    let bill = recheck.bill.answer(say);
    let mut findings = recheck.bill.findings.clone();
    let kuwaiti = request.facts.tariff.id.as_deref().is_some_and(|id| id.starts_with("kw."));
    if !kuwaiti && overcharge.minor() > 0 && tiers_denied(&request.bill, &bill)? {
        findings.insert(0, Finding::TiersDenied { amount: overcharge });
    }
    Ok(AuditAnswer {
        currency,
        matches: recheck.difference.is_none(),
        difference: recheck.difference.map(DifferenceAnswer::of),
        overcharge: overcharge.to_string(),
        bill,
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

/// Whether a tier below the last one used has fewer units than the customer's full tiers give.
fn tiers_denied(billed: &BillAnswer, full: &BillAnswer) -> Result<bool, Refusal> {
    let tiers = full.lines.iter().filter(|line| line.code.starts_with("tier-"));
    for line in tiers {
        let given = billed.lines.iter().position(|given| given.code == line.code);
        let units = |text: &Option<String>| match text {
            Some(text) => Fraction::parse(text),
            None => Ok(Fraction::ZERO),
        };
        let given = match given {
            Some(at) => {
                units(&billed.lines[at].quantity).map_err(|e| e.at(format!("/bill/lines/{at}/quantity")))?
            }
            None => Fraction::ZERO,
        };
        if given < units(&line.quantity)? {
            return Ok(true);
        }
        if given > units(&line.quantity)? {
            return Ok(false);
        }
    }
    Ok(false)
}

impl DifferenceAnswer {
    fn of(difference: Difference) -> Self {
        let (place, code) = match difference.place {
            Place::Quantity(code) => (PlaceKind::Quantity, Some(code)),
            Place::Price(code) => (PlaceKind::Price, Some(code)),
            Place::Line(code) => (PlaceKind::Line, Some(code)),
            Place::Subtotal => (PlaceKind::Subtotal, None),
            Place::Tax(rate) => (PlaceKind::Tax, Some(rate)),
            Place::Total => (PlaceKind::Total, None),
            Place::Rest => (PlaceKind::Rest, None),
        };
        Self { place, code, billed: difference.billed, recomputed: difference.recomputed }
    }
}
