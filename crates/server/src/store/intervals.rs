//! What digital meters measured in spans: adding them, and asking for the newest.

mod add;

use api::accounts::{Quality, ServicePointId};
use sqlx::AnyConnection;

pub(super) use add::take_numbers;
pub use add::{Part, Standing, add, add_all};

use super::text::value;
use super::{Result, settings};

/// Use in a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First second.
    pub start: i64,
    /// Length, above zero.
    pub seconds: u32,
    /// Millionths of the unit, not negative.
    pub usage: i64,
    /// How it came about.
    pub quality: Quality,
}

impl Interval {
    /// The first second after it.
    #[must_use]
    pub fn end(&self) -> i64 {
        self.start.saturating_add(i64::from(self.seconds))
    }
}

/// How intervals come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The head-end reports them as they happen: they are numbered, for those who follow.
    HeadEnd,
    /// They are read from a file: nobody follows the past.
    File,
}

/// An interval with its place in the order in which intervals arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Rises with every interval that the head-end reports; 0 for one from a file.
    pub sequence: i64,
    /// Where.
    pub service_point: ServicePointId,
    /// What arrived.
    pub interval: Interval,
}

/// The newest interval of a service point.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, point: &ServicePointId) -> Result<Option<Arrival>> {
    let sql = "select sequence, service_point, start, seconds, usage, quality from interval \
               where service_point = $1 order by start desc limit 1";
    let row: Option<Row> = sqlx::query_as(sql).bind(point.0.clone()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The number of the newest interval that the head-end reported for a service point; 0 if it never did.
///
/// # Errors
/// What the database reports.
pub async fn newest_sequence(db: &mut AnyConnection, point: &ServicePointId) -> Result<i64> {
    let sql = "select coalesce(max(sequence), 0) from interval where service_point = $1";
    let (sequence,): (i64,) = sqlx::query_as(sql).bind(point.0.clone()).fetch_one(db).await?;
    Ok(sequence)
}

/// The newest number that was taken by what is in the record for good.
///
/// # Errors
/// What the database reports.
pub async fn newest_number(db: &mut AnyConnection) -> Result<i64> {
    Ok(settings::find(db, "interval_sequence").await?.unwrap_or(0))
}

/// The first `most` intervals of a service point that arrived after number `sequence`, in order of arrival.
///
/// # Errors
/// What the database reports.
pub async fn after(
    db: &mut AnyConnection,
    point: &ServicePointId,
    sequence: i64,
    most: i64,
) -> Result<Vec<Arrival>> {
    let sql = "select sequence, service_point, start, seconds, usage, quality from interval \
               where service_point = $1 and sequence > $2 order by sequence limit $3";
    let rows: Vec<Row> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(sequence).bind(most).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The first `most` intervals that begin after `after` and before `to`, in order of time.
///
/// # Errors
/// What the database reports.
pub async fn between(
    db: &mut AnyConnection,
    point: &ServicePointId,
    after: i64,
    to: i64,
    most: i64,
) -> Result<Vec<Interval>> {
    let sql = "select sequence, service_point, start, seconds, usage, quality from interval \
               where service_point = $1 and start > $2 and start < $3 order by start limit $4";
    let rows: Vec<Row> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(after).bind(to).bind(most).fetch_all(db).await?;
    rows.into_iter().map(|row| read(row).map(|arrival| arrival.interval)).collect()
}

type Row = (i64, String, i64, i64, i64, String);

fn read((sequence, point, start, seconds, usage, quality): Row) -> Result<Arrival> {
    let seconds = u32::try_from(seconds).map_err(|_| super::StoreError::Damaged("interval"))?;
    let interval = Interval { start, seconds, usage, quality: value(quality, "interval quality")? };
    Ok(Arrival { sequence, service_point: ServicePointId(point), interval })
}
