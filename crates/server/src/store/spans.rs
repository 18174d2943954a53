//! Use added up: by slots of a day, between two instants.

use api::accounts::ServicePointId;
use sqlx::AnyConnection;

use super::Result;

/// Use of one slot or day that holds at least one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanUse {
    /// Slots or days since 1970-01-01, local.
    pub number: i64,
    /// Millionths of the unit.
    pub usage: i64,
    /// Whether part of it was estimated.
    pub estimated: bool,
}

/// Use by local slots of `seconds`, such as hours, of the intervals that begin from `from` to before `to`, in order. An
/// interval belongs to the slot in which it begins; one that is longer than `longest` to none.
///
/// # Errors
/// What the database reports.
pub async fn slots(
    db: &mut AnyConnection,
    point: &ServicePointId,
    utc_offset_s: i64,
    (seconds, longest): (i64, i64),
    (from, to): (i64, i64),
) -> Result<Vec<SpanUse>> {
    let sql = "select (start + $4) / $5 as slot, cast(sum(usage) as bigint), \
               cast(sum(case when quality = 'estimated' then 1 else 0 end) as bigint) from interval \
               where service_point = $1 and start >= $2 and start < $3 and seconds <= $6 \
               group by (start + $4) / $5 order by 1";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(point.0.clone())
        .bind(from)
        .bind(to)
        .bind(utc_offset_s)
        .bind(seconds)
        .bind(longest)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The length of the longest interval that begins from `from` to before `to`; none where there is none.
///
/// # Errors
/// What the database reports.
pub async fn longest(
    db: &mut AnyConnection,
    point: &ServicePointId,
    from: i64,
    to: i64,
) -> Result<Option<i64>> {
    let sql = "select coalesce(max(seconds), 0) from interval \
               where service_point = $1 and start >= $2 and start < $3";
    let (longest,): (i64,) =
        sqlx::query_as(sql).bind(point.0.clone()).bind(from).bind(to).fetch_one(db).await?;
    Ok((longest > 0).then_some(longest))
}

/// The sum of the intervals that begin from `from` to `to`, both included.
///
/// # Errors
/// What the database reports.
pub async fn sum_of_intervals(
    db: &mut AnyConnection,
    point: &ServicePointId,
    from: i64,
    to: i64,
) -> Result<i64> {
    let sql = "select cast(coalesce(sum(usage), 0) as bigint) from interval \
               where service_point = $1 and start >= $2 and start <= $3";
    let (sum,): (i64,) = sqlx::query_as(sql).bind(point.0.clone()).bind(from).bind(to).fetch_one(db).await?;
    Ok(sum)
}

/// The use from `from` to `to`, and whether part of it was estimated; none where the intervals do not cover all of it.
///
/// # Errors
/// What the database reports.
pub async fn whole(
    db: &mut AnyConnection,
    point: &ServicePointId,
    from: i64,
    to: i64,
) -> Result<Option<(i64, bool)>> {
    let sql = "select cast(coalesce(sum(usage), 0) as bigint), cast(coalesce(sum(seconds), 0) as bigint), \
               cast(coalesce(sum(case when quality = 'estimated' then 1 else 0 end), 0) as bigint) from interval \
               where service_point = $1 and start >= $2 and start + seconds <= $3";
    let row: Row = sqlx::query_as(sql).bind(point.0.clone()).bind(from).bind(to).fetch_one(db).await?;
    let (usage, seconds, estimated) = row;
    Ok((seconds == to - from).then_some((usage, estimated > 0)))
}

type Row = (i64, i64, i64);

fn read((number, usage, estimated): Row) -> SpanUse {
    SpanUse { number, usage, estimated: estimated > 0 }
}
