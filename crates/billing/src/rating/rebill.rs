//! Rule `rebill` (BIL-7, BIL-8): bills made again after an error, and who owes whom.

mod difference;
mod facts;

use std::borrow::Cow;

use time::Date;

use crate::bill::{self, Bill};
use crate::bounds;
use crate::collection::instalments::{self, CORRECTION_INSTALMENTS, Instalment, Plan};
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::metering::correction::true_use;
use crate::money::Money;
use crate::number::Number;
use crate::period::{Period, months_later};
use crate::rulebook::{self, Term};
use crate::working::{Basis, Working};

pub use difference::DifferenceLine;
pub use facts::*;

/// Bills each period again, old less new, each at its own days' schedule. What was taken too much is the customer's,
/// however old; what was taken too little may be claimed at most 12 months back, a period that begins before by its
/// days within. Both are set against each other; the rest is refunded in cash, or claimed in up to 10 instalments.
///
/// # Errors
/// [`BillingError::MultiplierInvalid`], [`BillingError::UnknownField`] at `/correction/meter` beside a multiplier,
/// [`BillingError::TariffsDisagree`] where the currency changes, [`BillingError::NoRuleInForce`] at `/on`,
/// [`BillingError::TooManyMonths`] at `/instalments/months`; as [`bill::calculate`] below `/periods/i/bill`.
///
/// # Source
/// The service guide and the company's older rules, BIL-7, BIL-8 and BIL-13: `rulebooks/sa/billing.toml`; for a wrong
/// multiplier and for Kuwait how far back a claim reaches is assumed.
pub fn rebill(request: &RebillRequest, say: Say<'_>) -> Result<RebillAnswer, Refusal> {
    bounds::list(&request.periods, 1, "/periods")?;
    let terms = Terms::of(request)?;
    let mut working = Working::new();
    let mut findings = Vec::new();
    let (mut periods, mut counted) = (Vec::new(), Vec::new());
    let mut currency = None;
    for (i, period) in request.periods.iter().enumerate() {
        let field = format!("/periods/{i}");
        let (old, new) = both(period, &request.correction, &mut working, &field)?;
        if old.currency != new.currency || currency.is_some_and(|first| first != old.currency) {
            return Err(BillingError::TariffsDisagree.at(field));
        }
        currency = Some(old.currency);
        let at = |error: BillingError| error.at(field.clone());
        let (lines, difference) = difference::lines(&old, &new, &mut working).map_err(at)?;
        let part = terms.counted(difference, period.bill.period, &mut working).map_err(at)?;
        if part != difference {
            findings.push(Finding::ClaimLimited { months: terms.claim.count() });
            // Nothing says what of a bill that begins before and ends within the time may be claimed.
            let reached = part.minor() != 0;
            findings.extend(reached.then(|| Finding::assumed("claim-share", "days")));
        }
        counted.push((Cow::Owned(format!("period-{}", i + 1)), part.fraction()));
        findings.extend(old.findings.iter().chain(&new.findings).cloned());
        periods.push(Rebilled {
            old: old.answer(say),
            new: new.answer(say),
            lines,
            difference: difference.to_string(),
            counted: part.to_string(),
        });
    }
    let at = |error: BillingError| error.at("/periods");
    let currency = currency.ok_or_else(|| at(BillingError::MissingField { name: "periods".to_owned() }))?;
    let net = working.sum(terms.basis(), counted.into_iter()).map_err(at)?;
    let zero = Fraction::ZERO;
    let mut excess = |inputs: [Fraction; 2]| {
        let excess = working.step(terms.basis(), Formula::Excess, &inputs)?;
        Money::of_rounded(excess, currency)
    };
    let (owed, claim) = (excess([net, zero]).map_err(at)?, excess([zero, net]).map_err(at)?);
    if owed.minor() > 0 {
        findings.insert(0, Finding::RefundOwed { amount: owed });
    }
    findings.extend(terms.claim.finding().filter(|_| periods.iter().any(|p| p.difference.starts_with('-'))));
    let instalments = match &request.instalments {
        Some(plan) if claim.minor() > 0 => terms.plan(plan, claim, &mut working)?,
        _ => Vec::new(),
    };
    Ok(RebillAnswer {
        currency,
        periods,
        owed: owed.to_string(),
        claim: claim.to_string(),
        most_instalments: terms.instalments.count(),
        instalments,
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

/// How far a claim reaches back, and how it may be paid.
struct Terms {
    claim: &'static Term,
    instalments: &'static Term,
    earliest: Date,
}

impl Terms {
    fn of(request: &RebillRequest) -> Result<Self, Refusal> {
        let on = request.on.0;
        let at = |error: BillingError| error.at("/on");
        let kuwaiti = |period: &RebilledPeriod| {
            period.bill.tariff.id.as_deref().is_some_and(|id| id.starts_with("kw."))
        };
        let id = if request.periods.iter().any(kuwaiti) {
            "kw.claim-months"
        } else if request.correction.multiplier.is_some() {
            "sa.multiplier-claim-months"
        } else {
            "sa.claim-months"
        };
        let claim = rulebook::needed_on(id, on).map_err(at)?;
        let earliest = months_later(on, -claim.count()).ok_or_else(|| at(BillingError::NotADate))?;
        let instalments = rulebook::needed_on(CORRECTION_INSTALMENTS, on).map_err(at)?;
        Ok(Self { claim, instalments, earliest })
    }

    const fn basis(&self) -> Basis {
        self.claim.basis("BIL-8")
    }

    /// All of what is the customer's; of what is the provider's the share of the days that a claim reaches.
    fn counted(
        &self,
        difference: Money,
        period: Period,
        working: &mut Working,
    ) -> Result<Money, BillingError> {
        let within = Period::new(self.earliest.max(period.first()), period.last()).days().max(0);
        if difference.minor() >= 0 || within == period.days() {
            return Ok(difference);
        }
        let digits = difference.currency().minor_digits();
        let inputs = [
            difference.fraction(),
            Fraction::count(within),
            Fraction::count(period.days()),
            Fraction::count(i64::from(digits)),
        ];
        let part = working.step(self.basis(), Formula::ByDays, &inputs)?;
        Money::of_rounded(part, difference.currency())
    }

    fn plan(
        &self,
        plan: &ClaimPlan,
        claim: Money,
        working: &mut Working,
    ) -> Result<Vec<Instalment>, Refusal> {
        let plan = Plan { amount: claim, months: plan.months, first_due: plan.first_due.0 };
        let parts = plan
            .divide(Some(self.instalments), self.instalments.basis("BIL-8"), working)
            .map_err(|refusal| refusal.under("/instalments"))?;
        Ok(instalments::answers(&parts))
    }
}

/// The bill as it was issued, and as it should have been.
fn both(
    period: &RebilledPeriod,
    correction: &Correction,
    working: &mut Working,
    field: &str,
) -> Result<(Bill, Bill), Refusal> {
    let old = bill::calculate(&period.bill).map_err(|refusal| refusal.under(&format!("{field}/bill")))?;
    let usage = match period.usage {
        Some(usage) => usage,
        None => corrected(period.bill.usage, correction, working).map_err(|refusal| {
            if refusal.field.is_empty() { refusal.error.at(format!("{field}/bill/usage")) } else { refusal }
        })?,
    };
    let mut facts = period.bill.clone();
    if usage != facts.usage {
        // Measured spans add up to the old units only.
        facts.intervals = None;
    }
    facts.usage = usage;
    if let Some(tariff) = &period.tariff {
        facts.tariff = tariff.clone();
    }
    let inside = format!("{field}/bill");
    let new = bill::calculate(&facts).map_err(|refusal| {
        let own = (period.usage.is_some() && refusal.field.starts_with("/usage"))
            || (period.tariff.is_some() && refusal.field.starts_with("/tariff"));
        refusal.under(if own { field } else { &inside })
    })?;
    Ok((old, new))
}

/// The right units; a refusal without a field means the units themselves.
fn corrected(usage: Number, correction: &Correction, working: &mut Working) -> Result<Number, Refusal> {
    const WRONG_MULTIPLIER: Basis = Basis::new("BIL-7", "sa-service-guide");
    match (&correction.multiplier, &correction.meter) {
        (None, None) => Ok(usage),
        (Some(_), Some(_)) => {
            Err(BillingError::UnknownField { name: "meter".to_owned() }.at("/correction/meter"))
        }
        (None, Some(meter)) => true_use(usage, meter.error_percent, meter.runs, working).map_err(|refusal| {
            match refusal.field.as_str() {
                "/recorded" => refusal.error.at(""),
                _ => refusal.under("/correction/meter"),
            }
        }),
        (Some(multiplier), None) => {
            for (name, value) in [("wrong", multiplier.wrong), ("right", multiplier.right)] {
                if value <= Number::ZERO {
                    return Err(BillingError::MultiplierInvalid.at(format!("/correction/multiplier/{name}")));
                }
            }
            let inputs = [usage, multiplier.right, multiplier.wrong].map(Number::fraction);
            let right = working
                .step(WRONG_MULTIPLIER, Formula::Remultiplied, &inputs)
                .map_err(|e| e.at("/correction/multiplier"))?;
            bounds::quantity(right, "/correction/multiplier")
        }
    }
}
