//! Hafez: what its conditions rest on, joining and leaving, and what years brought.

use api::accounts::{AccountId, Commodity};
use api::hafez::{HafezCredit, HafezStep};
use billing::money::{Currency, Money};
use billing::period::{Day, date_text};
use sqlx::AnyConnection;
use time::Date;

use super::text::{day, value, word};
use super::{Result, StoreError};

/// What is known of a home.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HomeRecord {
    /// Whether the holder is a citizen.
    pub citizen: bool,
    /// Whether the holder owns it and lives in it.
    pub owner_lives_in: bool,
    /// Since when; none where nobody told.
    pub lived_in_since: Option<Date>,
    /// Violations on the property.
    pub violations: u32,
}

/// A step of a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepRecord {
    /// Which.
    pub step: HafezStep,
    /// The first day on which it holds.
    pub on: Date,
}

/// What is known of an account's home.
///
/// # Errors
/// What the database reports; there is no such account.
pub async fn home(db: &mut AnyConnection, account: &AccountId) -> Result<HomeRecord> {
    let sql = "select h.citizen, f.owner_lives_in, f.lived_in_since, f.violations from account a \
               join holder h on h.id = a.holder join facility f on f.account = a.id where a.id = $1";
    let row: (i64, i64, Option<String>, i64) =
        sqlx::query_as(sql).bind(account.0.clone()).fetch_one(db).await?;
    let (citizen, owner, since, violations) = row;
    Ok(HomeRecord {
        citizen: citizen > 0,
        owner_lives_in: owner > 0,
        lived_in_since: since.map(|since| day(&since)).transpose()?.map(|Day(date)| date),
        violations: u32::try_from(violations).map_err(|_| StoreError::Damaged("count of violations"))?,
    })
}

/// Notes what the provider knows of a home.
///
/// # Errors
/// What the database reports.
pub async fn save_home(db: &mut AnyConnection, account: &AccountId, home: &HomeRecord) -> Result<()> {
    sqlx::query("update holder set citizen = $1 where id = (select holder from account where id = $2)")
        .bind(i64::from(home.citizen))
        .bind(account.0.clone())
        .execute(&mut *db)
        .await?;
    let sql =
        "update facility set owner_lives_in = $1, lived_in_since = $2, violations = $3 where account = $4";
    sqlx::query(sql)
        .bind(i64::from(home.owner_lives_in))
        .bind(home.lived_in_since.map(date_text))
        .bind(i64::from(home.violations))
        .bind(account.0.clone())
        .execute(db)
        .await?;
    Ok(())
}

/// All steps of an account, in order.
///
/// # Errors
/// What the database reports.
pub async fn steps(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<StepRecord>> {
    let sql = "select step, on_day from hafez_step where account = $1 order by place";
    let rows: Vec<(String, String)> = sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    rows.into_iter()
        .map(|(step, on)| Ok(StepRecord { step: value(step, "step of Hafez")?, on: day(&on)?.0 }))
        .collect()
}

/// Adds a step after those before it.
///
/// # Errors
/// What the database reports.
pub async fn add_step(db: &mut AnyConnection, account: &AccountId, step: StepRecord, at: i64) -> Result<()> {
    let sql = "insert into hafez_step (account, place, step, on_day, at) \
               select $1, coalesce(max(place), 0) + 1, $2, $3, $4 from hafez_step where account = $1";
    sqlx::query(sql)
        .bind(account.0.clone())
        .bind(word(&step.step))
        .bind(date_text(step.on))
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

/// The first `most` accounts after `after` that ever joined, in order.
///
/// # Errors
/// What the database reports.
pub async fn members_after(db: &mut AnyConnection, after: &str, most: i64) -> Result<Vec<AccountId>> {
    let sql = "select distinct account from hafez_step where account > $1 order by account limit $2";
    let rows: Vec<(String,)> = sqlx::query_as(sql).bind(after.to_owned()).bind(most).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
}

/// What years brought for a service, newest first.
///
/// # Errors
/// What the database reports.
pub async fn credits(
    db: &mut AnyConnection,
    account: &AccountId,
    commodity: Commodity,
) -> Result<Vec<HafezCredit>> {
    let sql = "select year, amount, credited_at from hafez_credit where account = $1 and commodity = $2 \
               order by year desc";
    let rows: Vec<(i64, i64, i64)> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(word(&commodity)).fetch_all(db).await?;
    rows.into_iter()
        .map(|(year, amount, credited_at)| {
            let year = i32::try_from(year).map_err(|_| StoreError::Damaged("year of Hafez"))?;
            let amount = Money::from_minor(i128::from(amount), Currency::KWD).to_string();
            Ok(HafezCredit { year, amount, credited_at })
        })
        .collect()
}

/// Adds what a year brought, in minor units, once; false if it is known.
///
/// # Errors
/// What the database reports.
pub async fn add_credit(
    db: &mut AnyConnection,
    account: &AccountId,
    commodity: Commodity,
    year: i32,
    amount: i64,
    at: i64,
) -> Result<bool> {
    let sql = "insert into hafez_credit (account, commodity, year, amount, credited_at) \
               values ($1, $2, $3, $4, $5) on conflict do nothing";
    let done = sqlx::query(sql)
        .bind(account.0.clone())
        .bind(word(&commodity))
        .bind(i64::from(year))
        .bind(amount)
        .bind(at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}
