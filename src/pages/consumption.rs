//! Being written.

use leptos::prelude::*;

/// The page.
#[lazy]
pub fn consumption() -> AnyView {
    view! { <h1>"consumption"</h1> }.into_any()
}
