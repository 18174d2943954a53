//! Rule `hafez` (HAF-2, HAF-3): what each month's saving earns.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Commodity;
use crate::bounds;
use crate::error::{BillingError, Refusal, Result};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::CalendarMonth;
use crate::rulebook::{self, Term};
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HafezRequest {
    /// What is saved.
    pub commodity: Commodity,
    /// Which of the two official readings.
    #[serde(default)]
    pub interpretation: Interpretation,
    /// Each month once, in any order.
    pub months: Vec<HafezMonth>,
}

/// The two official readings of "twice what was saved".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Interpretation {
    /// Twice the share saved, of the month's bill.
    #[default]
    Percent,
    /// Twice the value saved, until the cap is reached.
    Value,
}

/// A month's use beside that of the year before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HafezMonth {
    /// Which month.
    pub month: CalendarMonth,
    /// The home's own use in the same month of the year before.
    pub baseline: Number,
    /// Its use now, in the same unit.
    pub actual: Number,
    /// The month's bill.
    pub bill: Number,
    /// The bill of the same month of the year before, for the reading by value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_bill: Option<Number>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HafezAnswer {
    /// Of every amount.
    pub currency: Currency,
    /// In the order of the request.
    pub months: Vec<HafezEarned>,
    /// Of all months; paid into the account with the ministry after the year.
    pub total: String,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// What a month earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HafezEarned {
    /// Which month.
    pub month: CalendarMonth,
    /// Units below the baseline; never below zero.
    pub saved: String,
    /// Their share of the baseline, half up to six decimals.
    pub saving_rate: String,
    /// The share of the bill that is given back, half up to six decimals; null where a bill of nothing earns something.
    pub incentive_rate: Option<String>,
    /// Rounded once.
    pub incentive: String,
}

/// A month's saving against the same month of the year before, and the share of the month's bill that it earns: twice
/// the share saved, up to the cap. Each month counts by itself.
///
/// # Errors
/// [`BillingError::OutOfRange`] for no month or above 1,000, [`BillingError::MonthTwice`], [`BillingError::NoBaseline`],
/// [`BillingError::Negative`], [`BillingError::FinerThanMinorUnit`], [`BillingError::MissingField`] without
/// `baseline_bill` in the reading by value, [`BillingError::NoRuleInForce`] before the programme,
/// [`BillingError::NumberTooLarge`].
///
/// # Source
/// HAF-2 and HAF-3; `rulebooks/kw/hafez.toml`, from Law 20/2016 art. 2 as the ministry announced it.
pub fn hafez(request: &HafezRequest, say: Say<'_>) -> Result<HafezAnswer, Refusal> {
    bounds::list(&request.months, 1, "/months")?;
    let mut working = Working::new();
    let mut findings = Vec::new();
    let mut earned: Vec<(Earned, HafezEarned)> = Vec::with_capacity(request.months.len());
    for (i, month) in request.months.iter().enumerate() {
        let field = format!("/months/{i}");
        if request.months[..i].iter().any(|before| before.month == month.month) {
            return Err(BillingError::MonthTwice.at(format!("{field}/month")));
        }
        let terms = Terms::of(request, month, &field)?;
        findings.extend([terms.multiple, terms.cap].into_iter().filter_map(Term::finding));
        let one = Earned::of(month, &terms, &field, &mut working)?;
        let answer = one.answer(month.month).map_err(|e| e.at(field))?;
        earned.push((one, answer));
    }
    let at = |error: BillingError| error.at("/months");
    let named = earned.iter().enumerate();
    let named = named.map(|(i, (one, _))| (Cow::Owned(format!("month-{}", i + 1)), one.incentive));
    let total = working.sum(OWN_SUM, named).map_err(at)?;
    Ok(HafezAnswer {
        currency: Currency::KWD,
        months: earned.into_iter().map(|(_, answer)| answer).collect(),
        total: Money::of_rounded(total, Currency::KWD).map_err(at)?.to_string(),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

const OWN_SUM: Basis = Basis::new("HAF-3", "own-sum");
const OWN_RECORD: Basis = Basis::new("HAF-2", "own-history");

/// The terms in force in a month.
struct Terms {
    multiple: &'static Term,
    cap: &'static Term,
    interpretation: Interpretation,
}

impl Terms {
    fn of(request: &HafezRequest, month: &HafezMonth, field: &str) -> Result<Self, Refusal> {
        let cap = match request.commodity {
            Commodity::Electricity => "kw.hafez-electricity-cap",
            Commodity::Water => "kw.hafez-water-cap",
        };
        let term = |id| {
            let found = rulebook::needed_on(id, month.month.last_day());
            found.map_err(|e| e.at(format!("{field}/month")))
        };
        Ok(Self {
            multiple: term("kw.hafez-multiple")?,
            cap: term(cap)?,
            interpretation: request.interpretation,
        })
    }
}

/// A month's exact figures.
struct Earned {
    saved: Fraction,
    saving_rate: Fraction,
    incentive_rate: Option<Fraction>,
    incentive: Fraction,
}

impl Earned {
    fn of(month: &HafezMonth, terms: &Terms, field: &str, working: &mut Working) -> Result<Self, Refusal> {
        let place = |name: &str| format!("{field}/{name}");
        bounds::not_negative(month.baseline, &place("baseline"))?;
        bounds::not_negative(month.actual, &place("actual"))?;
        let bill = bounds::money(month.bill, Currency::KWD, &place("bill"))?.fraction();
        let before = (month.baseline_bill)
            .map(|bill| bounds::money(bill, Currency::KWD, &place("baseline_bill")))
            .transpose()?;
        if month.baseline == Number::ZERO {
            return Err(BillingError::NoBaseline.at(place("baseline")));
        }
        let at = |error: BillingError| error.at(field);
        let (baseline, actual) = (month.baseline.fraction(), month.actual.fraction());
        let saved = working.step(OWN_RECORD, Formula::Saved, &[baseline, actual]).map_err(at)?;
        let rate = working.step(OWN_RECORD, Formula::SavingRate, &[saved, baseline]).map_err(at)?;
        let basis = terms.cap.basis("HAF-3");
        let (multiple, cap) = (terms.multiple.value.fraction(), terms.cap.value.fraction());
        let digits = Fraction::count(i64::from(Currency::KWD.minor_digits()));
        let by_value = terms.interpretation == Interpretation::Value;
        if by_value && before.is_none() {
            let name = "baseline_bill".to_owned();
            return Err(BillingError::MissingField { name }.at(place("baseline_bill")));
        }
        if let Some(before) = before.filter(|_| by_value)
            && rate.times(multiple).map_err(at)? <= cap
        {
            let inputs = [before.fraction(), bill, multiple, digits];
            let incentive = working.step(basis, Formula::ValueIncentive, &inputs).map_err(at)?;
            let share = rate_of(incentive, bill, working).map_err(at)?;
            return Ok(Self { saved, saving_rate: rate, incentive_rate: share, incentive });
        }
        let share = working.step(basis, Formula::IncentiveRate, &[rate, multiple, cap]).map_err(at)?;
        let incentive = working.step(basis, Formula::Incentive, &[bill, share, digits]).map_err(at)?;
        Ok(Self { saved, saving_rate: rate, incentive_rate: Some(share), incentive })
    }

    fn answer(&self, month: CalendarMonth) -> Result<HafezEarned> {
        let rate = |rate: Fraction| rate.printed().map(|rate| rate.to_string());
        Ok(HafezEarned {
            month,
            saved: self.saved.to_string(),
            saving_rate: rate(self.saving_rate)?,
            incentive_rate: self.incentive_rate.map(rate).transpose()?,
            incentive: Money::of_rounded(self.incentive, Currency::KWD)?.to_string(),
        })
    }
}

/// The share that an incentive is of the bill: nothing of nothing is nothing, and something of nothing has no share.
fn rate_of(incentive: Fraction, bill: Fraction, working: &mut Working) -> Result<Option<Fraction>> {
    match (incentive.is_zero(), bill.is_zero()) {
        (true, true) => Ok(Some(Fraction::ZERO)),
        (false, true) => Ok(None),
        _ => working.step(OWN_SUM, Formula::RateOfBill, &[incentive, bill]).map(Some),
    }
}
