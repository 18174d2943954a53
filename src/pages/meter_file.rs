//! Being written.

use leptos::prelude::*;

/// The page.
#[lazy]
pub fn meter_file() -> AnyView {
    view! { <h1>"meter_file"</h1> }.into_any()
}
