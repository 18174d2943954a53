//! Signing in with an account number and a one-time code, and signing out.
//!
//! Whatever proves who somebody is ends in [`open_session`]: OpenID Connect will be a second way to it, beside
//! [`sign_in_with_code`].

use api::accounts::AccountId;
use api::problem::ApiError;
use sqlx::AnyConnection;

use crate::auth::SESSION_S;
use crate::error::Result;
use crate::secrets;
use crate::state::AppState;
use crate::store::sessions::SessionRecord;
use crate::store::{accounts, sessions};

const CODE_S: i64 = 5 * 60;
const MOST_TRIES: i64 = 5;
/// Many holders can share one address.
const ADDRESS_SHARE: u32 = 10;

/// Sends a one-time code to the holder of an account, in place of any earlier one. For an unknown account nothing
/// is sent, and the caller cannot tell.
///
/// # Errors
/// [`ApiError::TooManyRequests`] after too many in a short time, from one address or for one account.
pub async fn send_code(app: &AppState, account: &AccountId, address: &str) -> Result<()> {
    let now = app.clock.now();
    count_try(app, address, account, now)?;
    let code = secrets::one_time_code()?;
    let mut record = app.store.begin().await?;
    if accounts::find(&mut record, account).await?.is_none() {
        return Ok(());
    }
    sessions::save_code(&mut record, account, &secrets::code_hash(&account.0, &code), now + CODE_S).await?;
    record.commit().await?;
    (app.send_code)(account, &code);
    Ok(())
}

/// Opens a session with an account's code, which then holds no more. Gives the session's token.
///
/// # Errors
/// [`ApiError::CodeWrong`], the same for an unknown account; [`ApiError::TooManyRequests`].
pub async fn sign_in_with_code(
    app: &AppState,
    account: &AccountId,
    code: &str,
    address: &str,
) -> Result<(String, SessionRecord)> {
    let now = app.clock.now();
    count_address(app, address, now)?;
    let mut record = app.store.begin().await?;
    let kept = sessions::try_code(&mut record, account, now, MOST_TRIES).await?;
    if kept != Some(secrets::code_hash(&account.0, code)) {
        // The try is counted all the same.
        record.commit().await?;
        return Err(ApiError::CodeWrong.into());
    }
    sessions::forget_code(&mut record, account).await?;
    let opened = open_session(&mut record, account, now).await?;
    record.commit().await?;
    Ok(opened)
}

/// Opens a session for the holder of `account`, who has proven to be the holder.
///
/// # Errors
/// What the record reports.
pub async fn open_session(
    record: &mut AnyConnection,
    account: &AccountId,
    now: i64,
) -> Result<(String, SessionRecord)> {
    let holder = accounts::find(record, account).await?.ok_or(ApiError::AccountNotFound)?.holder;
    let token = secrets::token()?;
    let session = SessionRecord { holder, account: account.clone() };
    sessions::add(record, &secrets::hash(&token), &session, now + SESSION_S, now).await?;
    Ok((token, session))
}

/// Ends a session.
///
/// # Errors
/// What the record reports.
pub async fn sign_out(app: &AppState, token_hash: &str) -> Result<()> {
    let mut record = app.store.begin().await?;
    sessions::end(&mut record, token_hash).await?;
    Ok(record.commit().await?)
}

fn count_try(app: &AppState, address: &str, account: &AccountId, now: i64) -> Result<(), ApiError> {
    count_address(app, address, now)?;
    let name = format!("account {account}");
    count(app, &name, app.limits.sign_in_codes, now)
}

fn count_address(app: &AppState, address: &str, now: i64) -> Result<(), ApiError> {
    let name = format!("address {address}");
    count(app, &name, app.limits.sign_in_codes.saturating_mul(ADDRESS_SHARE), now)
}

fn count(app: &AppState, name: &str, most: u32, now: i64) -> Result<(), ApiError> {
    let counted = app.sign_in_tries.count(name, most, now);
    counted.map_err(|wait_seconds| ApiError::TooManyRequests { wait_seconds })
}
