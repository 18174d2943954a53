//! Why the engine refuses: one typed reason each, and where in the request it lies.

use time::Date;

use crate::money::Money;
use crate::number::Number;

/// What most of the engine returns.
pub type Result<T, E = BillingError> = std::result::Result<T, E>;

/// Why a sum cannot be made. Each variant is a fact the caller can act on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BillingError {
    /// The body is no JSON, or names a key twice.
    #[error("the body is not valid JSON")]
    InvalidJson,
    /// The library has no rule of this name.
    #[error("unknown rule {rule}")]
    UnknownRule {
        /// The name asked for.
        rule: String,
    },
    /// A field that the request does not have.
    #[error("unknown field {name}")]
    UnknownField {
        /// Its name.
        name: String,
    },
    /// A field that the sum needs.
    #[error("missing field {name}")]
    MissingField {
        /// Its name.
        name: String,
    },
    /// A value of another type or outside a fixed list of words.
    #[error("a value of the wrong type")]
    WrongType,
    /// A text that is not a plain decimal.
    #[error("not a decimal number")]
    NotADecimal,
    /// More than 12 digits before the point or six after it.
    #[error("a number of too many digits")]
    NumberTooLong,
    /// The exact sum does not fit.
    #[error("a number too large to calculate exactly")]
    NumberTooLarge,
    /// A value below zero where zero is the least.
    #[error("a negative number")]
    Negative,
    /// A count or rate outside its bounds.
    #[error("a value outside {least} to {most}")]
    OutOfRange {
        /// The least allowed.
        least: Number,
        /// The most allowed.
        most: Number,
    },
    /// A text that names no day of the calendar.
    #[error("not a date")]
    NotADate,
    /// The last day comes before the first.
    #[error("the period ends on {to}, before it begins on {from}")]
    PeriodReversed {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// No schedule has this id.
    #[error("unknown tariff {tariff}")]
    UnknownTariff {
        /// The id asked for.
        tariff: String,
    },
    /// A day before the schedule's first version.
    #[error("no {tariff} tariff is in force on {on}")]
    NoTariffInForce {
        /// The schedule.
        tariff: String,
        /// The day.
        on: Date,
        /// The first day the schedule knows.
        first: Date,
    },
    /// The figure exists but was never published.
    #[error("the price of {tariff} was not published")]
    PriceNotPublished {
        /// The schedule.
        tariff: String,
    },
    /// The meter fee goes by the breaker's rating.
    #[error("the meter fee needs the breaker rating")]
    BreakerMissing,
    /// Limits must rise, and only the last may be open.
    #[error("the limits do not rise")]
    LimitsNotRising,
    /// More was used than the last tier prices.
    #[error("the usage lies beyond the last tier")]
    UsageBeyondLastTier,
    /// Intervals out of order, overlapping, outside the period, or not adding up.
    #[error("the intervals disagree with the period or the usage")]
    IntervalsDisagree,
    /// Not one full day was measured yet.
    #[error("the history is too short to project from")]
    HistoryTooShort,
    /// A register shows less than before, and did not come full circle.
    #[error("the reading fell from {previous} to {current}")]
    ReadingFell {
        /// The present reading.
        current: Number,
        /// The one before.
        previous: Number,
    },
    /// A multiplier of zero or below.
    #[error("the multiplier is not above zero")]
    MultiplierInvalid,
    /// Shares that do not add up to exactly 1.
    #[error("the shares add up to {sum}, not to 1")]
    SharesNotWhole {
        /// What they add up to.
        sum: Number,
    },
    /// More instalments than the rule allows, or than minor units are left.
    #[error("more than {most} instalments")]
    TooManyMonths {
        /// The most allowed.
        most: i128,
    },
    /// An amount with a part below the currency's smallest.
    #[error("the amount is finer than {smallest}")]
    FinerThanMinorUnit {
        /// The smallest amount.
        smallest: Money,
    },
    /// No real reading of an earlier period is on record.
    #[error("no earlier period with a real reading")]
    NoPastPeriods,
    /// Nothing was used in the month that a saving is measured from.
    #[error("the baseline is zero")]
    NoBaseline,
    /// A month that stands twice.
    #[error("the month stands twice")]
    MonthTwice,
    /// A period that does not begin on the day after the one before.
    #[error("the periods do not follow one another")]
    PeriodsApart,
    /// Tariffs of another currency, unit or country than the first.
    #[error("the tariffs do not go together")]
    TariffsDisagree,
    /// A list that has to have another length.
    #[error("the list does not have {needed} entries")]
    WrongCount {
        /// Its length.
        needed: i64,
    },
    /// A day before the first on which a rule counts.
    #[error("the rule is not in force on {on}")]
    NoRuleInForce {
        /// The day.
        on: Date,
        /// The first day.
        first: Date,
    },
    /// A day outside the years of the Umm al-Qura calendar on record.
    #[error("the calendar on record runs from {first} to {last}, without {on}")]
    CalendarEnds {
        /// The day.
        on: Date,
        /// The first day on record.
        first: Date,
        /// The last day on record.
        last: Date,
    },
    /// A step of a working does not follow from its inputs.
    #[error("step {step} of the working was altered")]
    WorkingAltered {
        /// The step's place, from 1.
        step: usize,
    },
    /// A proof file says something that its facts do not make.
    #[error("the proof says {given} at {place}, its facts make {made}")]
    ProofDiffers {
        /// A JSON pointer into the file.
        place: String,
        /// What the file says; empty where it says nothing.
        given: String,
        /// What its facts make; empty where they make nothing.
        made: String,
    },
}

impl BillingError {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidJson => "invalid-json",
            Self::UnknownRule { .. } => "unknown-rule",
            Self::UnknownField { .. } => "unknown-field",
            Self::MissingField { .. } => "missing-field",
            Self::WrongType => "wrong-type",
            Self::NotADecimal => "not-a-decimal",
            Self::NumberTooLong => "number-too-long",
            Self::NumberTooLarge => "number-too-large",
            Self::Negative => "negative",
            Self::OutOfRange { .. } => "out-of-range",
            Self::NotADate => "not-a-date",
            Self::PeriodReversed { .. } => "period-reversed",
            Self::UnknownTariff { .. } => "unknown-tariff",
            Self::NoTariffInForce { .. } => "no-tariff-in-force",
            Self::PriceNotPublished { .. } => "price-not-published",
            Self::BreakerMissing => "breaker-missing",
            Self::LimitsNotRising => "limits-not-rising",
            Self::UsageBeyondLastTier => "usage-beyond-last-tier",
            Self::IntervalsDisagree => "intervals-disagree",
            Self::HistoryTooShort => "history-too-short",
            Self::ReadingFell { .. } => "reading-fell",
            Self::MultiplierInvalid => "multiplier-invalid",
            Self::SharesNotWhole { .. } => "shares-not-whole",
            Self::TooManyMonths { .. } => "too-many-months",
            Self::FinerThanMinorUnit { .. } => "finer-than-minor-unit",
            Self::NoPastPeriods => "no-past-periods",
            Self::NoBaseline => "no-baseline",
            Self::MonthTwice => "month-twice",
            Self::PeriodsApart => "periods-apart",
            Self::TariffsDisagree => "tariffs-disagree",
            Self::WrongCount { .. } => "wrong-count",
            Self::NoRuleInForce { .. } => "no-rule-in-force",
            Self::CalendarEnds { .. } => "calendar-ends",
            Self::WorkingAltered { .. } => "working-altered",
            Self::ProofDiffers { .. } => "proof-differs",
        }
    }

    /// The refusal of the request's value at `field`, a JSON pointer.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Refusal {
        Refusal { error: self, field: field.into() }
    }
}

/// An error and the JSON pointer of the value that caused it (`""` for the whole request).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {error}")]
pub struct Refusal {
    /// Why.
    pub error: BillingError,
    /// Where: `/usage`, `/period/to`, `""`.
    pub field: String,
}

impl Refusal {
    /// The same refusal where the refused request is the value at `pointer` of a larger one.
    #[must_use]
    pub fn under(self, pointer: &str) -> Self {
        Self { field: format!("{pointer}{}", self.field), ..self }
    }
}

impl From<BillingError> for Refusal {
    /// Arithmetic that does not fit knows no single field; the usage is what drives every product.
    fn from(error: BillingError) -> Self {
        error.at("/usage")
    }
}
