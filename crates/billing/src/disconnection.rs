//! Rule `disconnection` (DEB-7, DIS-1 to DIS-3, DIS-5, DIS-6): whether a service may be cut over a debt, which, and when.

mod kuwait;
pub mod need;
mod saudi;
pub mod times;

use serde::{Deserialize, Serialize};

use crate::bounds;
use crate::error::{BillingError, Refusal};
use crate::finding::{FindingAnswer, Say};
use crate::hafez::Commodity;
use crate::moment::Moment;
use crate::money::Currency;
use crate::number::Number;
use crate::period::Day;
use crate::rulebook;
use crate::working::StepAnswer;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DisconnectionRequest {
    /// The schedule of the premises, such as `sa.electricity.residential`: it names the country and the category.
    pub tariff: String,
    /// The moment of the cut, in the place's own time.
    pub at: Moment,
    /// What is overdue, in the country's currency.
    pub overdue: Number,
    /// Bills that are not paid.
    pub unpaid_bills: u32,
    /// Whether the sum is for consumption by the meter.
    #[serde(default = "yes")]
    pub metered: bool,
    /// Notices and warnings that were served, in any order.
    #[serde(default)]
    pub notices: Vec<LadderNotice>,
    /// A complaint about the bill that has no answer yet, or is with the regulator; null where there is none.
    #[serde(default)]
    pub complaint: Option<OpenComplaint>,
    /// A medical need for electricity; null where there is none.
    #[serde(default)]
    pub dire_need: Option<DireNeed>,
    /// Whether a plan or a debt acknowledgement that is kept secures what is owed.
    #[serde(default)]
    pub secured: bool,
}

const fn yes() -> bool {
    true
}

/// A step of the ladder that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LadderNotice {
    /// Which.
    pub step: LadderStep,
    /// When it was served.
    pub served: Day,
}

/// A step of the ladder before a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LadderStep {
    /// The first notice (Saudi Arabia).
    Notice,
    /// The last one before the cut (Saudi Arabia).
    FinalNotice,
    /// One of the warnings (Kuwait).
    Warning,
}

/// A complaint about the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenComplaint {
    /// When the provider received it.
    pub received: Day,
    /// What the customer does not dispute of what is overdue.
    pub undisputed: Number,
}

/// A medical need for electricity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DireNeed {
    /// Which.
    pub kind: NeedKind,
    /// When the customer told of it.
    pub told: Day,
    /// Whether a government hospital's report proves it.
    #[serde(default)]
    pub proven: bool,
    /// What was owed when it was registered.
    #[serde(default)]
    pub dues_at_entry: Number,
    /// Whether another meter of the customer is registered already.
    #[serde(default)]
    pub other_meter: bool,
    /// Whether the regulator consented to the cut.
    #[serde(default)]
    pub consent: bool,
}

/// What kind of need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NeedKind {
    /// Medical equipment that runs on electricity.
    Equipment,
    /// An emergency of health.
    Emergency,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DisconnectionAnswer {
    /// Of every amount below.
    pub currency: Currency,
    /// Whether the service may be cut at that moment.
    pub allowed: bool,
    /// The service that a debt may cut; null where none.
    pub service: Option<Commodity>,
    /// The ladder's steps in order.
    pub ladder: Vec<LadderAnswer>,
    /// The first day on which a cut would be possible; null where something without an end stands in its way.
    pub earliest: Option<Day>,
    /// What stays payable whatever is disputed.
    pub payable: String,
    /// Every reason against the cut, and what the decision rests on.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// A step of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LadderAnswer {
    /// Which.
    pub step: LadderStep,
    /// When it was served; null where it was not.
    pub served: Option<Day>,
    /// The first day after its time; null where it was not served.
    pub ends: Option<Day>,
}

/// Whether a service may be cut over a debt, with every reason against it. Saudi Arabia: above a sum or a number of bills,
/// after both notices, at no forbidden time, with no complaint open and no medical need. Kuwait: after the warnings, unless
/// paid or secured; in private housing the water only.
///
/// # Errors
/// [`BillingError::UnknownTariff`] at `/tariff`, [`BillingError::NoRuleInForce`] or [`BillingError::CalendarEnds`] at `/at`,
/// [`BillingError::Negative`] or [`BillingError::FinerThanMinorUnit`] at the amounts, [`BillingError::OutOfRange`] above
/// 1,000 notices or at `/complaint/undisputed` above what is overdue.
///
/// # Source
/// `rulebooks/sa/debt.toml`, `rulebooks/kw/debt.toml`; Ramadan by `rulebooks/common/umm-al-qura.toml`.
pub fn disconnection(request: &DisconnectionRequest, say: Say<'_>) -> Result<DisconnectionAnswer, Refusal> {
    let unknown = || BillingError::UnknownTariff { tariff: request.tariff.clone() }.at("/tariff");
    let schedule = rulebook::schedule(&request.tariff).ok_or_else(unknown)?;
    bounds::list(&request.notices, 0, "/notices")?;
    let overdue = bounds::money(request.overdue, schedule.currency, "/overdue")?;
    if let Some(need) = request.dire_need {
        bounds::money(need.dues_at_entry, schedule.currency, "/dire_need/dues_at_entry")?;
    }
    let undisputed = match request.complaint {
        None => overdue,
        Some(complaint) => {
            bounds::at_most(complaint.undisputed, request.overdue, "/complaint/undisputed")?;
            bounds::money(complaint.undisputed, schedule.currency, "/complaint/undisputed")?
        }
    };
    if schedule.country() == "sa" {
        saudi::decide(request, schedule, overdue, undisputed, say)
    } else {
        kuwait::decide(request, schedule, overdue, undisputed, say)
    }
}

impl DisconnectionRequest {
    /// The newest of a step's notices that were served by the moment of the cut, oldest first.
    fn served(&self, step: LadderStep) -> Vec<Day> {
        let of_step = |notice: &&LadderNotice| notice.step == step && notice.served.0 <= self.at.day;
        let mut days: Vec<_> = self.notices.iter().filter(of_step).map(|notice| notice.served).collect();
        days.sort();
        days
    }
}
