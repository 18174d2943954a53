//! Rule `projection` (PRO-1 to PRO-3): the projection on the wire.

use serde::{Deserialize, Serialize};

use super::{Crossing, HistoryBasis, Path, ProjectionFacts, project};
use crate::bill::{BillAnswer, BillFacts};
use crate::bounds;
use crate::error::{Refusal, Result};
use crate::finding::{Finding, FindingAnswer, Say};
use crate::money::Currency;
use crate::number::Number;
use crate::period::{Day, Period};
use crate::working::StepAnswer;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProjectionRequest {
    /// A schedule of the rulebooks.
    pub tariff: String,
    /// The breaker's rating, where the meter fee goes by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaker_amps: Option<u32>,
    /// The open period.
    pub period: Period,
    /// The day that is not over yet; inside the period.
    pub today: Day,
    /// How much of today has passed, in thousandths.
    #[serde(default)]
    pub day_passed_permille: u16,
    /// Used in the period so far, today included.
    pub used: Number,
    /// First day of `daily`.
    pub daily_from: Day,
    /// Use of each day from `daily_from`; null where nothing was measured. Only days before `today` count.
    pub daily: Vec<Option<Number>>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectionAnswer {
    /// Of every amount.
    pub currency: Currency,
    /// What the use so far costs.
    pub now: BillAnswer,
    /// The end with few units.
    pub low: PathAnswer,
    /// The expected end.
    pub middle: PathAnswer,
    /// The end with many units.
    pub high: PathAnswer,
    /// Of the limits not reached yet.
    pub crossings: Vec<CrossingAnswer>,
    /// What the days to come are projected from.
    pub basis: HistoryBasis,
    /// Whether the margin comes from the projection's own past errors; else it is assumed.
    pub margin_is_own: bool,
    /// Facts beside the result.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// One way the period may end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathAnswer {
    /// Units at the end.
    pub usage: String,
    /// What they cost.
    pub bill: BillAnswer,
}

/// When a limit will be crossed; null where not in this period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrossingAnswer {
    /// The place of the tier that is entered, from 2.
    pub tier: usize,
    /// The last unit before it, half up to six decimals.
    pub limit: String,
    /// The fraction, where six decimals do not hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_exact: Option<String>,
    /// The expected day.
    pub expected: Option<Day>,
    /// With many units.
    pub earliest: Option<Day>,
    /// With few units.
    pub latest: Option<Day>,
}

/// The days of a service point, as a request gives them.
pub(crate) struct Habit<'a> {
    pub(crate) tariff: &'a str,
    pub(crate) breaker_amps: Option<u32>,
    pub(crate) period: Period,
    pub(crate) today: Day,
    pub(crate) day_passed_permille: u16,
    pub(crate) used: Number,
    pub(crate) daily_from: Day,
    pub(crate) daily: &'a [Option<Number>],
}

impl Habit<'_> {
    pub(crate) fn facts(&self) -> Result<ProjectionFacts, Refusal> {
        bounds::list(self.daily, 0, "/daily")?;
        bounds::count(u32::from(self.day_passed_permille), 0, 1000, "/day_passed_permille")?;
        Ok(ProjectionFacts {
            tariff: self.tariff.to_owned(),
            breaker_amps: self.breaker_amps,
            period: self.period,
            today: self.today.0,
            used: self.used,
            daily_from: self.daily_from.0,
            daily: self.daily.to_vec(),
            day_passed_permille: self.day_passed_permille,
        })
    }

    /// The bill of the use so far.
    pub(crate) fn so_far(&self) -> BillFacts {
        BillFacts::of_schedule(self.tariff, self.period, self.used, self.breaker_amps)
    }

    /// A bill's refusal in the names of such a request.
    pub(crate) fn renamed<T>(&self, outcome: Result<T, Refusal>) -> Result<T, Refusal> {
        outcome.map_err(|refusal| {
            let field = match refusal.field.as_str() {
                "/usage" => "/used",
                "/tariff/id" => "/tariff",
                other => other,
            };
            refusal.error.at(field)
        })
    }
}

/// Where the period will end, when it crosses each limit and what it will cost, at few, usual and many units.
///
/// # Errors
/// As [`project`], and [`crate::error::BillingError::OutOfRange`] for a history above 1,000 days.
///
/// # Source
/// PRO-1 to PRO-3; the method's parameters in `rulebooks/common/projection.toml`, all assumed.
pub fn projection(request: &ProjectionRequest, say: Say<'_>) -> Result<ProjectionAnswer, Refusal> {
    let habit = Habit {
        tariff: &request.tariff,
        breaker_amps: request.breaker_amps,
        period: request.period,
        today: request.today,
        day_passed_permille: request.day_passed_permille,
        used: request.used,
        daily_from: request.daily_from,
        daily: &request.daily,
    };
    let projection = habit.renamed(project(&habit.facts()?))?;
    let path = |path: &Path| PathAnswer { usage: path.usage.to_string(), bill: path.bill.answer(say) };
    let crossings: Result<Vec<_>> = projection.crossings.iter().map(crossing).collect();
    Ok(ProjectionAnswer {
        currency: projection.now.currency,
        now: projection.now.answer(say),
        low: path(&projection.low),
        middle: path(&projection.middle),
        high: path(&projection.high),
        crossings: crossings.map_err(|e| e.at("/used"))?,
        basis: projection.basis,
        margin_is_own: projection.margin_is_own,
        findings: Finding::answers(projection.findings(), say),
        working: projection.working.answer(),
    })
}

fn crossing(crossing: &Crossing) -> Result<CrossingAnswer> {
    let printed = crossing.limit.printed()?;
    Ok(CrossingAnswer {
        tier: crossing.tier,
        limit: printed.to_string(),
        limit_exact: (printed != crossing.limit).then(|| crossing.limit.ratio()),
        expected: crossing.expected.map(Day),
        earliest: crossing.earliest.map(Day),
        latest: crossing.latest.map(Day),
    })
}
