//! What was used on each civil day: the sums of the intervals that begin in it, kept by whoever adds intervals.
//!
//! A row holds 32 days. The Overview shows a year of them to everybody, and to find 365 rows costs more than all else that
//! it asks.

use std::collections::BTreeMap;

use api::accounts::ServicePointId;
use atoi::FromRadix10SignedChecked;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::spans::SpanUse;
use super::text::{ROWS_AT_ONCE, placeholders};
use super::{Result, StoreError};

/// Days of a row. Rows are numbered from 1970-01-01, as days are.
const ROW: i64 = 32;

const DAMAGED: StoreError = StoreError::Damaged("day's use");

/// The rows of `daily_use d` as one text: `number:days`, and `;` between two.
const AS_TEXT: &str = "string_agg(d.stretch || ':' || d.days, ';')";

/// The statement that gives as one text the rows of service point `point`, from that of day number `first` on.
pub(super) fn rows_since(point: &str, first: &str) -> String {
    format!(
        "select {AS_TEXT} from daily_use d where d.service_point = {point} and d.stretch >= ({first}) / {ROW}"
    )
}

/// The number of the row in which a day lies.
const fn row_of(day: i64) -> i64 {
    day.div_euclid(ROW)
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
        "select {AS_TEXT} from daily_use d where d.service_point = $1 and d.stretch >= $2 and d.stretch <= $3"
    );
    let (text,): (Option<String>,) = sqlx::query_as(AssertSqlSafe(sql))
        .bind(point.0.clone())
        .bind(row_of(first))
        .bind(row_of(last))
        .fetch_one(db)
        .await?;
    let mut days = read(&text.unwrap_or_default(), first)?;
    days.truncate(days.partition_point(|day| day.number <= last));
    Ok(days)
}

/// The sum of the civil days from number `first` to `last`.
///
/// # Errors
/// What the database reports.
pub async fn sum(db: &mut AnyConnection, point: &ServicePointId, first: i64, last: i64) -> Result<i64> {
    Ok(days(db, point, first, last).await?.iter().map(|day| day.usage).sum())
}

/// The days from number `first` on that such a text of rows holds, in order.
pub(super) fn read(text: &str, first: i64) -> Result<Vec<SpanUse>> {
    let mut rows = text
        .split(';')
        .filter(|row| !row.is_empty())
        .map(|row| {
            let (number, days) = row.split_once(':').ok_or(DAMAGED)?;
            Ok((number.parse::<i32>().map_err(|_| DAMAGED)?.into(), days))
        })
        .collect::<Result<Vec<(i64, _)>>>()?;
    rows.sort_unstable_by_key(|(number, _)| *number);
    let mut all = Vec::with_capacity(rows.len() * ROW as usize);
    for (number, days) in rows {
        read_row(number, days, |day| all.push(day))?;
    }
    all.drain(..all.partition_point(|day: &SpanUse| day.number < first));
    Ok(all)
}

/// In a row's text stands the use of each of its days up to the last that is known, with `,` between two: nothing for a
/// day of which nothing is known, and `~` behind one of which part was estimated.
fn read_row(number: i64, days: &str, mut each: impl FnMut(SpanUse)) -> Result<()> {
    let mut day = number * ROW;
    for text in days.as_bytes().split(|byte| *byte == b',') {
        let (usage, estimated) = text.strip_suffix(b"~").map_or((text, false), |usage| (usage, true));
        if !text.is_empty() {
            each(SpanUse { number: day, usage: whole_number(usage).ok_or(DAMAGED)?, estimated });
        }
        day += 1;
    }
    if day > (number + 1) * ROW { Err(DAMAGED) } else { Ok(()) }
}

/// The number that a text is, if it is one from its first sign to its last.
fn whole_number(text: &[u8]) -> Option<i64> {
    let (number, read) = i64::from_radix_10_signed_checked(text);
    number.filter(|_| read == text.len() && text.last().is_some_and(u8::is_ascii_digit))
}

/// Days of a service point by number: their use, and whether part of it was estimated.
type Days = BTreeMap<i64, (i64, bool)>;

fn add_to(days: &mut Days, day: SpanUse) {
    let known = days.entry(day.number).or_default();
    known.0 += day.usage;
    known.1 |= day.estimated;
}

fn write_row(number: i64, days: &Days) -> String {
    let days = days.range(number * ROW..(number + 1) * ROW);
    let mut text = String::new();
    let mut next = number * ROW;
    for (day, (usage, estimated)) in days {
        while next < *day {
            text.push(',');
            next += 1;
        }
        text.push_str(&usage.to_string());
        if *estimated {
            text.push('~');
        }
    }
    text
}

/// Days' use of many service points, to be added to what is known.
#[derive(Debug, Default)]
pub(super) struct Added(BTreeMap<(String, i64), Days>);

impl Added {
    /// Some use more of a day.
    pub(super) fn push(&mut self, point: &ServicePointId, day: SpanUse) {
        add_to(self.0.entry((point.0.clone(), row_of(day.number))).or_default(), day);
    }

    /// Writes them. Nobody else may add until the transaction ends.
    ///
    /// # Errors
    /// What the database reports; the caller rolls back.
    pub(super) async fn write(mut self, db: &mut AnyConnection) -> Result<()> {
        let asked: Vec<_> = self.0.keys().cloned().collect();
        for asked in asked.chunks(ROWS_AT_ONCE) {
            let known = find(db, asked).await?;
            for (point, number, days) in known {
                let added = self.0.entry((point, number)).or_default();
                read_row(number, &days, |day| add_to(added, day))?;
            }
        }
        let rows: Vec<_> = self.0.iter().collect();
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let sql = format!(
                "insert into daily_use (service_point, stretch, days) values {} \
                 on conflict (service_point, stretch) do update set days = excluded.days",
                placeholders(rows.len(), 3)
            );
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for ((point, number), days) in rows {
                query = query.bind(point.clone()).bind(*number).bind(write_row(*number, days));
            }
            query.execute(&mut *db).await?;
        }
        Ok(())
    }
}

type Row = (String, i64, String);

async fn find(db: &mut AnyConnection, asked: &[(String, i64)]) -> Result<Vec<Row>> {
    let sql = format!(
        "with asked (point, stretch) as (values {}) select d.service_point, d.stretch, d.days \
         from asked join daily_use d on d.service_point = asked.point and d.stretch = asked.stretch",
        placeholders(asked.len(), 2)
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for (point, number) in asked {
        query = query.bind(point.clone()).bind(*number);
    }
    Ok(query.fetch_all(db).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64, usage: i64, estimated: bool) -> SpanUse {
        SpanUse { number, usage, estimated }
    }

    #[test]
    fn a_row_comes_back_as_it_was_written() {
        for first in [0, 20_800, -64] {
            let all = [day(first, 0, false), day(first + 3, 5, true), day(first + 31, 9_000_000, false)];
            let mut days = Days::new();
            all.iter().for_each(|day| add_to(&mut days, *day));
            let row = row_of(first);
            let text = write_row(row, &days);
            assert_eq!(text, "0,,,5~,,,,,,,,,,,,,,,,,,,,,,,,,,,,9000000");
            assert_eq!(read(&format!("{row}:{text}"), i64::MIN).unwrap(), all);
            assert_eq!(read(&format!("{row}:{text}"), first + 4).unwrap(), all[2..]);
        }
    }

    #[test]
    fn rows_are_read_in_their_order() {
        assert_eq!(read("1:7;0:,8", 0).unwrap(), [day(1, 8, false), day(32, 7, false)]);
        assert_eq!(read("-1:7", -32).unwrap(), [day(-32, 7, false)]);
        assert_eq!(read("", 0).unwrap(), []);
    }

    #[test]
    fn a_text_that_is_none_of_ours_is_damaged() {
        let too_long = format!("0:{}", ",".repeat(32));
        for text in
            ["0", "a:1", "0:1.5", "0:-", "0:1 ", "0:~", "0:1-", "0:--1", "0:9223372036854775808", &too_long]
        {
            assert!(matches!(read(text, 0), Err(StoreError::Damaged("day's use"))), "{text}");
        }
        for usage in [i64::MIN, -10, 0, i64::MAX] {
            assert_eq!(read(&format!("0:{usage}"), 0).unwrap(), [day(0, usage, false)]);
        }
        assert!(read(&format!("0:{}", ",".repeat(31)), 0).is_ok());
    }
}
