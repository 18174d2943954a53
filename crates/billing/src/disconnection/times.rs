//! Times at which no service may be cut in Saudi Arabia (DIS-6).

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar;
use crate::error::Result;
use crate::moment::Moment;
use crate::rulebook::Term;
use crate::rulebook::debt::{needed_on, spans};

/// Why a cut is forbidden at a time, or for a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ForbiddenTime {
    /// School examinations; homes only.
    Exams,
    /// Ramadan; homes only.
    Ramadan,
    /// From noon on.
    Noon,
    /// Outside the provider's working hours.
    Hours,
    /// A weekend or an official holiday.
    Holiday,
}

/// What forbids a cut at a moment, and the assumed figures among what was asked.
pub(super) struct Times {
    pub(super) forbidden: Vec<ForbiddenTime>,
    pub(super) terms: Vec<&'static Term>,
    pub(super) exams_unknown: bool,
}

/// What forbids a cut `at` that moment. Noon itself belongs to the afternoon, the last minute of the working hours to them.
pub(super) fn forbidden(at: Moment, home: bool) -> Result<Times> {
    let term = |id| needed_on(id, at.day);
    let (noon, open, close) =
        (term("sa.noon-hour")?, term("sa.working-hours-from")?, term("sa.working-hours-to")?);
    let minute = i64::from(at.minute);
    let open_now = (open.count() * 60..close.count() * 60).contains(&minute);
    use ForbiddenTime::{Exams, Holiday, Hours, Noon, Ramadan};
    let found = [
        (home && exams_on(at.day), Exams),
        (home && calendar::is_ramadan(at.day)?, Ramadan),
        (minute >= noon.count() * 60, Noon),
        (!open_now, Hours),
        (calendar::is_day_off(at.day)?, Holiday),
    ];
    Ok(Times {
        forbidden: found.into_iter().filter_map(|(holds, time)| holds.then_some(time)).collect(),
        terms: vec![open, close],
        exams_unknown: home && !exams_known(at.day),
    })
}

/// Whether no hour of `day` is free.
pub(super) fn whole_day_forbidden(day: Date, home: bool) -> Result<bool> {
    Ok(calendar::is_day_off(day)? || (home && (exams_on(day) || calendar::is_ramadan(day)?)))
}

fn exams_on(day: Date) -> bool {
    spans("sa.exams").any(|span| span.holds_on(day))
}

/// Between the first and the last examination on record all are on record.
fn exams_known(day: Date) -> bool {
    let first = spans("sa.exams").map(|span| span.from).min();
    let last = spans("sa.exams").map(|span| span.to).max();
    first.zip(last).is_some_and(|(first, last)| (first..=last).contains(&day))
}
