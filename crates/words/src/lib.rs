//! Every sentence of the portal, the server and the command line, typed, in Arabic and English.
//!
//! `sentences/*.toml` hold the texts; the build turns each into a function of its key, which takes the language, for
//! a counted sentence a [`Count`], and a `&str` for each placeholder. A missing language, form or placeholder fails
//! the build. Values arrive formatted for their reader and are isolated within the text, so that a date or an amount
//! keeps its own direction.

pub mod acknowledgement;
mod assumed;
pub mod batches;
pub mod codes;
pub mod compute;
pub mod dates;
pub mod debt;
pub mod figures;
mod fill;
mod language;
pub mod meter_file;
pub mod names;
pub mod payments;
mod phrases;
mod plural;
mod sentences;
pub mod working;

pub use language::Language;
pub use plural::{Count, Form};
pub use sentences::*;
