//! The six forms of a counted sentence.

/// Their names in a deck, in the order of `words::Form`.
pub(crate) const NAMES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The forms that cannot do without their number: the first three are numbers in words.
pub(crate) const NUMBERED: [&str; 3] = ["few", "many", "other"];
