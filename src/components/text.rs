//! A text that may change, wherever one stands.

use leptos::{prelude::*, text_prop::TextProp};

/// The text as a part of a view. One function for all texts: a closure in each place would be compiled for each place.
pub fn shown(text: TextProp) -> AnyView {
    (move || text.get()).into_any()
}
