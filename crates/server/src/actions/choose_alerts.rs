//! What a customer wants to hear, and what was seen.

use std::collections::BTreeSet;

use api::accounts::AccountId;
use api::alert_settings::{AlertSettings, AlertSettingsNow, MOST_DAYS_BEFORE, MOST_THRESHOLDS};
use api::alerts::{AlertsSeen, MOST_ALERTS};
use api::problem::ApiError;
use billing::money::{Currency, Money};
use billing::number::Number;
use sqlx::AnyConnection;

use crate::error::{Error, Result};
use crate::practice::practice;
use crate::store::accounts::AccountRecord;
use crate::store::{Store, alerts};

/// What holds for an account: its newest choice, or what holds until it chooses.
///
/// # Errors
/// What the record reports.
pub async fn settings_now(db: &mut AnyConnection, account: &AccountRecord) -> Result<AlertSettingsNow> {
    let currency = account.summary.currency;
    Ok(match alerts::settings(db, &account.summary.id).await? {
        Some((at, settings)) => AlertSettingsNow { currency, chosen_at: Some(at), settings },
        None => AlertSettingsNow { currency, chosen_at: None, settings: until_chosen()? },
    })
}

/// Keeps a choice; one that equals the last is not kept again.
///
/// # Errors
/// [`ApiError::ValueInvalid`] at the sum or number that cannot be.
pub async fn choose_alerts(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    settings: &AlertSettings,
) -> Result<AlertSettingsNow> {
    check(settings, account.summary.currency)?;
    let mut record = store.begin().await?;
    let last = alerts::settings(&mut record, &account.summary.id).await?;
    if last.is_none_or(|(_, last)| last != *settings) {
        alerts::add_settings(&mut record, &account.summary.id, now, settings).await?;
    }
    let chosen = settings_now(&mut record, account).await?;
    record.commit().await?;
    Ok(chosen)
}

/// Marks alerts as seen, all or none.
///
/// # Errors
/// [`ApiError::ValueInvalid`] at an id that the account lacks, or for too many.
pub async fn see_alerts(store: &Store, now: i64, account: &AccountId, ids: &[String]) -> Result<AlertsSeen> {
    if ids.len() > MOST_ALERTS {
        return Err(wrong("/alerts".to_owned()));
    }
    let mut record = store.begin().await?;
    for (at, id) in ids.iter().enumerate() {
        if !alerts::add_seen(&mut record, account, id, now).await? {
            return Err(wrong(format!("/alerts/{at}")));
        }
    }
    let unseen = alerts::count_unseen(&mut record, account).await?;
    record.commit().await?;
    Ok(AlertsSeen { unseen })
}

fn until_chosen() -> Result<AlertSettings> {
    let days_before_tier = practice()?.alert_days_before_tier;
    Ok(AlertSettings { budget: None, credit_thresholds: Vec::new(), days_before_tier, use_unusual: true })
}

fn check(settings: &AlertSettings, currency: Currency) -> Result<()> {
    if settings.budget.is_some_and(|budget| !is_sum(budget, currency)) {
        return Err(wrong("/settings/budget".to_owned()));
    }
    let thresholds = &settings.credit_thresholds;
    if thresholds.len() > MOST_THRESHOLDS {
        return Err(wrong("/settings/credit_thresholds".to_owned()));
    }
    let mut known = BTreeSet::new();
    for (at, threshold) in thresholds.iter().enumerate() {
        if !is_sum(*threshold, currency) || !known.insert(threshold.millionths()) {
            return Err(wrong(format!("/settings/credit_thresholds/{at}")));
        }
    }
    if settings.days_before_tier > MOST_DAYS_BEFORE {
        return Err(wrong("/settings/days_before_tier".to_owned()));
    }
    Ok(())
}

/// A sum above zero in whole minor units, no larger than the engine takes.
fn is_sum(sum: Number, currency: Currency) -> bool {
    sum > Number::ZERO && Money::parse(&sum.to_string(), currency).is_ok()
}

fn wrong(field: String) -> Error {
    ApiError::ValueInvalid { field }.into()
}
