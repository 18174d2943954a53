//! Asks gateways about payments of which nobody has told us how they ended: of several servers one.

use std::time::Duration;

use crate::actions::settle_payment::{Reason, ask_and_settle};
use crate::error::{Result, log_fault};
use crate::secrets;
use crate::state::AppState;
use crate::store::leases;
use crate::store::payments::{self, asking};

const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// A server that does not renew its lease for so long has stopped. Asking all of one look takes less.
const LEASE_S: i64 = 10;
const LEASE: &str = "inquiries";
/// Payments of one look.
const AT_ONCE: usize = 20;

/// Asks as long as the server runs.
pub async fn inquire(app: AppState) {
    let Ok(holder) = secrets::token() else { return };
    let mut has_begun = false;
    loop {
        match look_once(&app, &holder, !has_begun).await {
            Ok(Look::More) => {
                has_begun = true;
                continue;
            }
            Ok(Look::Done) => has_begun = true,
            Ok(Look::Elsewhere) => {}
            Err(error) => drop(log_fault(&format!("asking the gateway: {error}"))),
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing waits any more that could be asked now.
    Done,
    /// More may wait.
    More,
    /// Another server does it.
    Elsewhere,
}

/// Asks about those whose time has come; at the beginning about all, for nobody knows what was missed.
///
/// # Errors
/// What the record reports.
pub async fn look_once(app: &AppState, holder: &str, all: bool) -> Result<Look> {
    if app.gateway.is_none() {
        return Ok(Look::Done);
    }
    let now = app.clock.now();
    let waiting = asking::to_ask(&mut *app.store.read().await?, if all { i64::MAX } else { now }, 1).await?;
    // As a rule nothing waits: then nobody who writes has to.
    if waiting.is_empty() {
        return Ok(Look::Done);
    }
    let mut record = app.store.begin().await?;
    if !leases::take(&mut record, LEASE, holder, now, now + LEASE_S).await? {
        return Ok(Look::Elsewhere);
    }
    if all {
        asking::plan_all_now(&mut record, now).await?;
    }
    record.commit().await?;
    let waiting =
        asking::to_ask(&mut *app.store.read().await?, now, i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
            .await?;
    let look = if waiting.len() < AT_ONCE { Look::Done } else { Look::More };
    for (id, tries) in waiting {
        if let Some(fate) = payments::find(&mut *app.store.read().await?, &id).await?
            && ask_and_settle(app, &fate, Reason::Time, tries).await?.is_none()
        {
            // The gateway is down: the others are asked when it is back.
            return Ok(Look::Done);
        }
    }
    Ok(look)
}
