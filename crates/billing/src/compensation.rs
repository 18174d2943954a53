//! Rule `compensation` (COM-2, DIS-7): a guaranteed standard of Saudi Arabia against a case's own times.

mod elapsed;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar;
use crate::error::{BillingError, Refusal};
use crate::finding::debt::DebtFinding;
use crate::finding::{Finding, FindingAnswer, Say};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::moment::Moment;
use crate::money::{Currency, Money};
use crate::number::Number;
use crate::period::Day;
use crate::rulebook::debt::{Further, Promise, Unit, Variant, first_promise, promises_on, term_on};
use crate::working::{Basis, StepAnswer, Working};

use elapsed::Elapsed;

/// The request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CompensationRequest {
    /// Which standard.
    pub standard: Standard,
    /// Whether the premises are a home.
    pub home: bool,
    /// Whether they lie in a town; the standard of 2018 gave more time elsewhere.
    #[serde(default = "yes")]
    pub town: bool,
    /// When the time began: the request, the payment, the complaint, the cut or the loss of supply; for the notice of a
    /// planned outage when the customer was told.
    pub started: Moment,
    /// When it was done; for the notice of a planned outage when the outage began. Null while it is not.
    #[serde(default)]
    pub ended: Option<Moment>,
    /// The moment to judge by.
    pub at: Moment,
    /// Working days that the provider named, where the standard leaves them to it within bounds.
    #[serde(default)]
    pub promised: Option<u32>,
}

const fn yes() -> bool {
    true
}

/// A guaranteed standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// A meter put into a name, or out of it.
    Registration,
    /// A new connection or a change of one.
    Connection,
    /// Supply again after a payment.
    Restoration,
    /// Word of a planned outage.
    PlannedOutageNotice,
    /// Supply again after a planned outage.
    PlannedOutage,
    /// Supply again after an outage.
    Outage,
    /// The same where a whole city or governorate went dark.
    CityOutage,
    /// The answer to a complaint about a bill.
    Complaint,
    /// No cut at a forbidden time or in a forbidden case.
    ForbiddenCut,
}

impl Standard {
    const fn id(self) -> &'static str {
        match self {
            Self::Registration => "sa.registration",
            Self::Connection => "sa.connection",
            Self::Restoration => "sa.restoration",
            Self::PlannedOutageNotice => "sa.planned-outage-notice",
            Self::PlannedOutage => "sa.planned-outage",
            Self::Outage => "sa.outage",
            Self::CityOutage => "sa.city-outage",
            Self::Complaint => "sa.complaint",
            Self::ForbiddenCut => "sa.forbidden-cut",
        }
    }
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompensationAnswer {
    /// Of the amount below.
    pub currency: Currency,
    /// Whether the standard was broken.
    pub broken: bool,
    /// What is owed for it so far; null where the sum was not published.
    pub amount: Option<String>,
    /// The time promised.
    pub within: Number,
    /// Of that time and the one that passed.
    pub unit: TimeUnit,
    /// The time that passed; for a notice the days it gave.
    pub elapsed: Number,
    /// The last moment of the time promised; null for a notice.
    pub due: Option<Moment>,
    /// Whether it still runs.
    pub running: bool,
    /// The last day on which it is paid; null while it runs, where nothing is owed, or before the rule.
    pub paid_by: Option<Day>,
    /// What follows, and what it rests on.
    pub findings: Vec<FindingAnswer>,
    /// Every step, in order.
    pub working: Vec<StepAnswer>,
}

/// How a standard's time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// By the clock.
    Hours,
    /// Working days, from the next one on.
    WorkingDays,
    /// Days before the event.
    DaysBefore,
}

/// Whether a standard was broken, and what that is worth: the sums in force on the day on which the time began. A time
/// that is exactly used up breaks nothing.
///
/// # Errors
/// [`BillingError::PeriodReversed`] at `/ended` or `/at` before the start, [`BillingError::NoRuleInForce`] at `/started`
/// before the standard, [`BillingError::CalendarEnds`] at `/at`, [`BillingError::MissingField`] or
/// [`BillingError::OutOfRange`] at `/promised`.
///
/// # Source
/// The guaranteed standards of 2018 and of decision 3/60/2025, `rulebooks/sa/standards.toml`.
pub fn compensation(request: &CompensationRequest, say: Say<'_>) -> Result<CompensationAnswer, Refusal> {
    let promise = promise(request)?;
    let within = within(request, promise)?;
    let mut working = Working::new();
    let basis = promise.source.basis("COM-2");
    let elapsed = Elapsed::of(request, promise.unit, within, basis, &mut working)?;
    let broken = elapsed.over.is_positive() || (request.standard == Standard::ForbiddenCut);
    let sum = |first: Number| sum_of(first, promise.further, &elapsed, basis, &mut working);
    let amount = promise.amount.filter(|_| broken).map(sum).transpose()?;
    let ended = request.ended.filter(|ended| *ended <= request.at);
    let paid_by = match ended.filter(|_| broken) {
        Some(ended) => paid_by(ended.day)?,
        None => None,
    };
    let standard = promise.id;
    let told = [
        amount.map(|amount| DebtFinding::CompensationOwed { standard, amount }),
        (broken && promise.amount.is_none()).then_some(DebtFinding::SumNotPublished { standard }),
        paid_by.map(|on| DebtFinding::PaidBy { on }),
    ];
    let mut findings: Vec<_> = told.into_iter().flatten().map(Finding::Debt).collect();
    if broken && promise.further.is_some_and(|further| further.parts_count) {
        findings.push(Finding::assumed("further-span", "from-limit"));
    }
    let nothing = || (!broken).then(|| Money::from_minor(0, Currency::SAR));
    Ok(CompensationAnswer {
        currency: Currency::SAR,
        broken,
        amount: amount.or_else(nothing).map(|amount| amount.to_string()),
        within,
        unit: unit(promise.unit),
        elapsed: elapsed.passed.to_number().map_err(|error| error.at("/at"))?,
        due: elapsed.due,
        running: ended.is_none(),
        paid_by: paid_by.map(Day),
        findings: Finding::answers(&findings, say),
        working: working.answer(),
    })
}

/// The entry of the standard for these premises, on the day on which the time began.
fn promise(request: &CompensationRequest) -> Result<&'static Promise, Refusal> {
    let id = request.standard.id();
    let fits = |entry: &&Promise| match entry.variant {
        None => true,
        Some(Variant::Residential) => request.home,
        Some(Variant::Other) => !request.home,
        Some(Variant::Urban) => request.town,
        Some(Variant::Rural) => !request.town,
    };
    let on = request.started.day;
    promises_on(id, on).find(fits).ok_or_else(|| {
        let first = first_promise(id).unwrap_or(Date::MAX);
        BillingError::NoRuleInForce { on, first }.at("/started")
    })
}

fn within(request: &CompensationRequest, promise: &Promise) -> Result<Number, Refusal> {
    let Some(most) = promise.within_at_most else { return Ok(promise.within) };
    let missing = || BillingError::MissingField { name: "promised".to_owned() }.at("/promised");
    let named = Number::from_units(request.promised.ok_or_else(missing)?);
    if named < promise.within || named > most {
        return Err(BillingError::OutOfRange { least: promise.within, most }.at("/promised"));
    }
    Ok(named)
}

fn sum_of(
    first: Number,
    further: Option<Further>,
    elapsed: &Elapsed,
    basis: Basis,
    working: &mut Working,
) -> Result<Money, Refusal> {
    let at = |error: BillingError| error.at("/at");
    let begun = further.is_some_and(|further| further.parts_count);
    let formula = if begun { Formula::BegunSpans } else { Formula::FullSpans };
    let (more, span) = further.map_or((Fraction::ZERO, Fraction::count(1)), |further| {
        (further.amount.fraction(), further.per.fraction())
    });
    let inputs = [first.fraction(), more, elapsed.over, span];
    let sum = working.step(basis, formula, &inputs).map_err(at)?;
    Money::of_rounded(sum, Currency::SAR).map_err(at)
}

fn paid_by(ended: Date) -> Result<Option<Date>, Refusal> {
    let term = term_on("sa.compensation-days", ended);
    let day = term.map(|term| calendar::working_day_after(ended, term.count())).transpose();
    day.map_err(|error| error.at("/ended"))
}

const fn unit(unit: Unit) -> TimeUnit {
    match unit {
        Unit::Hours => TimeUnit::Hours,
        Unit::WorkingDays => TimeUnit::WorkingDays,
        Unit::DaysBefore => TimeUnit::DaysBefore,
    }
}
