//! An address as a QR code.

use axum::http::{HeaderName, header};
use fast_qr::QRBuilder;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;

use crate::error::{Error, Result};

/// Modules of white around the code: the standard's quiet zone.
const QUIET_ZONE: usize = 4;

/// A picture as it is sent.
pub type Picture = ([(HeaderName, &'static str); 1], String);

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
