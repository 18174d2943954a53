//! Which bills an open complaint is about.

use api::bills::BillDispute;
use api::payments::DebtKind;
use sqlx::AnyConnection;

use super::case::Case;
use crate::error::Result;
use crate::store::accounts::AccountRecord;
use crate::store::debts;

/// The open complaints about bills of an account, each with the bill that stands now.
///
/// # Errors
/// What the record reports.
pub async fn bill_disputes(db: &mut AnyConnection, account: &AccountRecord) -> Result<Vec<BillDispute>> {
    let mut disputes = Vec::new();
    for case in Case::of_account(db, account).await?.into_iter().filter(Case::is_open) {
        let (Some(root), Some(sums)) = (case.record.root, case.record.sums) else { continue };
        let kinds = debts::kinds(db, &account.summary.id, &[root]).await?;
        let bill = kinds.into_values().find_map(|kind| match kind {
            DebtKind::Bill { bill, .. } => Some(bill),
            DebtKind::Charge { .. } => None,
        });
        let dispute = |bill| BillDispute { bill, complaint: case.record.id, disputed: sums.disputed };
        disputes.extend(bill.map(dispute));
    }
    Ok(disputes)
}
