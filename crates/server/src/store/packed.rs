//! Rows as one text. Each value that a statement gives by itself is copied from thread to thread, and each row wakes the
//! one that waits for it: that costs many times what it is to read a text.

use std::str::{FromStr, Split};

use serde::de::DeserializeOwned;

use super::text::value;
use super::{Result, StoreError};

/// Stands between two columns: nobody can type it.
const COLUMN: char = '\u{1f}';
/// Stands between two rows.
const ROW: char = '\u{1e}';

/// The columns of a row as one text, in which a null is empty.
pub(super) fn row(columns: &[&str]) -> String {
    let places = vec!["%s"; columns.len()].join(&COLUMN.to_string());
    format!("format('{places}', {})", columns.join(", "))
}

/// All rows of a statement that gives a `text` each, in its order, as one text: null where there is none.
pub(super) fn rows(statement: &str) -> String {
    format!("(select string_agg(t.text, '{ROW}') from ({statement}) t)")
}

/// The rows that such a text holds.
pub(super) fn rows_of(rows: Option<&str>) -> impl Iterator<Item = &str> {
    rows.into_iter().flat_map(|rows| rows.split(ROW))
}

/// A row that is read column by column, from the first on.
pub(super) struct Packed<'a> {
    columns: Split<'a, char>,
    what: &'static str,
}

impl<'a> Packed<'a> {
    /// Of a row's text; `what` it holds is said where it cannot be read.
    pub(super) fn new(row: &'a str, what: &'static str) -> Self {
        Self::by(COLUMN, row, what)
    }

    /// The same of a text with another sign between two columns, which stands in one column.
    pub(super) fn by(between: char, row: &'a str, what: &'static str) -> Self {
        Self { columns: row.split(between), what }
    }

    /// The next column; empty where it was null.
    pub(super) fn text(&mut self) -> Result<&'a str> {
        self.columns.next().ok_or(StoreError::Damaged(self.what))
    }

    /// The next column, a number.
    pub(super) fn number<T: FromStr>(&mut self) -> Result<T> {
        self.text()?.parse().map_err(|_| StoreError::Damaged(self.what))
    }

    /// The next column, a number or null.
    pub(super) fn number_if_any<T: FromStr>(&mut self) -> Result<Option<T>> {
        self.text_if_any()?.map(str::parse).transpose().map_err(|_| StoreError::Damaged(self.what))
    }

    /// The next column, a text or null.
    pub(super) fn text_if_any(&mut self) -> Result<Option<&'a str>> {
        Ok(Some(self.text()?).filter(|text| !text.is_empty()))
    }

    /// The next column, one of the words of the wire.
    pub(super) fn word<T: DeserializeOwned>(&mut self) -> Result<T> {
        value(self.text()?.to_owned(), self.what)
    }
}

#[cfg(test)]
mod tests {
    use api::accounts::Commodity;

    use super::*;

    #[test]
    fn rows_come_back_column_by_column() {
        let rows = "a\u{1f}12\u{1f}\u{1f}water 7\u{1e}\u{1f}-3\u{1f}4\u{1f}";
        let read = |row| -> Result<(&str, i64, Option<u32>, Option<&str>)> {
            let mut row = Packed::new(row, "row");
            Ok((row.text()?, row.number()?, row.number_if_any()?, row.text_if_any()?))
        };
        let rows: Result<Vec<_>> = rows_of(Some(rows)).map(read).collect();
        assert_eq!(rows.unwrap(), [("a", 12, None, Some("water 7")), ("", -3, Some(4), None)]);
        assert_eq!(rows_of(None).count(), 0);
        let mut inner = Packed::by(' ', "water 7", "inner row");
        assert_eq!((inner.word().ok(), inner.number().ok()), (Some(Commodity::Water), Some(7)));
    }

    #[test]
    fn a_row_that_is_none_of_ours_is_damaged() {
        let damaged = |found: Result<i64>| matches!(found, Err(StoreError::Damaged("row")));
        assert!(damaged(Packed::new("", "row").number()));
        assert!(damaged(Packed::new("1.5", "row").number()));
        assert!(damaged(Packed::new("9223372036854775808", "row").number()));
        let mut row = Packed::new("1", "row");
        assert_eq!(row.number::<i64>().unwrap(), 1);
        assert!(damaged(row.number()));
        assert!(Packed::new("gas", "row").word::<Commodity>().is_err());
    }
}
