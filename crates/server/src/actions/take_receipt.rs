//! Money that came another way than by a gateway of this portal: at an office, by a bank.

use api::payment_results::{BankReference, PaymentChannel, PaymentId, PaymentState};
use api::payments::PageLanguage;
use sqlx::AnyConnection;

use super::post::{Receipt, post_receipt};
use crate::error::Result;
use crate::store::accounts::AccountRecord;
use crate::store::ledger::lock;
use crate::store::payments::{self, PaymentRecord};

/// Takes money that arrived, once, over the debts; false if a receipt of that id is known.
///
/// # Errors
/// What the record reports.
pub async fn take_receipt(
    record: &mut AnyConnection,
    account: &AccountRecord,
    receipt: &Receipt<'_>,
) -> Result<bool> {
    let account_id = &account.summary.id;
    lock(record, account_id).await?;
    let id = PaymentId(receipt.id.to_owned());
    if payments::find(record, &id).await?.is_some() {
        return Ok(false);
    }
    let payment = PaymentRecord {
        id: id.clone(),
        account: account_id.clone(),
        request_id: receipt.id.to_owned(),
        track_id: receipt.id.to_owned(),
        channel: PaymentChannel::Elsewhere,
        amount: receipt.amount,
        ahead: true,
        bills: receipt.bills.to_vec(),
        top_up: None,
        link: None,
        payer: String::new(),
        language: PageLanguage::default(),
        started_at: receipt.at,
    };
    payments::add(record, &payment).await?;
    payments::add_end(record, &id, PaymentState::Captured, receipt.at, &BankReference::default()).await?;
    post_receipt(record, account, receipt).await
}
