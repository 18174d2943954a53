//! How long a case took, in the unit of its standard.

use super::{CompensationRequest, Standard};
use crate::calendar;
use crate::error::{BillingError, Refusal};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::moment::{MINUTES_A_DAY, Moment};
use crate::number::Number;
use crate::rulebook::debt::Unit;
use crate::working::{Basis, Working};

/// A time, and what it has above the one promised.
pub(super) struct Elapsed {
    /// For a notice the days it gave.
    pub(super) passed: Fraction,
    /// For a notice the days that it lacks.
    pub(super) over: Fraction,
    /// The last moment of the promise.
    pub(super) due: Option<Moment>,
}

const MINUTES_AN_HOUR: i64 = 60;

impl Elapsed {
    pub(super) fn of(
        request: &CompensationRequest,
        unit: Unit,
        within: Number,
        basis: Basis,
        working: &mut Working,
    ) -> Result<Self, Refusal> {
        let at = |error: BillingError| error.at("/at");
        let end = end(request)?;
        let start = request.started;
        let minutes = Fraction::count(end.minutes_since(start));
        let promised = within.fraction();
        let per = |unit| minutes.divided_by(Fraction::count(unit)).map_err(at);
        let (passed, due) = match unit {
            Unit::Hours => (per(MINUTES_AN_HOUR)?, start.plus_minutes(whole(within) * MINUTES_AN_HOUR)),
            Unit::DaysBefore => (per(MINUTES_A_DAY)?, None),
            Unit::WorkingDays => {
                let days = calendar::working_days(start.day, end.day).map_err(at)?;
                let last = calendar::working_day_after(start.day, whole(within)).map_err(at)?;
                (Fraction::count(days), Some(Moment::end_of(last)))
            }
        };
        let (formula, inputs) = match unit {
            Unit::DaysBefore => (Formula::Excess, [promised, passed]),
            Unit::Hours | Unit::WorkingDays => (Formula::Overtime, [passed, promised]),
        };
        // Such a cut is a breach by itself: no time was promised, so none is taken away.
        let over = if request.standard == Standard::ForbiddenCut {
            passed
        } else {
            working.step(basis, formula, &inputs).map_err(at)?
        };
        Ok(Self { passed, over, due })
    }
}

/// The end of the case, or now.
fn end(request: &CompensationRequest) -> Result<Moment, Refusal> {
    let start = request.started;
    for (moment, field) in [(Some(request.at), "/at"), (request.ended, "/ended")] {
        if let Some(early) = moment.filter(|moment| *moment < start) {
            return Err(BillingError::PeriodReversed { from: start.day, to: early.day }.at(field));
        }
    }
    Ok(request.ended.map_or(request.at, |ended| ended.min(request.at)))
}

const fn whole(number: Number) -> i64 {
    number.millionths() / crate::number::MILLION
}
