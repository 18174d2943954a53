//! An address as a QR code.

use std::net::SocketAddr;

use api::certificates::VERIFY_PAGE;
use axum::http::{HeaderName, header};
use fast_qr::QRBuilder;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;

use super::false_codes::counted;
use crate::error::{Error, Result};
use crate::state::AppState;

/// Modules of white around the code: the standard's quiet zone.
const QUIET_ZONE: usize = 4;

/// A picture as it is sent.
pub type Picture = ([(HeaderName, &'static str); 1], String);

/// The address at which the paper of `code` is checked, if it is one; else the caller has shown a false code.
///
/// # Errors
/// What `checked` was refused for; those of [`counted`] and [`picture`].
pub fn check_picture<T>(
    app: &AppState,
    caller: SocketAddr,
    code: &str,
    checked: Result<T>,
) -> Result<Picture> {
    counted(app, caller, checked)?;
    picture(format!("{}{VERIFY_PAGE}{code}", app.public_url))
}

/// The code of an address.
///
/// # Errors
/// [`Error::Bug`] for an address that no code holds.
pub fn picture(address: String) -> Result<Picture> {
    let code =
        QRBuilder::new(address).build().map_err(|_| Error::Bug("an address too long for a QR code"))?;
    let svg = SvgBuilder::default().margin(QUIET_ZONE).to_str(&code);
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg))
}
