//! On or off.

use leptos::{prelude::*, text_prop::TextProp};

use super::text::shown;

/// A switch that acts at once.
#[component]
pub fn Switch(
    /// What is on.
    #[prop(into)]
    label: TextProp,
    /// Whether it is.
    on: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                class="switch__input"
                type="checkbox"
                role="switch"
                prop:checked=move || on.get()
                on:change:target=move |event| on.set(event.target().checked())
            />
            <span>{shown(label)}</span>
        </label>
    }
}
