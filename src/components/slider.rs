//! A whole number between nothing and a most, moved by hand, by keys or by steps.

use leptos::{prelude::*, text_prop::TextProp};

use super::text::shown;

/// The words around a slider.
#[derive(Clone)]
pub struct SliderWords {
    /// What is moved, at the start of the title row.
    pub label: TextProp,
    /// Its value, at the end of that row, and as it is heard.
    pub value: TextProp,
    /// Under the title: what it does.
    pub effect: TextProp,
    /// The names of the two steps.
    pub steps: (TextProp, TextProp),
    /// Below, at both ends.
    pub ends: (TextProp, TextProp),
}

/// A native slider between two steps of 44 px. It follows the direction of the page.
#[component]
pub fn Slider(
    /// A name of its own on the page.
    id: &'static str,
    /// The words.
    words: SliderWords,
    /// The value.
    #[prop(into)]
    value: Signal<u32>,
    /// The largest.
    most: u32,
    /// Called with the new value.
    #[prop(into)]
    on_change: Callback<u32>,
) -> impl IntoView {
    let SliderWords { label, value: said, effect, steps, ends: (least_words, most_words) } = words;
    let (heard, below) = (said.clone(), below_id(id));
    view! {
        <div class="slider">
            <div class="slider__head">
                <label class="slider__label" for=id>{shown(label)}</label>
                <span class="slider__value" aria-hidden="true">{shown(said)}</span>
            </div>
            <p class="slider__effect" id=below>{shown(effect)}</p>
            {row(id, steps, heard, (value, most), on_change)}
            <div class="slider__ends" aria-hidden="true">
                <span>{shown(least_words)}</span>
                <span>{shown(most_words)}</span>
            </div>
        </div>
    }
}

/// Where the effect stands.
fn below_id(id: &str) -> String {
    [id, "-effect"].concat()
}

/// The slider between its steps.
fn row(
    id: &'static str,
    (less, more): (TextProp, TextProp),
    heard: TextProp,
    (value, most): (Signal<u32>, u32),
    on_change: Callback<u32>,
) -> AnyView {
    let step = move |by: i32| {
        let to = value.get_untracked().saturating_add_signed(by).min(most);
        on_change.run(to);
    };
    view! {
        <div class="slider__row">
            <button
                class="slider__step"
                type="button"
                aria-label=less
                aria-disabled=move || (value.get() == 0).then_some("true")
                on:click=move |_| step(-1)
            >
                <span aria-hidden="true">"−"</span>
            </button>
            <input
                class="slider__input"
                id=id
                type="range"
                min="0"
                max=most.to_string()
                step="1"
                aria-describedby=below_id(id)
                aria-valuetext=heard
                prop:value=move || value.get().to_string()
                on:input:target=move |event| {
                    if let Ok(to) = event.target().value().parse::<u32>() {
                        on_change.run(to.min(most));
                    }
                }
            />
            <button
                class="slider__step"
                type="button"
                aria-label=more
                aria-disabled=move || (value.get() == most).then_some("true")
                on:click=move |_| step(1)
            >
                <span aria-hidden="true">"+"</span>
            </button>
        </div>
    }
    .into_any()
}
