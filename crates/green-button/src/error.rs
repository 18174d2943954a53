use std::io;

/// Why a meter file was refused. Positions are bytes from the file's beginning, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GreenButtonError {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Something other than XML stands at `position`.
    #[error("not XML: unexpected text at byte {position}")]
    NotXml {
        /// The first byte that XML does not begin with.
        position: u64,
    },
    /// The file ends too early.
    #[error("the file is cut short: it ends at byte {position}, inside {}", element.as_deref().unwrap_or("its beginning"))]
    Truncated {
        /// Where the unfinished piece begins.
        position: u64,
        /// The innermost element still open; none before the first.
        element: Option<String>,
    },
    /// The XML is not well formed.
    #[error("malformed XML at byte {position}: {reason}")]
    Malformed {
        /// Where the piece begins.
        position: u64,
        /// What is wrong, in English, for logs.
        reason: &'static str,
    },
    /// More bytes than [`Limits::max_bytes`](crate::Limits::max_bytes).
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// One tag, text or comment has more bytes than [`Limits::max_piece_bytes`](crate::Limits::max_piece_bytes).
    #[error("the piece at byte {position} is larger than {limit} bytes")]
    PieceTooLarge {
        /// Where the piece begins.
        position: u64,
        /// The limit.
        limit: u64,
    },
    /// More elements inside each other than [`Limits::max_depth`](crate::Limits::max_depth).
    #[error("more than {limit} elements inside each other at byte {position}")]
    TooDeep {
        /// Where the element begins.
        position: u64,
        /// The limit.
        limit: usize,
    },
    /// A document type declaration, which can define entities that grow without end.
    #[error("a document type declaration at byte {position} is refused")]
    DoctypeRefused {
        /// Where it begins.
        position: u64,
    },
    /// A reference to an entity that XML itself does not define.
    #[error("the entity {name:?} at byte {position} is refused")]
    EntityRefused {
        /// Where the reference, or the tag that holds it, begins.
        position: u64,
        /// Its name, shortened.
        name: String,
    },
    /// Bytes that are not UTF-8.
    #[error("not UTF-8 at byte {position}")]
    InvalidUtf8 {
        /// The first wrong byte.
        position: u64,
    },
    /// The file says, or its first bytes show, that it is not in UTF-8.
    #[error("the encoding {encoding:?} is not supported, only UTF-8")]
    UnsupportedEncoding {
        /// Its name, shortened.
        encoding: String,
    },
    /// XML of another kind: it holds no ESPI element.
    #[error("not a Green Button file: <{root}> holds no meter data")]
    NotGreenButton {
        /// The root element, shortened.
        root: String,
    },
    /// A Green Button file without any reading that could be summed.
    #[error("the file holds no energy readings ({other_readings} of other kinds)")]
    NoEnergy {
        /// Readings that are not delivered energy.
        other_readings: u64,
    },
    /// The text is no number, or not a whole one where only that makes sense.
    #[error("<{element}> at byte {position} holds {text:?}, not a number")]
    BadNumber {
        /// The element.
        element: &'static str,
        /// Where its end tag begins.
        position: u64,
        /// What it holds, shortened.
        text: String,
    },
    /// The number, or what it comes to, is too large or too small to hold. Instants are from 1970 to 9999.
    #[error("the number in <{element}> at byte {position} does not fit")]
    OutOfRange {
        /// The element.
        element: &'static str,
        /// Where its end tag or its reading begins.
        position: u64,
    },
    /// The usage has parts below a millionth of a kilowatt-hour.
    #[error("<{element}> of the reading at byte {position} is finer than a millionth of a kWh")]
    Inexact {
        /// The element.
        element: &'static str,
        /// Where its end tag or its reading begins.
        position: u64,
    },
    /// The reading at `position` lacks an element and nothing stands in for it.
    #[error("the reading at byte {position} has no <{element}>")]
    Missing {
        /// The element.
        element: &'static str,
        /// Where the reading begins.
        position: u64,
    },
    /// An element stands twice where it may stand once, with different values.
    #[error("a second <{element}> at byte {position} says something else")]
    Repeated {
        /// The element.
        element: &'static str,
        /// Where the second one's end tag begins.
        position: u64,
    },
    /// The sum of all readings is too large to hold.
    #[error("the total does not fit")]
    TotalOutOfRange,
    /// The input itself failed.
    #[error("the file cannot be read after byte {position}: {kind}")]
    Read {
        /// Where the piece begins that could not be read.
        position: u64,
        /// What the input reported.
        kind: io::ErrorKind,
    },
}

/// The first characters of `text`, enough to recognise it in an error.
pub(crate) fn shorten(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(40).collect()
}
