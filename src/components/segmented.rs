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
    /// Whether what is chosen is seen too, where nothing else on the page says it.
    #[prop(optional)]
    titled: bool,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (values, labels): (Vec<T>, Vec<TextProp>) = options.into_iter().unzip();
    let values = StoredValue::new(values);
    let place = Signal::derive(move || {
        let chosen = chosen.get();
        values.with_value(|values| values.iter().position(|value| *value == chosen)).unwrap_or(usize::MAX)
    });
    let choose = Callback::new(move |at| {
        if let Some(value) = values.with_value(|values| values.get::<usize>(at).cloned()) {
            on_choose.run(value);
        }
    });
    choices(legend, titled, name, labels, place, choose)
}

/// The same for all kinds of values: their places stand for them.
fn choices(
    legend: TextProp,
    titled: bool,
    name: &'static str,
    labels: Vec<TextProp>,
    chosen: Signal<usize>,
    on_choose: Callback<usize>,
) -> AnyView {
    let choice = |(at, label)| {
        view! {
            <label class="segmented__choice">
                <input
                    class="segmented__input"
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == at
                    on:change=move |_| on_choose.run(at)
                />
                <span class="segmented__label">{shown(label)}</span>
            </label>
        }
        .into_any()
    };
    let choices: Vec<AnyView> = labels.into_iter().enumerate().map(choice).collect();
    // A legend cannot lie beside the well of its own fieldset: the title is another text.
    let title = titled.then(|| {
        let legend = legend.clone();
        view! { <span class="segmented__title" aria-hidden="true">{shown(legend)}</span> }.into_any()
    });
    view! {
        {title}
        <fieldset class="segmented">
            <legend class="heard">{shown(legend)}</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}
