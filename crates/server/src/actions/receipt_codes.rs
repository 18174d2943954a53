//! The code of a receipt, and what it tells a stranger.

use api::case_refusal::CaseRefusal;
use api::payment_results::{PaymentId, PaymentState};
use api::problem::ApiError;
use api::receipt_codes::{CheckedReceipt, RECEIPT_CODE, ReceiptCode};
use billing::money::Money;
use billing::period::Day;
use sqlx::AnyConnection;

use super::make_payment_link::masked;
use crate::calendar::civil_day;
use crate::error::{Error, Result};
use crate::secrets;
use crate::store::accounts::AccountRecord;
use crate::store::{Store, accounts, payments, receipt_codes};

/// Digits after the letter: 128 random bits.
const CODE_DIGITS: usize = 32;

/// The code of a payment that arrived; asked again it is the same.
///
/// # Errors
/// [`ApiError::NotFound`] for a payment that the account has not, or that did not arrive.
pub async fn receipt_code(
    store: &Store,
    account: &AccountRecord,
    payment: &PaymentId,
) -> Result<ReceiptCode> {
    let mut record = store.begin().await?;
    let own = payments::find(&mut record, payment).await?;
    own.filter(|fate| fate.payment.account == account.summary.id && fate.state == PaymentState::Captured)
        .ok_or(ApiError::NotFound)?;
    let new = format!("{RECEIPT_CODE}{}", secrets::token()?.split_at(CODE_DIGITS).0);
    let code = receipt_codes::of_payment(&mut record, payment, &new).await?;
    record.commit().await?;
    Ok(ReceiptCode { code })
}

/// What the receipt of a code says.
///
/// # Errors
/// [`CaseRefusal::CertificateUnknown`].
pub async fn check(db: &mut AnyConnection, code: &str) -> Result<CheckedReceipt> {
    let unknown = || Error::from(ApiError::Case(CaseRefusal::CertificateUnknown));
    let payment = receipt_codes::find(db, code).await?.ok_or_else(unknown)?;
    let fate = payments::find(db, &payment).await?.ok_or_else(unknown)?;
    let paid_at = fate.ended_at.filter(|_| fate.state == PaymentState::Captured).ok_or_else(unknown)?;
    let id = &fate.payment.account;
    let account = accounts::find(db, id).await?.ok_or(Error::Bug("a payment without its account"))?;
    let currency = account.summary.currency;
    Ok(CheckedReceipt {
        paid_on: Day(civil_day(paid_at, account.utc_offset_s)?),
        amount: Money::from_minor(i128::from(fate.payment.amount), currency).to_string(),
        currency,
        channel: fate.payment.channel,
        masked_account: masked(&id.0),
    })
}
