//! Codes of papers that are none: counted, so that nobody tries many.

use std::net::SocketAddr;

use api::case_refusal::CaseRefusal;
use api::problem::ApiError;

use crate::error::{Error, Result};
use crate::state::AppState;

/// False codes of one network address in a quarter of an hour.
const FALSE_CODES: u32 = 20;

/// What became of a check; the caller's false codes of late are counted.
///
/// # Errors
/// The check's own; [`ApiError::TooManyRequests`] for one false code too many.
pub(super) fn counted<T>(app: &AppState, caller: SocketAddr, checked: Result<T>) -> Result<T> {
    if matches!(checked, Err(Error::Api(ApiError::Case(CaseRefusal::CertificateUnknown)))) {
        let tries = app.payment_tries.count(&format!("code {}", caller.ip()), FALSE_CODES, app.clock.now());
        tries.map_err(|wait_seconds| ApiError::TooManyRequests { wait_seconds })?;
    }
    checked
}
