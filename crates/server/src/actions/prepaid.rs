//! Prepaid supply (PRE-2): topping a credit up, and the way to prepaid and back.

use api::accounts::{Commodity, Country, MeterKind};
use api::commands::Order;
use api::prepaid::{PostPrepaidSwitch, Prepaid, PrepaidPoint, SwitchRequest, SwitchState};
use api::problem::ApiError;
use billing::credit::prepaid_switch::{
    self as rule, PrepaidSwitchAnswer, PrepaidSwitchRequest, WayOfPaying, prepaid_switch,
};
use billing::hafez;
use billing::money::Money;
use billing::number::Number;
use billing::period::Day;
use sqlx::AnyConnection;
use time::Date;
use words::codes::finding_message;

use super::credit::credit_of;
use super::issue_bill::day_of_issue;
use super::post::{Receipt, post_top_up};
use super::send_command::queue_command;
use super::take_own_reading::today;
use crate::calendar::{period_after, period_of};
use crate::error::{Error, Result};
use crate::secrets;
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::{Store, accounts, bills, prepaid as kept, receipts};

const LONGEST_REQUEST_ID: usize = 64;

/// How the electricity of an account is paid for.
///
/// # Errors
/// What the record reports.
pub async fn prepaid_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Prepaid> {
    let mut points = Vec::new();
    for point in accounts::points(db, &account.summary.id).await? {
        if point.commodity == Commodity::Electricity {
            points.push(point_of(db, account, point, now).await?);
        }
    }
    Ok(Prepaid { now, currency: account.summary.currency, points })
}

/// Asks for the other way of paying. What the rules refuse is kept with their reasons, as refused; else it waits for
/// the meter. The same request again gives the same reply.
///
/// # Errors
/// [`ApiError::ValueInvalid`] at a request without a name, or for the way that holds already or is asked for already;
/// [`ApiError::RepeatConflict`].
pub async fn ask_switch(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    point: &PointRecord,
    post: &PostPrepaidSwitch,
) -> Result<SwitchRequest> {
    if post.request_id.is_empty() || post.request_id.len() > LONGEST_REQUEST_ID {
        return Err(wrong("/request_id"));
    }
    let mut record = store.begin().await?;
    kept::lock(&mut record, &point.id).await?;
    if let Some(known) = kept::find_request(&mut record, &point.id, &post.request_id).await? {
        return if known.to == post.to { Ok(known) } else { Err(ApiError::RepeatConflict.into()) };
    }
    let (way, since) = way_now(&mut record, point, now).await?;
    let newest = kept::newest_request(&mut record, &point.id).await?;
    if way == post.to || newest.is_some_and(|newest| newest.state == SwitchState::Asked) {
        return Err(wrong("/to"));
    }
    let answer = judged(&mut record, account, point, post.to, since, today(now, point)?).await?;
    // The request has the name of the command that carries it to the meter, whose word ends it.
    let id = match answer.allowed {
        true => queue_command(&mut record, now, point, order(post.to)).await?.id,
        false => secrets::token()?,
    };
    let mut request = SwitchRequest {
        id,
        to: post.to,
        asked_at: now,
        state: SwitchState::Asked,
        holds_from: None,
        reasons: answer.findings,
    };
    kept::add_request(&mut record, &point.id, &post.request_id, &request).await?;
    if !answer.allowed {
        request.state = SwitchState::Refused;
        kept::add_end(&mut record, &request.id, SwitchState::Refused, None, now).await?;
    }
    record.commit().await?;
    Ok(request)
}

const fn order(to: WayOfPaying) -> Order {
    match to {
        WayOfPaying::Prepaid => Order::Prepaid,
        WayOfPaying::Postpaid => Order::Postpaid,
    }
}

/// Keeps what the meter answered to a request, once; false if that is known. Done, it holds from the next period on: no
/// source tells of a bill for part of one.
///
/// # Errors
/// What the record reports.
pub async fn end_switch(
    record: &mut AnyConnection,
    point: &PointRecord,
    id: &str,
    is_done: bool,
    now: i64,
) -> Result<bool> {
    let open = period_of(today(now, point)?, day_of_issue()?);
    let from = period_after(open, day_of_issue()?).first();
    Ok(if is_done {
        kept::add_end(record, id, SwitchState::Done, Some(from), now).await?
    } else {
        kept::add_end(record, id, SwitchState::Refused, None, now).await?
    })
}

/// Adds credit that was paid for, once; false if a top-up of that id is known.
///
/// # Errors
/// [`ApiError::ValueInvalid`] for a sum that is not above zero.
pub async fn top_up(
    record: &mut AnyConnection,
    point: &PointRecord,
    id: &str,
    amount: Money,
    at: i64,
) -> Result<bool> {
    if amount.minor() <= 0 {
        return Err(wrong("/amount"));
    }
    let receipt = Receipt { id, at, amount: bills::minor(amount)?, bills: &[] };
    post_top_up(record, &point.account, format!("top-up {id}"), &receipt, &point.id).await
}

async fn point_of(
    db: &mut AnyConnection,
    account: &AccountRecord,
    point: PointRecord,
    now: i64,
) -> Result<PrepaidPoint> {
    let (way, since) = way_now(db, &point, now).await?;
    let other = match way {
        WayOfPaying::Prepaid => WayOfPaying::Postpaid,
        WayOfPaying::Postpaid => WayOfPaying::Prepaid,
    };
    Ok(PrepaidPoint {
        credit: credit_of(db, &point, account.summary.currency, now).await?,
        switch: judged(db, account, &point, other, since, today(now, &point)?).await?,
        newest_request: kept::newest_request(db, &point.id).await?,
        way,
        since: since.map(Day),
        service_point: point.id,
        meter: point.meter,
        tariff: point.tariff,
    })
}

async fn way_now(
    db: &mut AnyConnection,
    point: &PointRecord,
    now: i64,
) -> Result<(WayOfPaying, Option<Date>)> {
    let way = kept::way(db, &point.id, today(now, point)?).await?;
    Ok(way.map_or((WayOfPaying::Postpaid, None), |(way, since)| (way, Some(since))))
}

async fn judged(
    db: &mut AnyConnection,
    account: &AccountRecord,
    point: &PointRecord,
    to: WayOfPaying,
    since: Option<Date>,
    on: Date,
) -> Result<PrepaidSwitchAnswer> {
    let summary = &account.summary;
    let dues = receipts::due(db, &summary.id, summary.currency).await?;
    let request = PrepaidSwitchRequest {
        country: match summary.country {
            Country::Kw => rule::Country::Kw,
            Country::Sa => rule::Country::Sa,
        },
        to,
        on: Day(on),
        commodity: match point.commodity {
            Commodity::Electricity => hafez::Commodity::Electricity,
            Commodity::Water => hafez::Commodity::Water,
        },
        meter: match point.meter.kind {
            MeterKind::Digital => rule::MeterKind::Digital,
            MeterKind::Mechanical => rule::MeterKind::Mechanical,
        },
        dues: Number::parse(&dues.to_string())?,
        plan_kept: false,
        prepaid_since: since.map(Day),
    };
    Ok(prepaid_switch(&request, &finding_message)?)
}

fn wrong(field: &str) -> Error {
    ApiError::ValueInvalid { field: field.to_owned() }.into()
}
