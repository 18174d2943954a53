//! Use in spans: hours, days, months, or from reading to reading.

use api::accounts::{Quality, ServicePointId};
use api::consumption::{Consumption, Span, Step};
use api::problem::ApiError;
use axum::Json;
use axum::extract::State;
use billing::error::Refusal;
use billing::number::Number;
use sqlx::AnyConnection;
use time::Date;

use super::path::{PathParts, QueryParts};
use crate::actions::measure::{consistent, used};
use crate::auth::HolderAccount;
use crate::calendar::{DAY_S, first_of_month, midnight, next_month, number_of};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::spans::SpanUse;
use crate::store::{readings, spans};

const HOUR_S: i64 = 3600;
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
        Step::Hour => by_hour(&mut db, &point, &ask).await?,
        Step::Day => by_day(&mut db, &point, &ask).await?,
        Step::Month => by_month(&mut db, &point, &ask).await?,
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
        let steps = [Step::Hour, Step::Day, Step::Month, Step::Reading];
        let step = steps.into_iter().find(|known| known.code() == step).ok_or_else(|| wrong("step"))?;
        let most = match step {
            Step::Hour => MOST_DAYS_BY_HOUR,
            Step::Day => MOST_DAYS_BY_DAY,
            Step::Month | Step::Reading => MOST_DAYS,
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

async fn by_hour(db: &mut AnyConnection, point: &PointRecord, ask: &Ask) -> Result<Vec<Span>> {
    let (from, to) = ask.instants(point);
    let measured = spans::hours(db, &point.id, point.utc_offset_s, from, to).await?;
    let (first, last) = ask.days();
    let hours = DAY_S / HOUR_S;
    Ok(every(first * hours..(last + 1) * hours, HOUR_S, point, measured))
}

async fn by_day(db: &mut AnyConnection, point: &PointRecord, ask: &Ask) -> Result<Vec<Span>> {
    let (first, last) = ask.days();
    let measured = spans::days(db, &point.id, first, last).await?;
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

/// Months that begin within the days asked for.
async fn by_month(db: &mut AnyConnection, point: &PointRecord, ask: &Ask) -> Result<Vec<Span>> {
    let (from, to) = ask.days();
    let last = number_of(next_month(first_of_month(ask.to))) - 1;
    let measured = spans::days(db, &point.id, from, last).await?;
    let first = first_of_month(ask.from);
    let mut begins = if first < ask.from { next_month(first) } else { first };
    let mut months = Vec::new();
    while number_of(begins) <= to {
        let next = next_month(begins);
        let inside = |day: &&SpanUse| (number_of(begins)..number_of(next)).contains(&day.number);
        let days: Vec<SpanUse> = measured.iter().filter(inside).copied().collect();
        months.push(span(midnight(begins, point.utc_offset_s), midnight(next, point.utc_offset_s), &days));
        begins = next;
    }
    Ok(months)
}

/// From each reading to the next (BIL-3); both ends are real, so nothing is spread over days.
async fn by_reading(db: &mut AnyConnection, point: &PointRecord, ask: &Ask) -> Result<Vec<Span>> {
    let (from, to) = ask.instants(point);
    let readings = consistent(point, readings::within(db, &point.meter.number, from, to).await?);
    let pairs = readings.windows(2);
    let span = |pair: &[api::accounts::Reading]| -> Result<Span, Refusal> {
        let usage = used(point, pair[0].register, pair[1].register)?;
        Ok(Span { start: pair[0].at, end: pair[1].at, usage: Some(usage), quality: pair[1].quality })
    };
    Ok(pairs.map(span).collect::<Result<_, _>>()?)
}

fn span(start: i64, end: i64, measured: &[SpanUse]) -> Span {
    let estimated = measured.iter().any(|part| part.estimated);
    let sum = measured.iter().map(|part| part.usage).sum();
    let usage = (!measured.is_empty()).then_some(Number::from_millionths(sum));
    Span { start, end, usage, quality: if estimated { Quality::Estimated } else { Quality::Actual } }
}
