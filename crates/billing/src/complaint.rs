//! Rule `complaint` (COM-1, DIS-4, BIL-9): the clock of a complaint, what is in dispute, and what protects meanwhile.

mod clock;
pub mod implied;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::bounds;
use crate::calendar;
use crate::credit::prepaid_switch::Country;
use crate::error::{BillingError, Refusal};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::moment::Moment;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Day;
use crate::working::{Basis, StepAnswer, Working};

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ComplaintRequest {
    /// Whose rules.
    pub country: Country,
    /// What it is about.
    #[serde(default)]
    pub about: Subject,
    /// When the provider received it.
    pub received: Day,
    /// The day to judge by.
    pub on: Day,
    /// The bill's amount, in the country's currency; zero where there is no bill.
    #[serde(default)]
    pub bill: Number,
    /// What the customer does not dispute of it.
    #[serde(default)]
    pub undisputed: Number,
    /// The answer; null while there is none.
    #[serde(default)]
    pub answer: Option<ComplaintAnswered>,
    /// When the service was cut over the bill; null where it was not.
    #[serde(default)]
    pub cut: Option<Moment>,
    /// The appeal against the answer; null where there is none.
    #[serde(default)]
    pub appeal: Option<CaseStep>,
    /// Whether government transactions are stopped (Kuwait).
    #[serde(default)]
    pub transactions_blocked: bool,
    /// The grievance about stopped transactions (Kuwait); null where there is none.
    #[serde(default)]
    pub grievance: Option<CaseStep>,
}

/// What a complaint is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A bill.
    #[default]
    Bill,
    /// The result of a meter test.
    MeterTest,
    /// Anything else.
    Other,
}

/// The provider's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ComplaintAnswered {
    /// When the customer was told.
    pub told: Day,
    /// Whether the error was proven.
    pub accepted: bool,
}

/// An appeal or a grievance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CaseStep {
    /// When it was filed.
    pub filed: Day,
    /// When it was decided; null while it is not.
    #[serde(default)]
    pub decided: Option<Day>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComplaintOutcome {
    /// Of every amount below.
    pub currency: Currency,
    /// How the case stands.
    pub state: CaseState,
    /// What is in dispute.
    pub disputed: String,
    /// What is not: it stays payable.
    pub undisputed: String,
    /// The last day for the answer; null where no source names one.
    pub answer_due: Option<Day>,
    /// Working days left until then; null once it is answered or late, or where there is no such day.
    pub working_days_left: Option<i64>,
    /// Whether the service may not be cut over this bill.
    pub protected: bool,
    /// Whether a service that was cut is restored at once, without a fee.
    pub restore_at_once: bool,
    /// To whom the customer may go now; null where nobody is open.
    pub appeal_to: Option<AppealTo>,
    /// The last day for the answer to a grievance; null where there is none.
    pub grievance_due: Option<Day>,
    /// The last day to sue; null where no grievance was filed.
    pub suit_until: Option<Day>,
    /// What follows, and what it rests on.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// How a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    /// It waits for its answer.
    Open,
    /// Its answer is late.
    Late,
    /// The bill was wrong.
    Accepted,
    /// The bill stands.
    Rejected,
    /// It is with the regulator.
    Appealed,
    /// The regulator decided.
    Decided,
}

/// Who hears the customer next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AppealTo {
    /// The regulator (Saudi Arabia).
    Authority,
    /// The ministry, by a grievance (Kuwait).
    Ministry,
}

/// The clock, the sums and the rights of a complaint on a day. Days after it count as if they had not come yet. In Kuwait
/// no source names a clock or a protection, and none is promised.
///
/// # Errors
/// [`BillingError::PeriodReversed`] at `/on` before the receipt, at an answer, appeal or grievance before it, or at a
/// decision before what it decides; [`BillingError::NoRuleInForce`] at `/received`, [`BillingError::CalendarEnds`] at `/on`;
/// [`BillingError::Negative`] or [`BillingError::FinerThanMinorUnit`] at the amounts, [`BillingError::OutOfRange`] at
/// `/undisputed` above the bill.
///
/// # Source
/// `rulebooks/sa/debt.toml`; for Kuwait's grievance Decree-Law 75 of 2025, `rulebooks/kw/debt.toml`.
pub fn complaint(request: &ComplaintRequest, say: Say<'_>) -> Result<ComplaintOutcome, Refusal> {
    let currency = match request.country {
        Country::Kw => Currency::KWD,
        Country::Sa => Currency::SAR,
    };
    check_days(request)?;
    let bill = bounds::money(request.bill, currency, "/bill")?;
    bounds::at_most(request.undisputed, request.bill, "/undisputed")?;
    let undisputed = bounds::money(request.undisputed, currency, "/undisputed")?;
    let mut working = Working::new();
    let inputs = [bill.fraction(), undisputed.fraction()];
    let basis = Basis::new("COM-1", "own-sum");
    let disputed = working.step(basis, Formula::Remainder, &inputs).map_err(|error| error.at("/bill"))?;
    let disputed = Money::of_rounded(disputed, currency).map_err(|error| error.at("/bill"))?;
    let rights = match request.country {
        Country::Kw => clock::in_kuwait(request)?,
        Country::Sa => clock::in_saudi_arabia(request)?,
    };
    Ok(ComplaintOutcome {
        currency,
        state: rights.state,
        disputed: disputed.to_string(),
        undisputed: undisputed.to_string(),
        answer_due: rights.answer_due.map(Day),
        working_days_left: rights.working_days_left,
        protected: rights.protected,
        restore_at_once: rights.restore_at_once,
        appeal_to: rights.appeal_to,
        grievance_due: rights.grievance_due.map(Day),
        suit_until: rights.suit_until.map(Day),
        findings: Finding::answers(&rights.findings, say),
        working: working.answer(),
    })
}

/// The days from `from` to `to`, both included, that are no working days in Saudi Arabia: the clock of a complaint steps
/// over them. A holiday comes with its id, such as `sa.eid-al-fitr`; a weekend has none.
///
/// # Errors
/// [`BillingError::CalendarEnds`] outside the years on record, [`BillingError::NoRuleInForce`] before the holidays' rules.
///
/// # Source
/// `rulebooks/sa/debt.toml`, `rulebooks/common/umm-al-qura.toml`.
pub fn days_off(from: Date, to: Date) -> Result<Vec<(Date, Option<&'static str>)>, BillingError> {
    let mut off = Vec::new();
    let mut day = Some(from);
    while let Some(now) = day.filter(|now| *now <= to) {
        let holiday = calendar::holiday(now)?;
        if holiday.is_some() || calendar::is_weekend(now)? {
            off.push((now, holiday));
        }
        day = now.next_day();
    }
    Ok(off)
}

fn check_days(request: &ComplaintRequest) -> Result<(), Refusal> {
    let received = request.received.0;
    let follows = |from: Date, day: Day, field: &str| {
        let reversed = BillingError::PeriodReversed { from, to: day.0 };
        if day.0 < from { Err(reversed.at(field)) } else { Ok(()) }
    };
    follows(received, request.on, "/on")?;
    if let Some(answer) = request.answer {
        follows(received, answer.told, "/answer/told")?;
    }
    for (step, field) in [(request.appeal, "/appeal"), (request.grievance, "/grievance")] {
        let Some(step) = step else { continue };
        follows(received, step.filed, &format!("{field}/filed"))?;
        if let Some(decided) = step.decided {
            follows(step.filed.0, decided, &format!("{field}/decided"))?;
        }
    }
    Ok(())
}
