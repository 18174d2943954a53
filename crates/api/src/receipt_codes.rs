//! The code of a receipt, by which anybody who holds the paper checks it.

use billing::money::Currency;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::endpoint::{Endpoint, Method};
use crate::payment_results::{PaymentChannel, PaymentId};

/// How the code of a receipt begins; a certificate's has no such letter.
pub const RECEIPT_CODE: char = 'r';

/// The check's address as a QR code.
pub const RECEIPT_QR_ROUTE: &str = "/api/v1/receipts/{code}/qr.svg";

/// Asks for the code of a payment that arrived: made when it is first asked for, the same ever after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostReceiptCode {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Which.
    #[serde(skip)]
    pub payment: Option<PaymentId>,
}

impl Endpoint for PostReceiptCode {
    type Reply = ReceiptCode;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/payments/{payment}/code";

    fn path(&self) -> String {
        let account = self.account.as_ref().map_or("", |id| id.0.as_str());
        let payment = self.payment.as_ref().map_or("", |id| id.0.as_str());
        format!("/api/v1/accounts/{account}/payments/{payment}/code")
    }
}

/// The code of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptCode {
    /// Whoever has it can check the receipt: it is not to be guessed.
    pub code: String,
}

/// Asks whether a code is that of a receipt. Anybody may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetReceiptCheck {
    /// As it stands on the receipt.
    pub code: String,
}

impl Endpoint for GetReceiptCheck {
    type Reply = CheckedReceipt;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/receipts/{code}";

    fn path(&self) -> String {
        format!("/api/v1/receipts/{}", self.code)
    }
}

/// What a receipt says to whoever holds its code: that it was paid, and nothing of the payer or of what is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedReceipt {
    /// The day on which the money arrived.
    pub paid_on: Day,
    /// How much.
    pub amount: String,
    /// Of `amount`.
    pub currency: Currency,
    /// By which way it came.
    pub channel: PaymentChannel,
    /// The account number with all but its last digits hidden.
    pub masked_account: String,
}
