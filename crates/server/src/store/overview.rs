//! What the Overview asks, in as few statements as it can be: each is a way to the database and back, and this is the
//! request that everybody makes.

use api::accounts::{AccountId, Reading};
use billing::number::Number;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::accounts::{AccountRecord, PointRecord, read_point};
use super::intervals::Interval;
use super::spans::{DAYS_AS_TEXT, SpanUse, read_days};
use super::text::value;
use super::{Result, StoreError};

/// A service point with the newest that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointNow {
    /// Which.
    pub point: PointRecord,
    /// What its register showed last.
    pub reading: Option<Reading>,
    /// What its meter reported last.
    pub interval: Option<Interval>,
    /// Its days, in order.
    pub days: Vec<SpanUse>,
}

/// The service points of an account, electricity first, with their days from number `first_day` on.
///
/// # Errors
/// What the database reports.
pub async fn points(
    db: &mut AnyConnection,
    account: &AccountRecord,
    first_day: i64,
) -> Result<Vec<PointNow>> {
    let sql = format!(
        "select s.id, s.commodity, s.unit, s.tariff, s.breaker_amps, m.number, m.kind, m.multiplier, m.digits, \
         r.at, r.register, r.quality, i.start, cast(i.seconds as text) || ' ' || cast(i.usage as text), i.quality, \
         (select {DAYS_AS_TEXT} from day_use d where d.service_point = s.id and d.day >= $2) \
         from service_point s join facility f on f.id = s.facility join meter m on m.service_point = s.id \
         left join reading r on r.meter = m.number and r.at = (select max(at) from reading where meter = m.number) \
         left join interval i on i.service_point = s.id \
         and i.start = (select max(start) from interval where service_point = s.id) \
         where f.account = $1 order by s.commodity, s.id, m.fitted_at desc"
    );
    let id = &account.summary.id;
    let rows: Vec<Row> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(id.0.clone()).bind(first_day).fetch_all(db).await?;
    let mut points = rows.into_iter().map(|row| read(row, account)).collect::<Result<Vec<_>>>()?;
    points.dedup_by(|older, newest| older.point.id == newest.point.id);
    Ok(points)
}

/// What is owed, and what was not yet seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// On this account, in minor units.
    pub due: i64,
    /// Alerts of this account.
    pub unseen: u32,
    /// Alerts of all accounts of the holder.
    pub waiting: u32,
}

/// The account's sums.
///
/// # Errors
/// What the database reports.
pub async fn sums(db: &mut AnyConnection, account: &AccountRecord) -> Result<Sums> {
    let sql = "select cast(coalesce((select sum(amount) from ledger_balance where account = $2 and book = 'receivable'), 0) \
               as bigint), count(case when c.id = $2 then 1 end), count(*) from account c \
               join alert a on a.account = c.id \
               where c.holder = $1 and not exists (select 1 from alert_seen s where s.alert = a.id)";
    let AccountId(id) = &account.summary.id;
    let (due, own, all): (i64, i64, i64) =
        sqlx::query_as(sql).bind(account.holder.clone()).bind(id.clone()).fetch_one(db).await?;
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Sums { due, unseen: count(own), waiting: count(all) })
}

/// A point and its meter, its newest reading, its newest interval and its days.
type Row = (
    String,
    String,
    String,
    String,
    Option<i64>,
    String,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<String>,
);

fn read(row: Row, account: &AccountRecord) -> Result<PointNow> {
    let (id, commodity, unit, tariff, breaker, number, kind, multiplier, digits, ..) = row;
    let (.., at, register, shown, start, measured, quality, days) = row;
    let (of, offset) = (account.summary.id.0.clone(), account.utc_offset_s);
    let point = (id, of, commodity, unit, tariff, breaker, number, kind, multiplier, digits, offset);
    let reading: Option<Result<_>> = at.zip(register).zip(shown).map(|((at, register), quality)| {
        let register = Number::from_millionths(register);
        Ok(Reading { at, register, quality: value(quality, "reading quality")? })
    });
    let interval: Option<Result<_>> = start.zip(measured).zip(quality).map(|((start, measured), quality)| {
        let (seconds, usage) = measured.split_once(' ').ok_or(StoreError::Damaged("interval"))?;
        Ok(Interval {
            start,
            seconds: seconds.parse().map_err(|_| StoreError::Damaged("interval's length"))?,
            usage: usage.parse().map_err(|_| StoreError::Damaged("interval's use"))?,
            quality: value(quality, "interval quality")?,
        })
    });
    Ok(PointNow {
        point: read_point(point)?,
        reading: reading.transpose()?,
        interval: interval.transpose()?,
        days: read_days(&days.unwrap_or_default())?,
    })
}
