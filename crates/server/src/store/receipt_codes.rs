//! The codes by which receipts are checked.

use api::payment_results::PaymentId;
use sqlx::AnyConnection;

use super::Result;

/// The code of a payment; `new` becomes it where there is none yet.
///
/// # Errors
/// What the database reports.
pub async fn of_payment(db: &mut AnyConnection, payment: &PaymentId, new: &str) -> Result<String> {
    sqlx::query("insert into receipt_code (payment, code) values ($1, $2) on conflict do nothing")
        .bind(payment.0.clone())
        .bind(new.to_owned())
        .execute(&mut *db)
        .await?;
    let (code,): (String,) = sqlx::query_as("select code from receipt_code where payment = $1")
        .bind(payment.0.clone())
        .fetch_one(db)
        .await?;
    Ok(code)
}

/// The payment of a code.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, code: &str) -> Result<Option<PaymentId>> {
    let row: Option<(String,)> = sqlx::query_as("select payment from receipt_code where code = $1")
        .bind(code.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|(payment,)| PaymentId(payment)))
}
