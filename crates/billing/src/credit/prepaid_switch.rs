//! Rule `prepaid-switch` (PRE-2): whether a meter may be paid in advance, or later again.

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::hafez::Commodity;
use crate::money::Currency;
use crate::number::Number;
use crate::period::{Day, months_later};
use crate::rulebook::{self, Term};
use crate::working::StepAnswer;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PrepaidSwitchRequest {
    /// Whose rules.
    pub country: Country,
    /// To which way of paying.
    pub to: WayOfPaying,
    /// The day of the switch.
    pub on: Day,
    /// What the meter measures.
    pub commodity: Commodity,
    /// What kind it is.
    pub meter: MeterKind,
    /// What is owed, in the country's currency.
    pub dues: Number,
    /// Whether a plan for it is agreed and kept.
    #[serde(default)]
    pub plan_kept: bool,
    /// Since when the meter is prepaid; needed for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepaid_since: Option<Day>,
}

/// A country with rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Country {
    /// Kuwait.
    Kw,
    /// Saudi Arabia.
    Sa,
}

/// When the supply is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WayOfPaying {
    /// In advance.
    Prepaid,
    /// Later, by bill.
    Postpaid,
}

/// What a meter can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MeterKind {
    /// It is read and switched from afar.
    Digital,
    /// Somebody has to read it.
    Mechanical,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrepaidSwitchAnswer {
    /// Whether it may be done on that day.
    pub allowed: bool,
    /// The first day of the way back: after a switch on the day asked for, or since the meter is prepaid.
    pub back_from: Day,
    /// Why not, or what it rests on.
    pub findings: Vec<FindingAnswer>,
    /// No sum is made.
    pub working: Vec<StepAnswer>,
}

/// To prepaid: a digital meter of electricity, and nothing owed; in Kuwait a plan that is kept will do. Back: after the
/// least stay.
///
/// # Errors
/// [`BillingError::NoRuleInForce`], [`BillingError::MissingField`] at `/prepaid_since` on the way back,
/// [`BillingError::PeriodReversed`] there after the day of the switch, [`BillingError::Negative`] or
/// [`BillingError::FinerThanMinorUnit`] at `/dues`.
///
/// # Source
/// PRE-2 and MET-6; the stay in `rulebooks/sa/billing.toml`, for Kuwait assumed in `rulebooks/kw/prepaid.toml`.
pub fn prepaid_switch(request: &PrepaidSwitchRequest, say: Say<'_>) -> Result<PrepaidSwitchAnswer, Refusal> {
    let on = request.on.0;
    let (stay, currency) = match request.country {
        Country::Kw => ("kw.prepaid-stay-months", Currency::KWD),
        Country::Sa => ("sa.prepaid-stay-months", Currency::SAR),
    };
    let stay = rulebook::needed_on(stay, on).map_err(|e| e.at("/on"))?;
    let dues = bounds::money(request.dues, currency, "/dues")?;
    let begins = match request.to {
        WayOfPaying::Prepaid => on,
        WayOfPaying::Postpaid => since(request)?,
    };
    let back_from = months_later(begins, stay.count()).ok_or_else(|| BillingError::NotADate.at("/on"))?;
    let mut findings = Vec::new();
    match request.to {
        WayOfPaying::Prepaid => {
            if request.meter == MeterKind::Mechanical || request.commodity == Commodity::Water {
                findings.push(Finding::DigitalMeterNeeded);
            }
            let planned = request.plan_kept && request.country == Country::Kw;
            if dues.minor() > 0 && !planned {
                findings.push(Finding::DuesUnpaid { amount: dues });
            }
        }
        WayOfPaying::Postpaid if on < back_from => findings.push(Finding::MinimumStay { from: back_from }),
        WayOfPaying::Postpaid => {}
    }
    let allowed = findings.is_empty();
    findings.extend([stay].into_iter().filter_map(Term::finding));
    Ok(PrepaidSwitchAnswer {
        allowed,
        back_from: Day(back_from),
        findings: Finding::answers(&findings, say),
        working: Vec::new(),
    })
}

fn since(request: &PrepaidSwitchRequest) -> Result<time::Date, Refusal> {
    const FIELD: &str = "/prepaid_since";
    let missing = || BillingError::MissingField { name: "prepaid_since".to_owned() }.at(FIELD);
    let since = request.prepaid_since.ok_or_else(missing)?.0;
    if since > request.on.0 {
        return Err(BillingError::PeriodReversed { from: since, to: request.on.0 }.at(FIELD));
    }
    Ok(since)
}
