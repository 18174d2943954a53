//! Being written.
use leptos::prelude::*;
/// The page at `/`.
pub fn overview() -> AnyView {
    ().into_any()
}
