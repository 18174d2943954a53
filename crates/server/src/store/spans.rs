//! Use added up: by slots of a day, by civil day, between two instants.

use api::accounts::ServicePointId;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{Result, StoreError};

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

/// Use by civil day, from day number `first` to `last`, in order.
///
/// # Errors
/// What the database reports.
pub async fn days(
    db: &mut AnyConnection,
    point: &ServicePointId,
    first: i64,
    last: i64,
) -> Result<Vec<SpanUse>> {
    let sql = format!(
        "select {DAYS_AS_TEXT} from day_use d where d.service_point = $1 and d.day >= $2 and d.day <= $3"
    );
    let (text,): (Option<String>,) =
        sqlx::query_as(AssertSqlSafe(sql)).bind(point.0.clone()).bind(first).bind(last).fetch_one(db).await?;
    read_days(&text.unwrap_or_default())
}

/// The days of `day_use d` as one text: a row for each of two years of them costs many times what it says. Between a day
/// and its use stands `~` where part of it was estimated.
pub(super) const DAYS_AS_TEXT: &str =
    "string_agg(d.day || case when d.estimated > 0 then '~' else ' ' end || d.usage, ',')";

/// The days that such a text holds, in order.
pub(super) fn read_days(text: &str) -> Result<Vec<SpanUse>> {
    let days = text.as_bytes().split(|byte| *byte == b',').filter(|day| !day.is_empty());
    let mut days =
        days.map(|day| read_day(day).ok_or(StoreError::Damaged("day's use"))).collect::<Result<Vec<_>>>()?;
    days.sort_unstable_by_key(|day| day.number);
    Ok(days)
}

fn read_day(day: &[u8]) -> Option<SpanUse> {
    let number = |digits| str::from_utf8(digits).ok()?.parse().ok();
    let between = day.iter().position(|byte| matches!(byte, b' ' | b'~'))?;
    Some(SpanUse {
        number: number(&day[..between])?,
        usage: number(&day[between + 1..])?,
        estimated: day[between] == b'~',
    })
}

/// The sum of the civil days from number `first` to `last`.
///
/// # Errors
/// What the database reports.
pub async fn sum_of_days(
    db: &mut AnyConnection,
    point: &ServicePointId,
    first: i64,
    last: i64,
) -> Result<i64> {
    let sql = "select cast(coalesce(sum(usage), 0) as bigint) from day_use \
               where service_point = $1 and day >= $2 and day <= $3";
    let (sum,): (i64,) =
        sqlx::query_as(sql).bind(point.0.clone()).bind(first).bind(last).fetch_one(db).await?;
    Ok(sum)
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
