//! Two to four choices, one of them chosen.

use leptos::{prelude::*, text_prop::TextProp};

use super::text::shown;

/// A choice between a few values, as native radio buttons: arrows move between them.
#[component]
pub fn Segmented<T>(
    /// What is chosen, for screen readers; also tells this group from others on the page.
    #[prop(into)]
    legend: TextProp,
    /// A name of its own on the page.
    name: &'static str,
    /// The values with their words.
    options: Vec<(T, TextProp)>,
    /// The one that is chosen.
    #[prop(into)]
    chosen: Signal<T>,
    /// Called with the new one.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let choice = move |(value, label): (T, TextProp)| {
        let compared = value.clone();
        view! {
            <label class="segmented__choice">
                <input
                    class="segmented__input"
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == compared
                    on:change=move |_| on_choose.run(value.clone())
                />
                <span class="segmented__label">{shown(label)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segmented">
            <legend class="heard">{move || legend.get()}</legend>
            {options.into_iter().map(choice).collect_view()}
        </fieldset>
    }
}
