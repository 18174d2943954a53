//! Made-up accounts by the thousand, to measure with: each with a meter, a bill of last August, and the readings from
//! which the bill of August 2026 is issued. Of 1,000 one was not read and one
//! counts far too much.

use api::accounts::{
    AccountId, AccountSummary, Commodity, Country, Meter, MeterKind, Quality, Reading, ServicePointId,
};
use billing::finding::Message;
use billing::money::Currency;
use billing::number::Number;
use sqlx::AnyConnection;
use time::Duration;

use crate::actions::issue_bill::issue_bill;
use crate::actions::run_bills::period_of_month;
use crate::calendar::midnight;
use crate::demo::UTC_OFFSET_S;
use crate::error::Result;
use crate::household::noise::{chance, seed_of};
use crate::practice::practice;
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::{Store, accounts, holders, readings};

const HOLDER: &str = "made-up";
const AT_ONCE: u32 = 1_000;
/// Account numbers of their own, which no demo account has.
const FIRST: u64 = 900_000_000;

/// Adds what is missing of `count` accounts with meters of that kind; gives how many were added.
///
/// # Errors
/// What the record or the engine reports.
pub async fn add_accounts(store: &Store, count: u32, kind: MeterKind) -> Result<u32> {
    let mut record = store.begin().await?;
    if holders::find_name(&mut record, HOLDER).await?.is_none() {
        let name = Message { ar: "حسابات للقياس".into(), en: "Accounts to measure with".into() };
        holders::add(&mut record, HOLDER, &name).await?;
    }
    let mut added = 0;
    for at in 0..count {
        if at % AT_ONCE == AT_ONCE - 1 {
            record.commit().await?;
            record = store.begin().await?;
        }
        added += u32::from(add_account(&mut record, at, kind).await?);
    }
    record.commit().await?;
    Ok(added)
}

async fn add_account(record: &mut AnyConnection, at: u32, kind: MeterKind) -> Result<bool> {
    let account = account(at);
    if accounts::find(record, &account.summary.id).await?.is_some() {
        return Ok(false);
    }
    accounts::add(record, &account, i64::from(at)).await?;
    let point = point(&account, at, kind);
    let (last_year, now) = (period_of_month("2025-08")?, period_of_month("2026-08")?);
    let begins = |date| midnight(date, UTC_OFFSET_S);
    accounts::add_point(record, &point, begins(last_year.first())).await?;
    let seed = seed_of(&account.summary.id.0);
    let usual = 1_500 + chance(seed, 0, 900);
    let factor = if at % 1_000 == 999 { 3 } else { 1 };
    let mut register = 1_000 + seed.rem_euclid(50_000) as i64;
    for (place, day, used) in [
        (1, last_year.first(), 0),
        (2, last_year.last() + Duration::days(1), usual),
        (3, now.first(), usual * 9),
        (4, now.last() + Duration::days(1), usual * factor),
    ] {
        register += used + used * chance(seed, place, 200) / 1_000;
        if place == 4 && at % 1_000 == 499 {
            break;
        }
        let shown = Number::from_millionths(register * billing::number::MILLION);
        let reading = Reading { at: begins(day), register: shown, quality: Quality::Actual };
        readings::add(record, &point.meter.number, &reading).await?;
    }
    issue_bill(record, &account, last_year, practice()?.days_to_pay).await?;
    Ok(true)
}

fn account(at: u32) -> AccountRecord {
    let number = (FIRST + u64::from(at)).to_string();
    let (country, currency) = match at % 2 {
        0 => (Country::Kw, Currency::KWD),
        _ => (Country::Sa, Currency::SAR),
    };
    let property = Message { ar: format!("عقار {number}"), en: format!("Property {number}") };
    let summary =
        AccountSummary { id: AccountId(number), property, country, currency, commodities: Vec::new() };
    AccountRecord { holder: HOLDER.into(), summary, utc_offset_s: UTC_OFFSET_S }
}

fn point(account: &AccountRecord, at: u32, kind: MeterKind) -> PointRecord {
    let id = &account.summary.id;
    let (tariff, breaker_amps) = match account.summary.country {
        Country::Kw => ("kw.electricity.investment", None),
        Country::Sa => ("sa.electricity.residential", Some(100)),
    };
    let meter = Meter { number: format!("MM{at:08}"), kind, multiplier: Number::from_units(1) };
    PointRecord {
        id: ServicePointId(format!("{id}-electricity")),
        account: id.clone(),
        commodity: Commodity::Electricity,
        unit: "kWh".into(),
        tariff: tariff.into(),
        breaker_amps,
        meter,
        digits: Some(6),
        utc_offset_s: UTC_OFFSET_S,
    }
}
