//! The customer says how a refund shall come (BIL-13).

use api::problem::ApiError;
use api::refunds::{PostRefundWay, Refund, RefundState, RefundWay};
use sqlx::AnyConnection;

use super::post::end_refund;
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts::AccountRecord;
use crate::store::ledger::lock;
use crate::store::refunds;

const LONGEST_REQUEST_ID: usize = 64;
/// Characters of an IBAN (ISO 13616).
const IBAN_LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

/// Notes the way; keeping it for the next bill is done at once. The same request again changes nothing.
///
/// # Errors
/// [`ApiError::NotFound`] for a refund that the account has not; [`ApiError::ValueInvalid`] at an IBAN that is none, or
/// a refund that is not owed any more; [`ApiError::RepeatConflict`].
pub async fn choose_refund_way(
    app: &AppState,
    account: &AccountRecord,
    id: &str,
    post: &PostRefundWay,
) -> Result<Refund> {
    if post.request_id.is_empty() || post.request_id.len() > LONGEST_REQUEST_ID {
        return Err(wrong("/request_id"));
    }
    let iban: String = post.iban.chars().filter(|letter| *letter != ' ').collect();
    if (post.way == RefundWay::Bank) != is_iban(&iban) {
        return Err(wrong("/iban"));
    }
    let now = app.clock.now();
    let mut record = app.store.begin().await?;
    lock(&mut record, &account.summary.id).await?;
    let before = find(&mut record, account, id).await?;
    if let Some(known) = refunds::find_way(&mut record, id, &post.request_id).await? {
        let same = known == (post.way, iban);
        return if same { Ok(before) } else { Err(ApiError::RepeatConflict.into()) };
    }
    if before.state != RefundState::Owed {
        return Err(wrong("/way"));
    }
    refunds::add_way(&mut record, id, &post.request_id, post.way, &iban, now).await?;
    if post.way == RefundWay::NextBill {
        end_refund(&mut record, account, id, true, now).await?;
    }
    let after = find(&mut record, account, id).await?;
    record.commit().await?;
    Ok(after)
}

async fn find(record: &mut AnyConnection, account: &AccountRecord, id: &str) -> Result<Refund> {
    let all = refunds::of_account(record, &account.summary.id, account.summary.currency).await?;
    all.into_iter().find(|refund| refund.id == id).ok_or(ApiError::NotFound.into())
}

fn wrong(field: &str) -> Error {
    ApiError::ValueInvalid { field: field.to_owned() }.into()
}

/// ISO 13616: country, check digits, and the remainder by 97 is 1.
fn is_iban(text: &str) -> bool {
    let letters = text.as_bytes();
    if !IBAN_LENGTHS.contains(&text.len()) || !letters.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let (head, rest) = letters.split_at(4);
    let shape = head[..2].iter().all(u8::is_ascii_uppercase) && head[2..].iter().all(u8::is_ascii_digit);
    let remainder = rest.iter().chain(head).try_fold(0_u32, |remainder, letter| {
        let value = char::from(*letter).to_digit(36)?;
        Some(if value < 10 { (remainder * 10 + value) % 97 } else { (remainder * 100 + value) % 97 })
    });
    shape && remainder == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_has_its_check_digits() {
        for (text, is_right) in [
            // The examples of the national formats' registry.
            ("KW81CBKU0000000000001234560101", true),
            ("SA0380000000608010167519", true),
            ("KW82CBKU0000000000001234560101", false),
            ("kw81CBKU0000000000001234560101", false),
            ("", false),
            ("KW81", false),
        ] {
            assert_eq!(is_iban(text), is_right, "{text}");
        }
    }
}
