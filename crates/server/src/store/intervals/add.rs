//! Adding intervals: what is new among them, of many service points in a few statements.

use std::collections::BTreeMap;

use api::accounts::{Quality, ServicePointId};
use api::readings::ReadingsKept;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{Interval, Origin};
use crate::calendar::day_number;
use crate::store::Result;
use crate::store::daily_use::Added;
use crate::store::spans::SpanUse;
use crate::store::text::{ROWS_AT_ONCE, placeholders, word};

/// Intervals of one service point.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where.
    pub point: ServicePointId,
    /// Seconds that local time is ahead of UTC there.
    pub utc_offset_s: i64,
    /// In any order.
    pub intervals: Vec<Interval>,
}

/// What became of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is in the record now.
    New {
        /// So many seconds before it are missing, where an earlier one is known; else 0.
        gap_s: i64,
    },
    /// It was in the record.
    Repeated,
    /// Another one holds its time, or part of it.
    Conflicting,
}

/// Adds what is new among `intervals`. An interval that is known, or overlaps a known or an earlier one, is counted and
/// left out.
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
    let part = Part { point: point.clone(), utc_offset_s, intervals: intervals.to_vec() };
    let mut kept = ReadingsKept::default();
    for standing in add_all(db, &[part], origin).await?.into_iter().flatten() {
        match standing {
            Standing::New { .. } => kept.added += 1,
            Standing::Repeated => kept.repeated += 1,
            Standing::Conflicting => kept.conflicting += 1,
        }
    }
    Ok(kept)
}

/// Adds what is new among the intervals of several service points, each of which is named once; gives what became of
/// each, as they were given.
///
/// # Errors
/// What the database reports; the caller rolls back.
pub async fn add_all(db: &mut AnyConnection, parts: &[Part], origin: Origin) -> Result<Vec<Vec<Standing>>> {
    let step = i64::from(origin == Origin::HeadEnd);
    let count: usize = parts.iter().map(|part| part.intervals.len()).sum();
    // Taking numbers locks that row until the end of the transaction: nobody adds between the look and the insert.
    let mut sequence = take_numbers(db, step * i64::try_from(count).unwrap_or(i64::MAX)).await? * step;
    let mut known = known_around(db, parts).await?;
    let mut new = Vec::new();
    let mut standings = Vec::with_capacity(parts.len());
    for part in parts {
        let known = known.entry(&part.point.0).or_default();
        let mut of_part = Vec::with_capacity(part.intervals.len());
        for interval in &part.intervals {
            let standing = standing(known, interval);
            if let Standing::New { .. } = standing {
                known.insert(interval.start, (interval.end(), interval.usage));
                new.push((&part.point, sequence, *interval));
                sequence += step;
            }
            of_part.push(standing);
        }
        tell_gaps(known, &part.intervals, &mut of_part);
        standings.push(of_part);
    }
    insert(db, &new).await?;
    days(parts, &new).write(db).await?;
    Ok(standings)
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
        Standing::New { gap_s: 0 }
    }
}

/// Once all are in, so that the order in which they were given makes no gap.
fn tell_gaps(known: &Known, intervals: &[Interval], standings: &mut [Standing]) {
    for (interval, standing) in intervals.iter().zip(standings) {
        if let Standing::New { gap_s } = standing {
            let before = known.range(..interval.start).next_back();
            *gap_s = before.map_or(0, |(_, (end, _))| interval.start - end);
        }
    }
}

/// Gives the first of `count` numbers that nobody else gets.
pub(in crate::store) async fn take_numbers(db: &mut AnyConnection, count: i64) -> Result<i64> {
    let sql = "update setting set value = value + $1 where name = 'interval_sequence' returning value";
    let (last,): (i64,) = sqlx::query_as(sql).bind(count).fetch_one(db).await?;
    Ok(last - count + 1)
}

/// What is known of each service point within the time of its part, and just before.
async fn known_around<'a>(db: &mut AnyConnection, parts: &'a [Part]) -> Result<BTreeMap<&'a str, Known>> {
    let mut known: BTreeMap<&str, Known> =
        parts.iter().map(|part| (part.point.0.as_str(), Known::new())).collect();
    let spans: Vec<_> = parts.iter().filter_map(span).collect();
    for spans in spans.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "with asked (point, begins, ends) as (values {}) \
             select i.service_point, i.start, i.seconds, i.usage from asked join interval i \
             on i.service_point = asked.point and i.start < asked.ends and i.start >= coalesce((select max(b.start) \
             from interval b where b.service_point = asked.point and b.start <= asked.begins), asked.begins)",
            placeholders(spans.len(), 3)
        );
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for (point, begins, ends) in spans {
            query = query.bind((*point).to_owned()).bind(*begins).bind(*ends);
        }
        let rows: Vec<(String, i64, i64, i64)> = query.fetch_all(&mut *db).await?;
        for (point, start, seconds, usage) in rows {
            if let Some(known) = known.get_mut(point.as_str()) {
                known.insert(start, (start + seconds, usage));
            }
        }
    }
    Ok(known)
}

fn span(part: &Part) -> Option<(&str, i64, i64)> {
    let begins = part.intervals.iter().map(|interval| interval.start).min()?;
    let ends = part.intervals.iter().map(Interval::end).max()?;
    Some((&part.point.0, begins, ends))
}

type New<'a> = (&'a ServicePointId, i64, Interval);

async fn insert(db: &mut AnyConnection, new: &[New<'_>]) -> Result<()> {
    for rows in new.chunks(ROWS_AT_ONCE) {
        let values = placeholders(rows.len(), 6);
        let sql = format!(
            "insert into interval (service_point, start, seconds, usage, quality, sequence) values {values}"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (point, sequence, interval) in rows {
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

fn days(parts: &[Part], new: &[New<'_>]) -> Added {
    let offsets: BTreeMap<&ServicePointId, i64> =
        parts.iter().map(|part| (&part.point, part.utc_offset_s)).collect();
    let mut days = Added::default();
    for (point, _, interval) in new {
        let number = day_number(interval.start, offsets.get(point).copied().unwrap_or(0));
        let estimated = interval.quality == Quality::Estimated;
        days.push(point, SpanUse { number, usage: interval.usage, estimated });
    }
    days
}
