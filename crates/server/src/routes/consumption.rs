//! Use in spans: quarter hours to years, or from reading to reading.

use api::accounts::{Quality, ServicePointId};
use api::consumption::{Consumption, Span, Step};
use api::problem::ApiError;
use axum::Json;
use axum::extract::State;
use billing::number::Number;
use sqlx::AnyConnection;
use time::Date;

use super::path::{PathParts, QueryParts};
use crate::actions::registers::{ReadSpan, read_spans};
use crate::auth::HolderAccount;
use crate::calendar::{DAY_S, first_of_month, first_of_year, midnight, next_month, next_year, number_of};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::daily_use;
use crate::store::spans::{self, SpanUse};

const HOUR_S: i64 = 3600;
const QUARTER_HOUR_S: i64 = 900;
const MOST_DAYS_BY_HOUR: i64 = 62;
const MOST_DAYS_BY_DAY: i64 = 800;
/// A century: long enough for any meter, short enough for a reply.
const MOST_DAYS: i64 = 36_525;

/// Answers with the use of a service point.
pub async fn get_consumption(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    query: QueryParts,
) -> Result<Json<Consumption>> {
    let ask = Ask::read(&query)?;
    let mut db = app.store.read().await?;
    let id = ServicePointId(path.get("service_point"));
    let point = accounts::find_point(&mut db, &id).await?;
    let point = point.filter(|point| point.account == account.summary.id).ok_or(ApiError::NotFound)?;
    let spans = match ask.step {
        // A longer interval is all in the hour or day in which it begins, but a quarter hour says that it was measured.
        Step::QuarterHour => by_slot(&mut db, &point, &ask, (QUARTER_HOUR_S, QUARTER_HOUR_S)).await?,
        Step::Hour => by_slot(&mut db, &point, &ask, (HOUR_S, i64::MAX)).await?,
        Step::Day => by_day(&mut db, &point, &ask).await?,
        Step::Month => by_calendar(&mut db, &point, &ask, (first_of_month, next_month)).await?,
        Step::Year => by_calendar(&mut db, &point, &ask, (first_of_year, next_year)).await?,
        Step::Reading => by_reading(&mut db, &point, &ask).await?,
    };
    let utc_offset_seconds =
        i32::try_from(point.utc_offset_s).map_err(|_| Error::Bug("an offset beyond a day"))?;
    Ok(Json(Consumption { unit: point.unit, utc_offset_seconds, spans }))
}

struct Ask {
    from: Date,
    to: Date,
    step: Step,
}

impl Ask {
    fn read(query: &QueryParts) -> Result<Self, ApiError> {
        let wrong = |field: &str| ApiError::ValueInvalid { field: field.to_owned() };
        let (from, to) = (query.day("from")?, query.day("to")?);
        let step = query.get("step")?;
        let steps = [Step::QuarterHour, Step::Hour, Step::Day, Step::Month, Step::Year, Step::Reading];
        let step = steps.into_iter().find(|known| known.code() == step).ok_or_else(|| wrong("step"))?;
        let most = match step {
            Step::QuarterHour | Step::Hour => MOST_DAYS_BY_HOUR,
            Step::Day => MOST_DAYS_BY_DAY,
            Step::Month | Step::Year | Step::Reading => MOST_DAYS,
        };
        let days = number_of(to) - number_of(from) + 1;
        if (1..=most).contains(&days) { Ok(Self { from, to, step }) } else { Err(wrong("to")) }
    }

    fn days(&self) -> (i64, i64) {
        (number_of(self.from), number_of(self.to))
    }

    /// The first second, and the first after the last.
    fn instants(&self, point: &PointRecord) -> (i64, i64) {
        (midnight(self.from, point.utc_offset_s), midnight(self.to, point.utc_offset_s) + DAY_S)
    }
}

async fn by_slot(
    db: &mut AnyConnection,
    point: &PointRecord,
    ask: &Ask,
    (seconds, longest): (i64, i64),
) -> Result<Vec<Span>> {
    let measured =
        spans::slots(db, &point.id, point.utc_offset_s, (seconds, longest), ask.instants(point)).await?;
    let (first, last) = ask.days();
    let slots = DAY_S / seconds;
    Ok(every(first * slots..(last + 1) * slots, seconds, point, measured))
}

async fn by_day(db: &mut AnyConnection, point: &PointRecord, ask: &Ask) -> Result<Vec<Span>> {
    let (first, last) = ask.days();
    let measured = daily_use::days(db, &point.id, first, last).await?;
    Ok(every(first..last + 1, DAY_S, point, measured))
}

/// One span for each number, with what was measured in it.
fn every(
    numbers: std::ops::Range<i64>,
    seconds: i64,
    point: &PointRecord,
    measured: Vec<SpanUse>,
) -> Vec<Span> {
    let mut measured = measured.into_iter().peekable();
    let span = |number: i64| {
        let start = number * seconds - point.utc_offset_s;
        span(start, start + seconds, measured.next_if(|measured| measured.number == number).as_slice())
    };
    numbers.map(span).collect()
}

/// The first day of the calendar's span in which a day lies, and that of the next span.
type Calendar = (fn(Date) -> Date, fn(Date) -> Date);

/// Months or years that begin within the days asked for.
async fn by_calendar(
    db: &mut AnyConnection,
    point: &PointRecord,
    ask: &Ask,
    (first_of, next_of): Calendar,
) -> Result<Vec<Span>> {
    let (from, to) = ask.days();
    let last = number_of(next_of(first_of(ask.to))) - 1;
    let measured = daily_use::days(db, &point.id, from, last).await?;
    let first = first_of(ask.from);
    let mut begins = if first < ask.from { next_of(first) } else { first };
    let mut found = Vec::new();
    while number_of(begins) <= to {
        let next = next_of(begins);
        let inside = |day: &&SpanUse| (number_of(begins)..number_of(next)).contains(&day.number);
        let days: Vec<SpanUse> = measured.iter().filter(inside).copied().collect();
        found.push(span(midnight(begins, point.utc_offset_s), midnight(next, point.utc_offset_s), &days));
        begins = next;
    }
    Ok(found)
}

/// From each reading to the next (BIL-3).
async fn by_reading(db: &mut AnyConnection, point: &PointRecord, ask: &Ask) -> Result<Vec<Span>> {
    let read = |span: ReadSpan| Span {
        start: span.from.at,
        end: span.to.at,
        usage: Some(span.usage),
        quality: span.to.quality,
    };
    Ok(read_spans(db, point, ask.instants(point)).await?.into_iter().map(read).collect())
}

fn span(start: i64, end: i64, measured: &[SpanUse]) -> Span {
    let estimated = measured.iter().any(|part| part.estimated);
    let sum = measured.iter().map(|part| part.usage).sum();
    let usage = (!measured.is_empty()).then_some(Number::from_millionths(sum));
    Span { start, end, usage, quality: if estimated { Quality::Estimated } else { Quality::Actual } }
}
