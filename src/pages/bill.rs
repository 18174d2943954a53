//! Being written.

use leptos::prelude::*;

/// The page.
#[lazy]
pub fn bill() -> AnyView {
    view! { <h1>"bill"</h1> }.into_any()
}
