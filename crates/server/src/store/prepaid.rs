//! Prepaid supply: requests to switch, and top-ups.

use api::accounts::{AccountId, ServicePointId};
use api::prepaid::{SwitchRequest, SwitchState, TopUp};
use billing::credit::prepaid_switch::WayOfPaying;
use billing::money::{Currency, Money};
use billing::period::date_text;
use sqlx::AnyConnection;
use time::Date;

use super::text::{day, document, value, word};
use super::{Result, StoreError};

/// The way in which a service point is paid for on a day, and since when; none where it never was switched.
///
/// # Errors
/// What the database reports.
pub async fn way(
    db: &mut AnyConnection,
    point: &ServicePointId,
    on: Date,
) -> Result<Option<(WayOfPaying, Date)>> {
    let sql = "select s.way, e.holds_from from prepaid_switch s join prepaid_switch_end e on e.prepaid_switch = s.id \
               where s.service_point = $1 and e.outcome = 'done' and e.holds_from <= $2 \
               order by e.holds_from desc, s.asked_at desc limit 1";
    let row: Option<(String, String)> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(date_text(on)).fetch_optional(db).await?;
    row.map(|(way, from)| Ok((value(way, "way of paying")?, day(&from)?.0))).transpose()
}

/// Those of an account's service points that were ever switched: of most accounts none.
///
/// # Errors
/// What the database reports.
pub async fn switched(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<ServicePointId>> {
    let sql = "select distinct p.id from facility f join service_point p on p.facility = f.id \
               join prepaid_switch s on s.service_point = p.id where f.account = $1";
    let rows: Vec<(String,)> = sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(point,)| ServicePointId(point)).collect())
}

/// Waits until nobody else asks for this service point, until the end of the transaction.
///
/// # Errors
/// What the database reports.
pub async fn lock(db: &mut AnyConnection, point: &ServicePointId) -> Result<()> {
    sqlx::query("update service_point set unit = unit where id = $1")
        .bind(point.0.clone())
        .execute(db)
        .await?;
    Ok(())
}

/// The request of that name, if it was made.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
) -> Result<Option<SwitchRequest>> {
    let sql = "select s.id, s.way, s.asked_at, s.reasons, e.outcome, e.holds_from from prepaid_switch s \
               left join prepaid_switch_end e on e.prepaid_switch = s.id \
               where s.service_point = $1 and s.request_id = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The newest request of a service point.
///
/// # Errors
/// What the database reports.
pub async fn newest_request(db: &mut AnyConnection, point: &ServicePointId) -> Result<Option<SwitchRequest>> {
    let sql = "select s.id, s.way, s.asked_at, s.reasons, e.outcome, e.holds_from from prepaid_switch s \
               left join prepaid_switch_end e on e.prepaid_switch = s.id \
               where s.service_point = $1 order by s.asked_at desc, s.id desc limit 1";
    let row: Option<Row> = sqlx::query_as(sql).bind(point.0.clone()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// Adds a request.
///
/// # Errors
/// What the database reports; the service point has a request of that name.
pub async fn add_request(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
    request: &SwitchRequest,
) -> Result<()> {
    let reasons =
        serde_json::to_string(&request.reasons).map_err(|_| StoreError::Damaged("reasons of a request"))?;
    let sql = "insert into prepaid_switch (id, service_point, request_id, way, asked_at, reasons) \
               values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(request.id.clone())
        .bind(point.0.clone())
        .bind(request_id.to_owned())
        .bind(word(&request.to))
        .bind(request.asked_at)
        .bind(reasons)
        .execute(db)
        .await?;
    Ok(())
}

/// Adds what became of a request, once; false if that is known, or no request has that id.
///
/// # Errors
/// What the database reports.
pub async fn add_end(
    db: &mut AnyConnection,
    id: &str,
    outcome: SwitchState,
    holds_from: Option<Date>,
    at: i64,
) -> Result<bool> {
    let sql = "insert into prepaid_switch_end (prepaid_switch, outcome, holds_from, at) \
               select s.id, $2, $3, $4 from prepaid_switch s where s.id = $1 on conflict do nothing";
    let done = sqlx::query(sql)
        .bind(id.to_owned())
        .bind(word(&outcome))
        .bind(holds_from.map(date_text))
        .bind(at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The top-ups of a service point from `from` on, newest first.
///
/// # Errors
/// What the database reports.
pub async fn top_ups(
    db: &mut AnyConnection,
    point: &ServicePointId,
    from: i64,
    currency: Currency,
) -> Result<Vec<TopUp>> {
    let sql = "select e.about, e.at, -l.amount from facility f join service_point s on s.facility = f.id \
               join ledger_entry e on e.account = f.account and e.kind = 'top-up' and e.at >= $2 \
               join ledger_leg l on l.entry = e.id and l.book = 'prepaid' and l.item = s.id \
               where s.id = $1 order by e.at desc, e.id desc";
    let rows: Vec<(String, i64, i64)> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(from).fetch_all(db).await?;
    let read = |(id, at, amount): (String, i64, i64)| TopUp {
        id,
        at,
        amount: Money::from_minor(i128::from(amount), currency).to_string(),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The id, way, time, reasons, outcome and first day.
type Row = (String, String, i64, String, Option<String>, Option<String>);

fn read((id, way, asked_at, reasons, outcome, holds_from): Row) -> Result<SwitchRequest> {
    Ok(SwitchRequest {
        id,
        to: value(way, "way of paying")?,
        asked_at,
        state: match outcome {
            Some(outcome) => value(outcome, "outcome of a switch")?,
            None => SwitchState::Asked,
        },
        holds_from: holds_from.map(|from| day(&from)).transpose()?,
        reasons: document(&reasons, "reasons of a request")?,
    })
}
