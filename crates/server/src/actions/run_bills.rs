//! The monthly run: the bill of a period for every account, in transactions of many accounts each. It can be killed
//! at any moment and begun again; several servers do it once.

use api::accounts::{AccountId, BillId};
use api::problem::ApiError;
use billing::error::Refusal;
use billing::finding::FindingAnswer;
use billing::metering::billing_calendar::{BillingCalendarRequest, billing_calendar};
use billing::period::{Period, date_text};
use sqlx::AnyConnection;
use time::Duration;
use words::codes::{finding_message, refusal_problem};

use super::issue_bill::{Draft, issue_bill};
use crate::calendar::midnight;
use crate::clock::Clock;
use crate::demo::UTC_OFFSET_S;
use crate::error::{Error, Result};
use crate::practice::practice;
use crate::store::bill_runs::{self, BillRun};
use crate::store::held_bills::{self, HeldBill};
use crate::store::{Store, accounts, bills, leases};

/// Accounts of one transaction: the more, the fewer waits for the disk; the fewer, the shorter others wait.
const ACCOUNTS_AT_ONCE: i64 = 250;
/// A run that does not renew its lease for so long was killed. A batch takes about a second.
pub const LEASE_S: i64 = 20;

/// BIL-2: the days of the bill that is issued in a month, `2026-09`.
///
/// # Errors
/// [`Error::Refused`] for a month that is none, or before the rule.
pub fn period_of_month(month: &str) -> Result<Period> {
    let request = BillingCalendarRequest { month: month.to_owned() };
    Ok(billing_calendar(&request, &finding_message)?.period)
}

/// Issues what is not issued yet of a period that is over. `holder` is whoever runs it, the same for one run alone;
/// none where another one is running it. A run that was finished looks at every account again where `again` says so.
///
/// # Errors
/// [`ApiError::ValueInvalid`] for a period that is not over; else what the record reports. What was done stays done.
pub async fn run_bills(
    store: &Store,
    clock: &Clock,
    period: Period,
    holder: &str,
    mut again: bool,
) -> Result<Option<BillRun>> {
    if clock.now() < end_of(period) {
        return Err(ApiError::ValueInvalid { field: "period".into() }.into());
    }
    let lease = lease_name(period);
    loop {
        let mut record = store.begin().await?;
        let now = clock.now();
        if !leases::take(&mut record, &lease, holder, now, now + LEASE_S).await? {
            return Ok(None);
        }
        let mut run = bill_runs::find(&mut record, period).await?.unwrap_or_default();
        if std::mem::take(&mut again) && run.finished_at.is_some() {
            run = BillRun::default();
        }
        if run.finished_at.is_none() {
            run_batch(&mut record, period, now, &mut run).await?;
        }
        bill_runs::save(&mut record, period, &run).await?;
        if run.finished_at.is_some() {
            leases::give_back(&mut record, &lease, holder).await?;
        }
        record.commit().await?;
        if run.finished_at.is_some() {
            return Ok(Some(run));
        }
    }
}

/// Issues a bill that was held, after a review, once; gives its id.
///
/// # Errors
/// [`ApiError::NotFound`] for an unknown id; what the engine refuses still.
pub async fn release(store: &Store, clock: &Clock, id: &str) -> Result<BillId> {
    let mut record = store.begin().await?;
    let held = held_bills::find(&mut record, id).await?.ok_or(ApiError::NotFound)?;
    let account = accounts::find(&mut record, &held.account).await?;
    let account = account.ok_or(Error::Bug("a held bill without an account"))?;
    let bill = issue_bill(&mut record, &account, held.period, practice()?.days_to_pay).await?;
    held_bills::release(&mut record, id, &bill, clock.now()).await?;
    record.commit().await?;
    Ok(bill)
}

/// The instant at which a period is over.
#[must_use]
pub fn end_of(period: Period) -> i64 {
    midnight(period.last() + Duration::days(1), UTC_OFFSET_S)
}

fn lease_name(period: Period) -> String {
    format!("bill-run {}", date_text(period.first()))
}

async fn run_batch(record: &mut AnyConnection, period: Period, now: i64, run: &mut BillRun) -> Result<()> {
    let accounts = bill_runs::accounts_after(record, &run.done_to, end_of(period), ACCOUNTS_AT_ONCE).await?;
    for account in &accounts {
        match bill_account(record, account, period).await? {
            Outcome::Issued => run.issued += 1,
            Outcome::Known => run.known += 1,
            Outcome::Held(reasons) => {
                run.held += 1;
                held_bills::add(record, &held_bill(account, period, now, reasons)).await?;
            }
        }
    }
    match accounts.last() {
        Some(last) => run.done_to.clone_from(&last.0),
        None => run.finished_at = Some(now),
    }
    Ok(())
}

enum Outcome {
    Issued,
    Known,
    Held(Vec<FindingAnswer>),
}

async fn bill_account(record: &mut AnyConnection, id: &AccountId, period: Period) -> Result<Outcome> {
    if bills::find_of_period(record, id, period.first()).await?.is_some() {
        return Ok(Outcome::Known);
    }
    let account = accounts::find(record, id).await?.ok_or(Error::Bug("an account is gone"))?;
    match checked_draft(record, &account, period).await {
        // All of it was paid ahead.
        Ok((draft, _)) if draft.is_empty() => Ok(Outcome::Known),
        Ok((draft, reasons)) if reasons.is_empty() => {
            draft.issue(record, practice()?.days_to_pay).await?;
            Ok(Outcome::Issued)
        }
        Ok((_, reasons)) => Ok(Outcome::Held(reasons)),
        Err(Error::Refused(refusal)) => Ok(Outcome::Held(vec![reason(&refusal)])),
        Err(Error::Engine(error)) => Ok(Outcome::Held(vec![reason(&error.into())])),
        Err(error) => Err(error),
    }
}

async fn checked_draft<'a>(
    record: &mut AnyConnection,
    account: &'a accounts::AccountRecord,
    period: Period,
) -> Result<(Draft<'a>, Vec<FindingAnswer>)> {
    let draft = Draft::measure(record, account, period).await?;
    let reasons = draft.reasons_to_hold()?;
    Ok((draft, reasons))
}

/// A refusal of the engine holds the bill as a finding does.
fn reason(refusal: &Refusal) -> FindingAnswer {
    let problem = refusal_problem(refusal);
    FindingAnswer { code: problem.code, message: problem.message }
}

fn held_bill(account: &AccountId, period: Period, now: i64, reasons: Vec<FindingAnswer>) -> HeldBill {
    let month = date_text(period.last()).split_at(7).0.to_owned();
    HeldBill { id: format!("{account}-{month}"), account: account.clone(), period, held_at: now, reasons }
}
