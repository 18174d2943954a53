//! What digital meters measured in spans: adding them, and asking for the newest.

use std::collections::BTreeMap;

use api::accounts::{Quality, ServicePointId};
use api::readings::ReadingsKept;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Result;
use super::text::{value, word};
use crate::calendar::day_number;

/// Rows of one statement: enough to make the way to the database short, few enough for any database.
const ROWS_AT_ONCE: usize = 200;

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

/// Adds what is new among `intervals`. An interval that is known, or overlaps a known or an earlier one, is counted and left out.
///
/// # Errors
/// What the database reports; the caller rolls back.
pub async fn add(
    db: &mut AnyConnection,
    point: &ServicePointId,
    utc_offset_s: i64,
    intervals: &[Interval],
    origin: Origin,
) -> Result<ReadingsKept> {
    let Some(first) = intervals.iter().map(|i| i.start).min() else {
        return Ok(ReadingsKept::default());
    };
    let end = intervals.iter().map(Interval::end).max().unwrap_or(first);
    let step = i64::from(origin == Origin::HeadEnd);
    // Taking numbers locks that row until the end of the transaction: nobody adds between the look and the insert.
    let mut sequence = take_numbers(db, step * count(intervals)).await? * step;
    let mut known = known_between(db, point, first, end).await?;
    let mut kept = ReadingsKept::default();
    let mut new = Vec::new();
    for interval in intervals {
        match standing(&known, interval) {
            Standing::New => {
                known.insert(interval.start, (interval.end(), interval.usage));
                new.push((sequence, *interval));
                sequence += step;
            }
            Standing::Repeated => kept.repeated += 1,
            Standing::Conflicting => kept.conflicting += 1,
        }
    }
    kept.added = new.len() as u64;
    insert(db, point, &new).await?;
    add_day_use(db, point, utc_offset_s, &new).await?;
    Ok(kept)
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

enum Standing {
    New,
    Repeated,
    Conflicting,
}

/// Known intervals: the end and usage by start.
type Known = BTreeMap<i64, (i64, i64)>;

fn standing(known: &Known, interval: &Interval) -> Standing {
    if known.get(&interval.start) == Some(&(interval.end(), interval.usage)) {
        return Standing::Repeated;
    }
    // Known intervals never overlap, so of those that begin before this one's end only the last can reach into it.
    let before = known.range(..interval.end()).next_back();
    if before.is_some_and(|(_, (end, _))| *end > interval.start) {
        Standing::Conflicting
    } else {
        Standing::New
    }
}

fn count(intervals: &[Interval]) -> i64 {
    i64::try_from(intervals.len()).unwrap_or(i64::MAX)
}

/// Gives the first of `count` numbers that nobody else gets.
pub(super) async fn take_numbers(db: &mut AnyConnection, count: i64) -> Result<i64> {
    let sql = "update setting set value = value + $1 where name = 'interval_sequence' returning value";
    let (last,): (i64,) = sqlx::query_as(sql).bind(count).fetch_one(db).await?;
    Ok(last - count + 1)
}

async fn known_between(
    db: &mut AnyConnection,
    point: &ServicePointId,
    first: i64,
    end: i64,
) -> Result<Known> {
    let sql = "select start, seconds, usage from interval where service_point = $1 and start < $3 and start >= \
               coalesce((select max(start) from interval where service_point = $1 and start <= $2), $2)";
    let rows: Vec<(i64, i64, i64)> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(first).bind(end).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(start, seconds, usage)| (start, (start + seconds, usage))).collect())
}

async fn insert(db: &mut AnyConnection, point: &ServicePointId, new: &[(i64, Interval)]) -> Result<()> {
    for rows in new.chunks(ROWS_AT_ONCE) {
        let values = placeholders(rows.len(), 6);
        let sql = format!(
            "insert into interval (service_point, start, seconds, usage, quality, sequence) values {values}"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (sequence, interval) in rows {
            query = query
                .bind(point.0.clone())
                .bind(interval.start)
                .bind(i64::from(interval.seconds))
                .bind(interval.usage)
                .bind(word(&interval.quality))
                .bind(*sequence);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

async fn add_day_use(
    db: &mut AnyConnection,
    point: &ServicePointId,
    utc_offset_s: i64,
    new: &[(i64, Interval)],
) -> Result<()> {
    let mut days: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for (_, interval) in new {
        let day = days.entry(day_number(interval.start, utc_offset_s)).or_default();
        day.0 += interval.usage;
        day.1 += i64::from(interval.quality == Quality::Estimated);
    }
    let days: Vec<_> = days.into_iter().collect();
    for rows in days.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "insert into day_use (service_point, day, usage, estimated) values {} on conflict (service_point, day) \
             do update set usage = day_use.usage + excluded.usage, estimated = day_use.estimated + excluded.estimated",
            placeholders(rows.len(), 4)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (day, (usage, estimated)) in rows {
            query = query.bind(point.0.clone()).bind(*day).bind(*usage).bind(*estimated);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// `($1, $2), ($3, $4)` for two rows of two columns.
fn placeholders(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let names: Vec<_> = (1..=columns).map(|column| format!("${}", at * columns + column)).collect();
        format!("({})", names.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

type Row = (i64, String, i64, i64, i64, String);

fn read((sequence, point, start, seconds, usage, quality): Row) -> Result<Arrival> {
    let seconds = u32::try_from(seconds).map_err(|_| super::StoreError::Damaged("interval"))?;
    let interval = Interval { start, seconds, usage, quality: value(quality, "interval quality")? };
    Ok(Arrival { sequence, service_point: ServicePointId(point), interval })
}
