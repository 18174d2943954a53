//! Looks at accounts and raises what is due: at those with news soon, at all that can have any every few minutes.

use std::time::Duration;

use api::accounts::AccountId;

use crate::actions::hafez::credit_year;
use crate::actions::watch_account::watch_account;
use crate::calendar::civil_day;
use crate::demo::UTC_OFFSET_S;
use crate::error::{Error, Result, log_fault};
use crate::secrets;
use crate::state::AppState;
use crate::store::{accounts, alerts, hafez, leases};

/// An account with news is looked at once in so long at most.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);
/// All accounts are looked at after so many looks at those with news.
const LOOKS_UNTIL_ALL: u32 = 5;
/// A server that does not renew its lease for so long has stopped.
const LEASE_S: i64 = 180;
const LEASE: &str = "watch";
const AT_ONCE: i64 = 100;
/// Nothing is told of a bill that was issued longer ago.
const DAYS_OF_A_BILL: i64 = 62;

/// What the looks so far leave to the next.
#[derive(Debug, Default)]
pub struct Looks {
    /// News up to this number was looked at.
    seen: i64,
    /// These were left, each once.
    again: Vec<AccountId>,
}

impl Looks {
    fn leave(&mut self, id: AccountId) {
        if !self.again.contains(&id) {
            self.again.push(id);
        }
    }
}

/// Watches as long as the server runs; of several servers one.
pub async fn watch(app: AppState) {
    let Ok(holder) = secrets::token() else { return };
    let mut looks = Looks::default();
    for look in (0..LOOKS_UNTIL_ALL).cycle() {
        if let Err(error) = look_once(&app, &holder, &mut looks, look == 0).await {
            log_fault(&format!("the look at accounts: {error}"));
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// Looks at the accounts with news since the look before, or at all; gives how many alerts are new. None are looked at
/// where another server does it.
///
/// # Errors
/// What the record reports; nothing is seen then, and the next look has the same news.
pub async fn look_once(app: &AppState, holder: &str, looks: &mut Looks, all: bool) -> Result<usize> {
    if !keeps_lease(app, holder).await? {
        return Ok(0);
    }
    let news = alerts::accounts_with_news(&mut *app.store.read().await?, looks.seen).await?;
    let raised =
        if all { look_at_all(app, holder, looks).await? } else { look_at(app, looks, news.accounts).await };
    let again = std::mem::take(&mut looks.again);
    let raised = raised + look_at(app, looks, again).await;
    looks.seen = news.newest;
    Ok(raised)
}

async fn look_at_all(app: &AppState, holder: &str, looks: &mut Looks) -> Result<usize> {
    let (mut raised, mut after) = (0, String::new());
    loop {
        let since = civil_day(app.clock.now(), UTC_OFFSET_S)? - time::Duration::days(DAYS_OF_A_BILL);
        let ids = accounts::to_watch_after(&mut *app.store.read().await?, &after, since, AT_ONCE).await?;
        let Some(last) = ids.last() else { break };
        after.clone_from(&last.0);
        raised += look_at(app, looks, ids).await;
        if !keeps_lease(app, holder).await? {
            return Ok(raised);
        }
    }
    credit_years(app).await?;
    Ok(raised)
}

/// Looks at one after the other, until one cannot be looked at: that one is left to the next look, behind all others.
async fn look_at(app: &AppState, looks: &mut Looks, ids: Vec<AccountId>) -> usize {
    let mut raised = 0;
    let mut left = ids.into_iter();
    while let Some(id) = left.next() {
        match watch_account(&app.store, &id, app.clock.now()).await {
            Ok(0) => {}
            Ok(new) => {
                app.hub.tell(&id);
                raised += new;
            }
            Err(error) => {
                log_fault(&format!("the look at an account: {error}"));
                left.by_ref().chain([id]).for_each(|id| looks.leave(id));
            }
        }
    }
    raised
}

async fn keeps_lease(app: &AppState, holder: &str) -> Result<bool> {
    let now = app.clock.now();
    let mut record = app.store.begin().await?;
    let has = leases::take(&mut record, LEASE, holder, now, now + LEASE_S).await?;
    record.commit().await?;
    Ok(has)
}

/// Credits what the year before earned; what is credited already stays.
async fn credit_years(app: &AppState) -> Result<()> {
    let now = app.clock.now();
    let year = civil_day(now, UTC_OFFSET_S)?.year() - 1;
    let mut after = String::new();
    loop {
        let members = hafez::members_after(&mut *app.store.read().await?, &after, AT_ONCE).await?;
        let Some(last) = members.last() else { return Ok(()) };
        after.clone_from(&last.0);
        let mut record = app.store.begin().await?;
        for id in &members {
            let account = accounts::find(&mut record, id).await?.ok_or(Error::Bug("a member is gone"))?;
            credit_year(&mut record, &account, year, now).await?;
        }
        record.commit().await?;
    }
}
