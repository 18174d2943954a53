//! Meters that were taken away, and those that took their place (BIL-3). Added, never changed.

use api::accounts::{Quality, Reading, ServicePointId};
use billing::number::Number;
use sqlx::AnyConnection;

use super::accounts::{MeterRecord, add_meter, read_meter};
use super::{Result, readings};

/// An exchange as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRecord {
    /// When.
    pub at: i64,
    /// The meter that was taken away.
    pub taken: MeterRecord,
    /// What it showed then.
    pub last: Number,
    /// The meter that was fitted.
    pub fitted: MeterRecord,
    /// What it showed then.
    pub first: Number,
}

/// Adds an exchange: the new meter, what both registers showed, and that it reports to whom the old one did.
///
/// # Errors
/// What the database reports; a meter of the new number exists, or the old one was taken away before.
pub async fn add(
    db: &mut AnyConnection,
    point: &ServicePointId,
    exchange: &ExchangeRecord,
    recorded_at: i64,
) -> Result<()> {
    let ExchangeRecord { at, taken, last, fitted, first } = exchange;
    let number = &fitted.meter.number;
    add_meter(&mut *db, point, fitted, *at).await?;
    for (meter, register) in [(&taken.meter.number, last), (number, first)] {
        let reading = Reading { at: *at, register: *register, quality: Quality::Actual };
        readings::add(db, meter, &reading).await?;
    }
    // Otherwise the word of any head-end would be taken of it.
    let sql = "insert into meter_head_end (meter, head_end) select $1, head_end from meter_head_end where meter = $2";
    sqlx::query(sql).bind(number.clone()).bind(taken.meter.number.clone()).execute(&mut *db).await?;
    let sql = "insert into meter_exchange (old_meter, new_meter, service_point, at, recorded_at) values ($1, $2, $3, $4, $5)";
    sqlx::query(sql)
        .bind(taken.meter.number.clone())
        .bind(number.clone())
        .bind(point.0.clone())
        .bind(*at)
        .bind(recorded_at)
        .execute(db)
        .await?;
    Ok(())
}

/// All exchanges of a service point, oldest first.
///
/// # Errors
/// What the database reports.
pub async fn of_point(db: &mut AnyConnection, point: &ServicePointId) -> Result<Vec<ExchangeRecord>> {
    let sql = "select e.at, o.number, o.kind, o.multiplier, o.digits, l.register, \
               n.number, n.kind, n.multiplier, n.digits, f.register \
               from meter_exchange e join meter o on o.number = e.old_meter join meter n on n.number = e.new_meter \
               join reading l on l.meter = o.number and l.at = e.at \
               join reading f on f.meter = n.number and f.at = e.at \
               where e.service_point = $1 order by e.at";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(point.0.clone()).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// When; then either meter with what it showed.
type Row = (i64, String, String, i64, Option<i64>, i64, String, String, i64, Option<i64>, i64);

fn read(row: Row) -> Result<ExchangeRecord> {
    let (at, old, old_kind, old_multiplier, old_digits, last, new, kind, multiplier, digits, first) = row;
    Ok(ExchangeRecord {
        at,
        taken: read_meter((old, old_kind, old_multiplier, old_digits))?,
        last: Number::from_millionths(last),
        fitted: read_meter((new, kind, multiplier, digits))?,
        first: Number::from_millionths(first),
    })
}
