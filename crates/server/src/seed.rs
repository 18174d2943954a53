//! Fills an empty record with the demo: thirty-seven periods of readings and thirty-six issued bills an account, the
//! same each time.

mod living;

use api::accounts::{AccountSummary, BillId, MeterKind, Quality, Reading};
use billing::number::{MILLION, Number};
use billing::period::Period;
use sqlx::AnyConnection;
use time::Date;

use crate::actions::correct_multiplier::correct_multiplier;
use crate::actions::issue_bill::{day_of_issue, issue_bill};
use crate::actions::post::Receipt;
use crate::actions::take_receipt::take_receipt;
use crate::actions::watch_account::watch_account;
use crate::calendar::{DAY_S, date_of, day_number, midnight, number_of, period_of};
use crate::clock::{DEMO_STARTS_AT, demo_ahead_s};
use crate::demo::{Demo, DemoAccount, DemoPoint};
use crate::error::{Error, Result};
use crate::household::noise::{chance, seed_of};
use crate::household::{HOUR_S, Household, water_usage};
use crate::practice::practice;
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::intervals::{Interval, Origin};
use crate::store::{
    Store, accounts, alerts, bills, holders, intervals, meter_tests, readings, receipts, settings,
};

/// Millionths of a kWh in a watt-hour.
const MICRO_PER_WATT_HOUR: i64 = 1000;
const QUARTER_HOUR_S: i64 = HOUR_S / 4;
/// The reader comes at nine in the morning, or a little later.
const READER_COMES_S: i64 = 9 * HOUR_S;

/// Seeds the record, all or nothing. A record that was seeded before stays as it is: then false.
///
/// # Errors
/// What the record or the engine reports.
pub async fn seed(store: &Store) -> Result<bool> {
    let demo = Demo::load()?;
    let mut record = store.begin().await?;
    if settings::find(&mut record, settings::DEMO_AHEAD_S).await?.is_some() {
        return Ok(false);
    }
    for holder in &demo.holders {
        holders::add(&mut record, &holder.id, &holder.name).await?;
    }
    for (place, account) in (0_i64..).zip(&demo.accounts) {
        add_account(&mut record, &demo, account, place).await?;
    }
    settings::save(&mut record, settings::DEMO_AHEAD_S, demo_ahead_s()).await?;
    record.commit().await?;
    for account in &demo.accounts {
        watch_account(store, &account.id, DEMO_STARTS_AT).await?;
    }
    Ok(true)
}

async fn add_account(
    record: &mut AnyConnection,
    demo: &Demo,
    account: &DemoAccount,
    place: i64,
) -> Result<()> {
    let summary = AccountSummary {
        id: account.id.clone(),
        property: account.property.clone(),
        country: account.country,
        currency: account.currency,
        commodities: account.points.iter().map(|point| point.commodity).collect(),
    };
    let kept = AccountRecord { holder: account.holder.clone(), summary, utc_offset_s: demo.utc_offset_s };
    accounts::add(record, &kept, place).await?;
    living::add_home(record, demo, account).await?;
    for point in &account.points {
        add_point(record, demo, account, point).await?;
    }
    for point in &account.points {
        living::add_prepaid(record, demo, account, point).await?;
    }
    let is_billed = |period: &Period| {
        let ahead = |point: &DemoPoint| point.prepaid.as_ref().is_some_and(|paid| paid.from <= period.from);
        !account.points.iter().all(ahead)
    };
    living::add_projections(record, demo, account).await?;
    if let Some(settings) = &account.alerts {
        alerts::add_settings(record, &account.id, DEMO_STARTS_AT - 30 * DAY_S, settings).await?;
    }
    let periods: Vec<Period> = closed_periods(demo)?.into_iter().filter(is_billed).collect();
    let paid = periods.len().saturating_sub(account.unpaid_bills);
    for (at, period) in periods.into_iter().enumerate() {
        let received_on = number_of(period.last()) + 1 + demo.days_until_paid;
        let received_at = received_on * DAY_S - demo.utc_offset_s + 18 * HOUR_S;
        let bill = issue(record, &kept, account, period, received_at).await?;
        if at < paid {
            pay_all(record, &kept, &bill, received_at).await?;
        }
    }
    living::warn(record, &kept, &account.warnings).await
}

/// Issues a bill; the one with a wrong multiplier is paid, and corrected when that was seen.
async fn issue(
    record: &mut AnyConnection,
    kept: &AccountRecord,
    account: &DemoAccount,
    period: Period,
    received_at: i64,
) -> Result<BillId> {
    let days_to_pay = practice()?.days_to_pay;
    let wrong = account.points.iter().find_map(|point| {
        let wrong = point.wrong_multiplier.filter(|wrong| wrong.period_from == period.from)?;
        Some((point, wrong))
    });
    let Some((point, wrong)) = wrong else {
        return issue_bill(record, kept, period, days_to_pay).await;
    };
    accounts::set_multiplier(record, &point.meter.number, wrong.multiplier).await?;
    let bill = issue_bill(record, kept, period, days_to_pay).await?;
    pay_all(record, kept, &bill, received_at).await?;
    let right = point.meter.multiplier;
    let point =
        accounts::find_point(record, &point.id).await?.ok_or(Error::Bug("a demo point is missing"))?;
    correct_multiplier(record, kept, &point, right, wrong.corrected_on.0, days_to_pay).await?;
    Ok(bill)
}

/// Pays all that is due: this bill, and corrections of those that it settled.
async fn pay_all(
    record: &mut AnyConnection,
    kept: &AccountRecord,
    bill: &BillId,
    received_at: i64,
) -> Result<()> {
    let account = &kept.summary;
    let amount = bills::minor(receipts::due(record, &account.id, account.currency).await?)?;
    if amount > 0 {
        let receipt = Receipt { id: &format!("{bill}-1"), at: received_at, amount, bills: &[] };
        take_receipt(record, kept, &receipt).await?;
    }
    Ok(())
}

async fn add_point(
    record: &mut AnyConnection,
    demo: &Demo,
    account: &DemoAccount,
    point: &DemoPoint,
) -> Result<()> {
    let kept = PointRecord {
        id: point.id.clone(),
        account: account.id.clone(),
        commodity: point.commodity,
        unit: point.unit.clone(),
        tariff: point.tariff.clone(),
        breaker_amps: point.breaker_amps,
        meter: point.meter.clone(),
        digits: Some(point.digits),
        utc_offset_s: demo.utc_offset_s,
    };
    let first = midnight(demo.first_day.0, demo.utc_offset_s);
    accounts::add_point(record, &kept, first).await?;
    let hours = demo.household(point).map(|household| hours(&household, first)).unwrap_or_default();
    if point.meter.kind == MeterKind::Digital {
        let heard = |hour: &&Interval| !is_silent(point, day_number(hour.start, demo.utc_offset_s));
        let heard = hours.iter().filter(heard).flat_map(|hour| sent(point, hour, demo.utc_offset_s));
        let heard: Vec<Interval> = heard.collect();
        intervals::add(record, &point.id, demo.utc_offset_s, &heard, Origin::File).await?;
    }
    for test in &point.tests {
        meter_tests::add(record, &point.meter.number, test).await?;
    }
    for reading in register_readings(demo, point, &hours)? {
        readings::add(record, &point.meter.number, &reading).await?;
    }
    Ok(())
}

/// Every full hour from `first` to the demo's beginning.
fn hours(household: &Household<'_>, first: i64) -> Vec<Interval> {
    let count = (DEMO_STARTS_AT - first) / HOUR_S;
    let hour = |at: i64| {
        let start = first + at * HOUR_S;
        let usage = household.watts(start) * MICRO_PER_WATT_HOUR;
        Interval { start, seconds: 3600, usage, quality: Quality::Actual }
    };
    (0..count).map(hour).collect()
}

/// An hour as the meter sent it: whole, or in quarters that add up to it.
fn sent(point: &DemoPoint, hour: &Interval, utc_offset_s: i64) -> Vec<Interval> {
    let day = day_number(hour.start, utc_offset_s);
    if point.quarter_hours_from.is_none_or(|from| day < number_of(from.0)) {
        return vec![*hour];
    }
    let seed = seed_of(&point.id.0);
    let mut left = hour.usage;
    let quarters = (0..4).map(|place| {
        let start = hour.start + place * QUARTER_HOUR_S;
        let even = hour.usage / 4;
        let usage = if place == 3 { left } else { even + even * chance(seed, start, 200) / 1000 };
        left -= usage;
        Interval { start, seconds: 900, usage, quality: hour.quality }
    });
    quarters.collect()
}

/// What the register showed at both ends of each closed period. A digital register is read at midnight and shows
/// all; the reader of a mechanical one comes in the morning and sees whole units.
fn register_readings(demo: &Demo, point: &DemoPoint, hours: &[Interval]) -> Result<Vec<Reading>> {
    let periods = closed_periods(demo)?;
    let days = periods
        .iter()
        .map(|period| period.first())
        .chain(periods.last().and_then(|last| last.last().next_day()));
    let digital = point.meter.kind == MeterKind::Digital;
    let reading = |day: Date| {
        let after_midnight = if digital { 0 } else { READER_COMES_S + number_of(day) % 7 * 420 };
        let at = midnight(day, demo.utc_offset_s) + after_midnight;
        let used = used_until(demo, point, hours, at);
        // Dividing by the multiplier first would lose what the next reading must still show.
        let units = used / point.meter.multiplier.millionths().max(1);
        let shown = if digital { used } else { units * MILLION };
        let register = Number::from_millionths(point.register.millionths() + shown);
        Reading { at, register, quality: Quality::Actual }
    };
    Ok(days.filter(|day| !is_silent(point, number_of(*day))).map(reading).collect())
}

fn is_silent(point: &DemoPoint, day: i64) -> bool {
    date_of(day).is_some_and(|day| point.silent.is_some_and(|silent| silent.contains(day)))
}

/// Millionths that were used from the first day to `at`.
fn used_until(demo: &Demo, point: &DemoPoint, hours: &[Interval], at: i64) -> i64 {
    match &point.water {
        Some(water) => {
            let days = number_of(demo.first_day.0)..day_number(at, demo.utc_offset_s);
            days.map(|day| water_usage(&point.id.0, water, day)).sum()
        }
        None => hours.iter().take_while(|hour| hour.end() <= at).map(|hour| hour.usage).sum(),
    }
}

fn closed_periods(demo: &Demo) -> Result<Vec<Period>> {
    let day_of_issue = day_of_issue()?;
    let today = date_of(day_number(DEMO_STARTS_AT, demo.utc_offset_s)).ok_or(Error::Bug("no demo day"))?;
    let open = period_of(today, day_of_issue);
    let mut periods = Vec::new();
    let mut period = period_of(demo.first_day.0, day_of_issue);
    while period.first() < open.first() {
        periods.push(period);
        period = crate::calendar::period_after(period, day_of_issue);
    }
    Ok(periods)
}
