//! Why a meter file cannot be read: the same refusal from the server's import and from the page that reads it.

use api::problem::ApiError;
use green_button::GreenButtonError;

/// The refusal of a file on the wire, where positions are told from 1.
#[must_use]
pub fn refusal(error: &GreenButtonError) -> ApiError {
    use GreenButtonError as E;
    let damaged = |position: u64, element: Option<&str>| ApiError::FileDamaged {
        position: position + 1,
        element: element.map(str::to_owned),
    };
    match *error {
        E::Empty => ApiError::FileEmpty,
        E::NotXml { .. } | E::NotGreenButton { .. } | E::UnsupportedEncoding { .. } => ApiError::FileKind,
        E::Truncated { position, .. } => ApiError::FileCutShort { position },
        E::TooLarge { limit } => ApiError::BodyTooLarge { limit_bytes: limit },
        E::NoEnergy { .. } => ApiError::FileNoEnergy,
        E::BadNumber { element, position, .. }
        | E::OutOfRange { element, position }
        | E::Inexact { element, position }
        | E::Missing { element, position }
        | E::Repeated { element, position } => damaged(position, Some(element)),
        E::Malformed { position, .. }
        | E::PieceTooLarge { position, .. }
        | E::TooDeep { position, .. }
        | E::DoctypeRefused { position }
        | E::EntityRefused { position, .. }
        | E::InvalidUtf8 { position }
        | E::Read { position, .. } => damaged(position, None),
        _ => damaged(0, None),
    }
}
