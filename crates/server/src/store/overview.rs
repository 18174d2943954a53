//! What the Overview asks, in one statement: each is a way to the database's thread and back, and this is the request
//! that everybody makes.

use std::sync::LazyLock;

use api::accounts::{Meter, Reading, ServicePointId};
use api::bills::BillSummary;
use billing::number::Number;
use sqlx::AnyConnection;

use super::accounts::{self, ACCOUNT, AccountRecord, Asked, IN_SESSION, InSession, PointRecord};
use super::bills;
use super::daily_use;
use super::intervals::Interval;
use super::packed::{self, Packed};
use super::spans::SpanUse;
use super::{Result, StoreError};
use crate::calendar::{date_of, day_number};

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

/// All that the Overview shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whose.
    pub account: AccountRecord,
    /// Owed on this account, in minor units.
    pub due: i64,
    /// Alerts of this account that were not yet seen.
    pub unseen: u32,
    /// Alerts of all accounts of the holder that were not yet seen.
    pub waiting: u32,
    /// The newest bills, newest first.
    pub bills: Vec<BillSummary>,
    /// The service points, electricity first.
    pub points: Vec<PointNow>,
}

const NEWEST_BILLS: i64 = 6;

static STATEMENT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {}, ({}), {}, {} {IN_SESSION}",
        packed::row(ACCOUNT),
        sums_as_text(),
        packed::rows(&bills::newest_as_text("a.id", NEWEST_BILLS)),
        packed::rows(&points_as_text()),
    )
});

/// What is known of the account that is asked for, if the session's holder has it: of its points the `days` to today.
///
/// # Errors
/// What the database reports.
pub async fn find_in_session(db: &mut AnyConnection, asked: &Asked, days: i64) -> Result<InSession<Known>> {
    let row: Option<Row> = sqlx::query_as(STATEMENT.as_str())
        .bind(asked.token_hash.clone())
        .bind(asked.now)
        .bind(asked.account.0.clone())
        .bind(days)
        .fetch_optional(db)
        .await?;
    row.map(|row| read(&row, asked.now, days)).transpose()
}

/// What is owed on account `a`; its own alerts and all of its holder's that were not yet seen.
fn sums_as_text() -> String {
    let due =
        "coalesce((select sum(amount) from ledger_balance where account = a.id and book = 'receivable'), 0)";
    let sums = packed::row(&[due, "count(case when c.id = a.id then 1 end)", "count(*)"]);
    format!(
        "select {sums} as text from account c join alert n on n.account = c.id \
         where c.holder = a.holder and not exists (select 1 from alert_seen s where s.alert = n.id)"
    )
}

/// Account, sums, bills and points.
type Row = (String, String, Option<String>, Option<String>);

fn read((account, sums, bills, points): &Row, now: i64, days: i64) -> Result<Option<Known>> {
    let Some(account) = accounts::read_if_held(account)? else { return Ok(None) };
    let today =
        date_of(day_number(now, account.utc_offset_s)).ok_or(StoreError::Damaged("account's offset"))?;
    let mut sums = Packed::new(sums, "account's sums");
    let (due, unseen, waiting) = (sums.number()?, sums.number()?, sums.number()?);
    let bills =
        packed::rows_of(bills.as_deref()).map(|row| bills::read(row, today)).collect::<Result<_>>()?;
    let first_day = day_number(now, account.utc_offset_s) - days + 1;
    let points = packed::rows_of(points.as_deref()).map(|row| read_point(row, &account, first_day));
    let mut points = points.collect::<Result<Vec<_>>>()?;
    points.dedup_by(|older, newest| older.point.id == newest.point.id);
    Ok(Some(Known { account, due, unseen, waiting, bills, points }))
}

const NEWEST_READING: &str = "(select r.at || ' ' || r.register || ' ' || r.quality from reading r \
     where r.meter = m.number order by r.at desc limit 1)";
const NEWEST_INTERVAL: &str = "(select i.start || ' ' || i.seconds || ' ' || i.usage || ' ' || i.quality from interval i \
     where i.service_point = s.id order by i.start desc limit 1)";

/// The statement that gives a text for each meter of the points of facility `f`, electricity first and of a point's meters
/// the newest, with the rows that hold its `$4` days to `$2`, now.
fn points_as_text() -> String {
    let days = daily_use::rows_since("s.id", "($2 + f.utc_offset_s) / 86400 - $4 + 1");
    let days = format!("({days})");
    let point = ["s.id", "s.commodity", "s.unit", "s.tariff", "s.breaker_amps"];
    let meter = ["m.number", "m.kind", "m.multiplier", "m.digits"];
    let columns = [&point[..], &meter, &[NEWEST_READING, NEWEST_INTERVAL, &days]].concat();
    format!(
        "select {} as text from service_point s \
         join meter m on m.service_point = s.id where s.facility = f.id order by s.commodity, s.id, m.fitted_at desc",
        packed::row(&columns),
    )
}

fn read_point(row: &str, account: &AccountRecord, first_day: i64) -> Result<PointNow> {
    let mut row = Packed::new(row, "service point");
    let id = ServicePointId(row.text()?.to_owned());
    let (commodity, unit, tariff) = (row.word()?, row.text()?.to_owned(), row.text()?.to_owned());
    let breaker_amps = row.number_if_any()?;
    let (number, kind) = (row.text()?.to_owned(), row.word()?);
    let meter = Meter { number, kind, multiplier: Number::from_millionths(row.number()?) };
    let digits = row.number_if_any()?;
    let (account, utc_offset_s) = (account.summary.id.clone(), account.utc_offset_s);
    Ok(PointNow {
        point: PointRecord {
            id,
            account,
            commodity,
            unit,
            tariff,
            breaker_amps,
            meter,
            digits,
            utc_offset_s,
        },
        reading: row.text_if_any()?.map(read_reading).transpose()?,
        interval: row.text_if_any()?.map(read_interval).transpose()?,
        days: daily_use::read(row.text()?, first_day)?,
    })
}

fn read_reading(text: &str) -> Result<Reading> {
    let mut row = Packed::by(' ', text, "reading");
    let (at, register) = (row.number()?, Number::from_millionths(row.number()?));
    Ok(Reading { at, register, quality: row.word()? })
}

fn read_interval(text: &str) -> Result<Interval> {
    let mut row = Packed::by(' ', text, "interval");
    Ok(Interval { start: row.number()?, seconds: row.number()?, usage: row.number()?, quality: row.word()? })
}
