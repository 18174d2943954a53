//! A notice or warning is served: it names what is overdue.

use billing::disconnection::LadderStep;
use billing::money::Money;
use sqlx::AnyConnection;
use time::Date;

use crate::error::Result;
use crate::store::accounts::AccountRecord;
use crate::store::notices::{self, NoticeRecord};
use crate::store::{debts, ledger};

/// Serves a notice of all that is overdue on its day, once under its id; none where nothing is.
///
/// # Errors
/// What the record reports.
pub async fn serve_notice(
    record: &mut AnyConnection,
    account: &AccountRecord,
    id: &str,
    step: LadderStep,
    served_on: Date,
    now: i64,
) -> Result<Option<Money>> {
    ledger::lock(record, &account.summary.id).await?;
    let mut overdue = debts::open(record, &account.summary.id).await?;
    overdue.retain(|debt| debt.due_on.0 < served_on);
    let debt = overdue.iter().map(|debt| debt.left).sum::<i64>();
    if debt == 0 {
        return Ok(None);
    }
    let items: Vec<String> = overdue.into_iter().map(|debt| debt.item).collect();
    let notice = NoticeRecord { id: id.to_owned(), step, served_on, debt, left: debt };
    notices::add(record, &account.summary.id, &notice, &items, now).await?;
    Ok(Some(Money::from_minor(i128::from(debt), account.summary.currency)))
}
