//! Values of the wire as the columns hold them: the same words.

use billing::period::{Day, parse_date};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Result, StoreError};

/// The word of a value such as [`api::accounts::Commodity`].
pub(super) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value of a word.
pub(super) fn value<T: DeserializeOwned>(word: String, what: &'static str) -> Result<T> {
    serde_json::from_value(Value::String(word)).map_err(|_| StoreError::Damaged(what))
}

/// A value as a document.
pub(super) fn document_text<T: Serialize>(value: &T) -> String {
    // Only a map with keys that are no text, or a failing serializer, has no JSON: ours have neither.
    serde_json::to_string(value).unwrap_or_default()
}

/// A document.
pub(super) fn document<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged(what))
}

/// A civil day.
pub(super) fn day(text: &str) -> Result<Day> {
    parse_date(text).map(Day).map_err(|_| StoreError::Damaged("day"))
}

/// Rows of one statement: enough to make the way to the database short, few enough for any database.
pub(super) const ROWS_AT_ONCE: usize = 200;

/// `($1, $2), ($3, $4)` for two rows of two columns.
pub(super) fn placeholders(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let names: Vec<_> = (1..=columns).map(|column| format!("${}", at * columns + column)).collect();
        format!("({})", names.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
