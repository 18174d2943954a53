//! Facts in pairs: the words at the start, their value at the end.

use leptos::{prelude::*, text_prop::TextProp};

/// A list of [`Fact`]s.
#[component]
pub fn Facts(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    term: TextProp,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="facts__row">
            <dt class="facts__term">{move || term.get()}</dt>
            <dd class="facts__value">{children()}</dd>
        </div>
    }
}
