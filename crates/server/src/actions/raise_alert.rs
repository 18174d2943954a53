//! Raises alerts (ACC-3): each once.

use api::accounts::AccountId;
use api::alerts::AlertFact;
use sqlx::AnyConnection;

use crate::error::Result;
use crate::store::alerts;

/// Raises an alert that is `once` of its kind and of what it is about: a day, the first day of a period, the id of an
/// event. True if it is new; then the caller tells the hub after it has committed.
///
/// # Errors
/// What the record reports.
pub async fn raise_alert(
    record: &mut AnyConnection,
    account: &AccountId,
    at: i64,
    once: &str,
    fact: &AlertFact,
) -> Result<bool> {
    Ok(alerts::add(record, account, at, once, fact).await?.is_some())
}
