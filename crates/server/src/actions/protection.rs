//! What of an account's complaints the rule `disconnection` is asked with.

use api::accounts::Country;
use billing::disconnection::OpenComplaint;
use billing::period::Day;
use sqlx::AnyConnection;

use super::case::{Case, Circumstances};
use super::standing::number_of;
use crate::calendar::civil_day;
use crate::error::Result;
use crate::store::accounts::AccountRecord;
use crate::store::debts::DebtRecord;

/// The complaints about bills that stand in the way of a cut, as one: received when the first came, and of what is overdue
/// what none of them disputes. In Kuwait one that is open is told too, and the engine promises nothing for it.
///
/// # Errors
/// What the record or the engine reports.
pub(super) async fn open_complaint(
    db: &mut AnyConnection,
    account: &AccountRecord,
    overdue: &[&DebtRecord],
    all: i64,
    now: i64,
) -> Result<Option<OpenComplaint>> {
    let (mut first, mut disputed) = (None, 0);
    for case in Case::of_account(db, account).await? {
        let Some(root) = case.record.root.as_ref().filter(|_| stands_in_the_way(&case, account, now)) else {
            continue;
        };
        let received = civil_day(case.record.filed_at, account.utc_offset_s)?;
        first = Some(first.map_or(received, |first| received.min(first)));
        let left = overdue.iter().filter(|debt| debt.item == *root).map(|debt| debt.left).sum::<i64>();
        disputed += left.min(case.record.disputed);
    }
    let Some(received) = first else { return Ok(None) };
    Ok(Some(OpenComplaint { received: Day(received), undisputed: number_of(all - disputed, account)? }))
}

fn stands_in_the_way(case: &Case, account: &AccountRecord, now: i64) -> bool {
    match account.summary.country {
        Country::Kw => case.is_open(),
        Country::Sa => {
            let rights = case.rights(account, now, &Circumstances::default());
            let answer = rights.ok().and_then(|rights| rights.answer);
            // Where the calendar on record ends, an open complaint is taken to protect: a cut cannot be taken back.
            !case.is_ended() && answer.map_or(case.is_open(), |answer| answer.protected)
        }
    }
}
