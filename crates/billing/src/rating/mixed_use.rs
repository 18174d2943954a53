//! Rule `mixed-use` (TAR-8): one meter that serves several categories.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::bill::{self, Bill, BillAnswer, BillFacts, Tax, TaxAnswer};
use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::{MILLION, Number};
use crate::period::Period;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MixedUseRequest {
    /// First and last day.
    pub period: Period,
    /// Units that the meter counted.
    pub usage: Number,
    /// The breaker's rating, for a schedule whose meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// The categories' shares of the load; together exactly 1.
    pub shares: Vec<CategoryShare>,
}

/// One category's share of the load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CategoryShare {
    /// Its schedule.
    pub tariff: String,
    /// Above 0, at most 1.
    pub share: Number,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MixedUseAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// In the order of the request; the meter's fee is in the first.
    pub parts: Vec<CategoryBill>,
    /// Sum of the parts' lines.
    pub subtotal: String,
    /// Each rate above zero once, over all parts.
    pub taxes: Vec<TaxAnswer>,
    /// To pay.
    pub total: String,
    /// Facts beside the result; both ways that the customer has a right to are named.
    pub findings: Vec<FindingAnswer>,
    /// Every step that joins the parts, in order.
    pub working: Vec<StepAnswer>,
}

/// One category's part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CategoryBill {
    /// Its schedule.
    pub tariff: String,
    /// Its share.
    pub share: String,
    /// Its units.
    pub usage: String,
    /// Its own bill; its tax is only for comparison, for tax is taken once over all parts.
    pub bill: BillAnswer,
}

/// Prices each share of one meter's use by its own schedule, with the same share of every tier limit. The last share
/// takes the remainder of the units; the meter's fee is charged once; tax once per rate over all parts.
///
/// # Errors
/// [`BillingError::SharesNotWhole`] at `/shares`, [`BillingError::TariffsDisagree`], [`BillingError::OutOfRange`] for a
/// share of 0 or above 1 or a list of none; as [`bill::calculate`] for each part.
///
/// # Source
/// The service guide, TAR-8; that limits follow the share is assumed.
pub fn mixed_use(request: &MixedUseRequest, say: Say<'_>) -> Result<MixedUseAnswer, Refusal> {
    request.period.checked()?;
    bounds::not_negative(request.usage, "/usage")?;
    check(&request.shares)?;
    let mut working = Working::new();
    let bills = bills(request, &mut working)?;
    let Some((_, first)) = bills.first() else {
        return Err(BillingError::MissingField { name: "shares".to_owned() }.at("/shares"));
    };
    let currency = first.currency;
    let name = |i: usize| Cow::Owned(format!("share-{}", i + 1));
    let subtotals = bills.iter().enumerate().map(|(i, (_, bill))| (name(i), bill.subtotal.fraction()));
    let subtotal = working.sum(LIMITS, subtotals)?;
    let taxes = taxes(&bills, currency, &mut working)?;
    let parts = std::iter::once((Cow::Borrowed("subtotal"), subtotal))
        .chain(taxes.iter().map(|tax| (Cow::Borrowed("tax"), tax.amount.fraction())));
    let total = working.sum(LIMITS, parts)?;
    let mut findings = vec![Finding::SeparateMetersOrShares, Finding::assumed("mixed-use-limits", "share")];
    findings.extend(bills.iter().flat_map(|(_, bill)| bill.findings.clone()));
    let parts = request.shares.iter().zip(&bills).map(|(share, (usage, bill))| CategoryBill {
        tariff: share.tariff.clone(),
        share: share.share.to_string(),
        usage: usage.to_string(),
        bill: bill.answer(say),
    });
    Ok(MixedUseAnswer {
        currency,
        parts: parts.collect(),
        subtotal: Money::of_rounded(subtotal, currency)?.to_string(),
        taxes: taxes.iter().map(Tax::answer).collect(),
        total: Money::of_rounded(total, currency)?.to_string(),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

const LIMITS: Basis = Basis::new("TAR-8", "sa-service-guide");

fn check(shares: &[CategoryShare]) -> Result<(), Refusal> {
    bounds::list(shares, 1, "/shares")?;
    let whole = Number::from_units(1);
    let mut sum = 0;
    for (i, share) in shares.iter().enumerate() {
        let field = format!("/shares/{i}/share");
        bounds::at_most(share.share, whole, &field)?;
        if share.share == Number::ZERO {
            let least = Number::from_millionths(1);
            return Err(BillingError::OutOfRange { least, most: whole }.at(field));
        }
        sum += share.share.millionths();
    }
    if sum != MILLION {
        return Err(BillingError::SharesNotWhole { sum: Number::from_millionths(sum) }.at("/shares"));
    }
    Ok(())
}

/// Each share's units and bill.
fn bills(request: &MixedUseRequest, working: &mut Working) -> Result<Vec<(Number, Bill)>, Refusal> {
    let mut bills: Vec<(Number, Bill)> = Vec::with_capacity(request.shares.len());
    let whole = request.usage.fraction();
    let mut earlier = Fraction::ZERO;
    for (i, share) in request.shares.iter().enumerate() {
        let usage = if i + 1 == request.shares.len() {
            working.step(LIMITS, Formula::Remainder, &[whole, earlier])?
        } else {
            working.step(LIMITS, Formula::ShareOfUse, &[whole, share.share.fraction()])?
        };
        earlier = earlier.plus(usage)?;
        let usage = bounds::quantity(usage, "/usage")?;
        let facts = BillFacts::of_schedule(&share.tariff, request.period, usage, request.breaker_amps);
        let bill = bill::of_share(&facts, share.share, i == 0).map_err(|refusal| of_share(refusal, i))?;
        let same = |first: &Bill| first.currency == bill.currency && first.unit == bill.unit;
        if !bills.first().is_none_or(|(_, first)| same(first)) {
            return Err(BillingError::TariffsDisagree.at(format!("/shares/{i}/tariff")));
        }
        bills.push((usage, bill));
    }
    Ok(bills)
}

/// Each rate once over all parts.
fn taxes(bills: &[(Number, Bill)], currency: Currency, working: &mut Working) -> Result<Vec<Tax>, Refusal> {
    let mut rates: Vec<&Tax> = Vec::new();
    for tax in bills.iter().flat_map(|(_, bill)| &bill.taxes) {
        if !rates.iter().any(|known| known.rate == tax.rate) {
            rates.push(tax);
        }
    }
    let digits = Fraction::count(i64::from(currency.minor_digits()));
    let mut taxes = Vec::with_capacity(rates.len());
    for rate in rates {
        let basis = Basis::new("TAR-2", rate.source);
        let same = bills.iter().flat_map(|(_, bill)| &bill.taxes).filter(|tax| tax.rate == rate.rate);
        let base = working.sum(basis, same.map(|tax| (Cow::Borrowed("base"), tax.base.fraction())))?;
        let amount = working.step(basis, Formula::Tax, &[base, rate.rate.fraction(), digits])?;
        let money = |amount| Money::of_rounded(amount, currency);
        taxes.push(Tax { base: money(base)?, amount: money(amount)?, ..*rate });
    }
    Ok(taxes)
}

/// A share's schedule stands in the share itself; the rest of its facts are the request's own.
fn of_share(refusal: Refusal, share: usize) -> Refusal {
    match refusal.field.as_str() {
        "/tariff/id" => refusal.error.at(format!("/shares/{share}/tariff")),
        _ => refusal,
    }
}
