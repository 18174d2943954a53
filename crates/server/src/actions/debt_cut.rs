//! When a service was cut over a debt, as its meter told it (MET-4).

use api::accounts::ServicePointId;
use api::meter_events::{CutReason, MeterHappening};
use sqlx::AnyConnection;

use crate::error::Result;
use crate::store::accounts::AccountRecord;
use crate::store::{accounts, meter_events};

/// Events of a meter that are looked at: a cut lies among the newest.
const NEWEST: i64 = 200;

/// A cut over a debt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtCut {
    /// Where.
    pub point: ServicePointId,
    /// When.
    pub at: i64,
    /// When the supply came back; none while it has not.
    pub restored_at: Option<i64>,
}

/// The newest cut over a debt at `since` or later, at any of the account's service points.
///
/// # Errors
/// What the record reports.
pub async fn debt_cut(
    db: &mut AnyConnection,
    account: &AccountRecord,
    since: i64,
) -> Result<Option<DebtCut>> {
    let mut newest: Option<DebtCut> = None;
    for point in accounts::points(db, &account.summary.id).await? {
        let mut restored_at = None;
        for event in meter_events::newest(db, &point.id, NEWEST).await? {
            match event.what {
                MeterHappening::Connected => restored_at = Some(event.at),
                MeterHappening::Disconnected { reason: CutReason::Debt { .. } } if event.at >= since => {
                    let cut = DebtCut { point: point.id.clone(), at: event.at, restored_at };
                    newest = newest.filter(|other| other.at >= cut.at).or(Some(cut));
                    break;
                }
                _ => {}
            }
        }
    }
    Ok(newest)
}
