//! Being written.

use leptos::prelude::*;

/// The page.
#[lazy]
pub fn bills() -> AnyView {
    view! { <h1>"bills"</h1> }.into_any()
}
