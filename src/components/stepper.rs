//! From one span of time to the next.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// Earlier at the start, later at the end, each named, so that the arrows' direction cannot mislead.
#[component]
pub fn Stepper(
    /// The span that is shown.
    #[prop(into)]
    now: TextProp,
    /// The name of the earlier one; none hides the way.
    #[prop(into)]
    earlier: Signal<Option<String>>,
    /// The name of the later one; none hides the way.
    #[prop(into)]
    later: Signal<Option<String>>,
    /// Called with -1 or 1.
    #[prop(into)]
    on_step: Callback<i32>,
) -> impl IntoView {
    view! {
        <div class="stepper">
            <button
                class="stepper__step"
                type="button"
                disabled=move || earlier.get().is_none()
                on:click=move |_| on_step.run(-1)
            >
                <Icon name=IconName::ChevronBack size=IconSize::Text />
                <span>{move || earlier.get()}</span>
            </button>
            <h2 class="stepper__now" aria-live="polite">
                {shown(now)}
            </h2>
            <button
                class="stepper__step"
                type="button"
                disabled=move || later.get().is_none()
                on:click=move |_| on_step.run(1)
            >
                <span>{move || later.get()}</span>
                <Icon name=IconName::Chevron size=IconSize::Text />
            </button>
        </div>
    }
}
