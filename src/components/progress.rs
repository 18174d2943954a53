//! Progress that is true.

use leptos::{prelude::*, text_prop::TextProp};

/// How much of a known whole is done.
#[component]
pub fn Progress(
    /// What is being done, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// Done.
    #[prop(into)]
    done: Signal<u64>,
    /// Of how many.
    #[prop(into)]
    whole: Signal<u64>,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            aria-label=label
            max=move || whole.get().max(1).to_string()
            value=move || done.get().to_string()
        ></progress>
    }
}
