//! Refusals on the wire (RFC 9457) and their codes.

use billing::finding::Message;
use billing::hafez::eligibility::HafezCondition;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::case_refusal::CaseRefusal;
use crate::payment_refusal::PaymentRefusal;

/// An `application/problem+json` document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:adad:problem:` and the code.
    pub r#type: String,
    /// The English sentence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code; clients may translate it.
    pub code: String,
    /// A JSON pointer at the value that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The sentence in both languages.
    pub message: Message,
}

/// Why the API refuses, beside the engine's own errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No session, or it ended.
    SignInRequired,
    /// The head-end's key is missing or wrong.
    KeyWrong,
    /// The key of the staff is missing or wrong.
    StaffKeyWrong,
    /// Not among the holder's accounts, whether it exists or not.
    AccountNotFound,
    /// No such bill, service point or page under this account.
    NotFound,
    /// The path is known, the verb is not.
    MethodNotAllowed,
    /// The one-time code is wrong or has run out.
    CodeWrong,
    /// Too many tries in a short time.
    TooManyRequests {
        /// Try again after this long.
        wait_seconds: u32,
    },
    /// The body is larger than the limit.
    BodyTooLarge {
        /// The most allowed, in bytes.
        limit_bytes: u64,
    },
    /// The body is not well formed.
    BodyMalformed {
        /// The first byte that could not be read, from 1.
        position: u64,
    },
    /// A value of a path, query or body is wrong.
    ValueInvalid {
        /// A JSON pointer, or the name of the path's or query's part.
        field: String,
    },
    /// The body is no JSON object.
    BodyNotObject,
    /// The content type is not one this route takes.
    ContentType,
    /// The request comes from a page of another origin.
    ForeignOrigin,
    /// The file is of another kind than Green Button.
    FileKind,
    /// The file is damaged.
    FileDamaged {
        /// The byte where reading stopped, from 1.
        position: u64,
        /// The element it lies in, if any.
        element: Option<String>,
    },
    /// The file ends before its end.
    FileCutShort {
        /// Its length in bytes.
        position: u64,
    },
    /// The file is empty.
    FileEmpty,
    /// The file holds no delivered energy.
    FileNoEnergy,
    /// The photo is no JPEG, PNG or WebP picture, or a damaged one.
    PhotoKind,
    /// The photo has more points than we take.
    PhotoDimensions {
        /// The most of each side.
        most: u32,
    },
    /// An own reading outside the days on which they are taken.
    ReadingWindowClosed {
        /// The next first day.
        from: Day,
        /// The last day of that time.
        to: Day,
    },
    /// An own reading that is far from the usual; a photo, or the customer's word that it is so, lets it pass.
    ReadingUnlikely {
        /// The least use since the last reading that is usual, and its unit.
        low: String,
        /// The most.
        high: String,
        /// Of both.
        unit: String,
    },
    /// A condition of Hafez is not met yet.
    HafezCondition {
        /// Which.
        condition: HafezCondition,
    },
    /// A plan, an acknowledgement, a certificate, or a step of a complaint.
    Case(CaseRefusal),
    /// A payment, or a link for one.
    Payment(PaymentRefusal),
    /// The same request was made before with other contents.
    RepeatConflict,
    /// No link of ours, or a changed one.
    LinkUnknown,
    /// The link's time is over.
    LinkExpired {
        /// The last day on which it worked.
        on: Day,
    },
    /// The service is under too much load.
    ServerBusy,
    /// The fault is ours.
    ServerFault {
        /// What the employee needs to find it in the log.
        reference: String,
    },
}

impl ApiError {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SignInRequired => "sign-in-required",
            Self::KeyWrong => "key-wrong",
            Self::StaffKeyWrong => "staff-key-wrong",
            Self::AccountNotFound => "account-not-found",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::CodeWrong => "code-wrong",
            Self::TooManyRequests { .. } => "too-many-requests",
            Self::BodyTooLarge { .. } => "body-too-large",
            Self::BodyMalformed { .. } => "body-malformed",
            Self::ValueInvalid { .. } => "value-invalid",
            Self::BodyNotObject => "body-not-object",
            Self::ContentType => "content-type",
            Self::ForeignOrigin => "foreign-origin",
            Self::FileKind => "file-kind",
            Self::FileDamaged { .. } => "file-damaged",
            Self::FileCutShort { .. } => "file-cut-short",
            Self::FileEmpty => "file-empty",
            Self::FileNoEnergy => "file-no-energy",
            Self::PhotoKind => "photo-kind",
            Self::PhotoDimensions { .. } => "photo-dimensions",
            Self::ReadingWindowClosed { .. } => "reading-window-closed",
            Self::ReadingUnlikely { .. } => "reading-unlikely",
            Self::HafezCondition { .. } => "hafez-condition",
            Self::Case(refusal) => refusal.code(),
            Self::Payment(refusal) => refusal.code(),
            Self::RepeatConflict => "repeat-conflict",
            Self::LinkUnknown => "link-unknown",
            Self::LinkExpired { .. } => "link-expired",
            Self::ServerBusy => "server-busy",
            Self::ServerFault { .. } => "server-fault",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInRequired | Self::KeyWrong | Self::StaffKeyWrong => 401,
            Self::ForeignOrigin => 403,
            Self::AccountNotFound | Self::NotFound | Self::LinkUnknown => 404,
            Self::MethodNotAllowed => 405,
            Self::RepeatConflict => 409,
            Self::LinkExpired { .. } => 410,
            Self::BodyTooLarge { .. } => 413,
            Self::ContentType => 415,
            Self::CodeWrong
            | Self::ValueInvalid { .. }
            | Self::BodyNotObject
            | Self::FileKind
            | Self::FileDamaged { .. }
            | Self::FileCutShort { .. }
            | Self::FileEmpty
            | Self::FileNoEnergy
            | Self::PhotoKind
            | Self::PhotoDimensions { .. }
            | Self::HafezCondition { .. }
            | Self::ReadingWindowClosed { .. }
            | Self::ReadingUnlikely { .. } => 422,
            Self::TooManyRequests { .. } => 429,
            Self::Case(refusal) => refusal.status(),
            Self::Payment(refusal) => refusal.status(),
            Self::BodyMalformed { .. } => 400,
            Self::ServerFault { .. } => 500,
            Self::ServerBusy => 503,
        }
    }
}
