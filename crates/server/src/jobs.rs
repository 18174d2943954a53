//! What the server does by itself.

pub mod inquire;
pub mod watch;

use std::time::Duration;

use crate::actions::issue_bill::day_of_issue;
use crate::actions::run_bills::run_bills;
use crate::calendar::{date_of, day_number, period_of};
use crate::demo::UTC_OFFSET_S;
use crate::error::{Error, Result, log_fault};
use crate::secrets;
use crate::state::AppState;
use crate::store::{bill_runs, news};

/// A period is billed within so long of its end.
const BETWEEN_LOOKS: Duration = Duration::from_secs(20);

/// Runs the bills of every period that closes, as long as the server runs.
pub async fn bill_closed_periods(app: AppState) {
    loop {
        if let Err(error) = bill_closed_period(&app).await {
            log_fault(&format!("the monthly run: {error}"));
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// Runs the bills of the newest closed period, unless that is done or another server does it.
///
/// # Errors
/// What the run reports.
pub async fn bill_closed_period(app: &AppState) -> Result<()> {
    let today = date_of(day_number(app.clock.now(), UTC_OFFSET_S));
    let open = period_of(today.ok_or(Error::Bug("the clock is beyond the calendar"))?, day_of_issue()?);
    let day_before = open.first().previous_day().ok_or(Error::Bug("a period before the calendar"))?;
    let closed = period_of(day_before, day_of_issue()?);
    let run = bill_runs::find(&mut *app.store.read().await?, closed).await?;
    if run.is_none_or(|run| run.finished_at.is_none()) {
        run_bills(&app.store, &app.clock, closed, &secrets::token()?, false).await?;
    }
    Ok(())
}

/// Another server, or a command, has added to the record: so long at most until our followers know.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// Tells followers what others add to the record, as long as the server runs. One question for the whole process:
/// numbers rise in the order of commits, so a number that is still the last one means that nothing came.
pub async fn follow_record(app: AppState) {
    let mut seen = None;
    loop {
        match look_for_news(&app, seen).await {
            Ok(newest) => seen = Some(newest),
            Err(error) => drop(log_fault(&format!("news of the record: {error}"))),
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Tells the followers of accounts with news after number `seen`; gives the newest number.
async fn look_for_news(app: &AppState, seen: Option<i64>) -> Result<i64> {
    let mut db = app.store.read().await?;
    let newest = news::newest_number(&mut db).await?;
    if let Some(seen) = seen.filter(|seen| *seen < newest) {
        for account in news::accounts_after(&mut db, seen).await? {
            app.hub.tell(&account);
        }
    }
    Ok(newest)
}
