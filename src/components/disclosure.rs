//! A question that opens in place on its answer.

use leptos::{html, prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// A question in a flush card; its answer is made when it is first opened.
#[component]
pub fn Disclosure(
    /// The question.
    #[prop(into)]
    label: TextProp,
    /// Before it.
    icon: IconName,
    /// The answer.
    #[prop(into)]
    answer: ViewFn,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let was_opened = RwSignal::new(false);
    let note_opening = move |_| {
        if details.get_untracked().is_some_and(|details| details.open()) {
            was_opened.set(true);
        }
    };
    view! {
        <details node_ref=details class="disclosure" on:toggle=note_opening>
            <summary class="disclosure__head">
                <span class="tile">
                    <Icon name=icon />
                </span>
                <span class="disclosure__label">{shown(label)}</span>
                <Icon name=IconName::ChevronDown size=IconSize::Text class="disclosure__chevron" />
            </summary>
            <div class="disclosure__answer">{move || was_opened.get().then(|| answer.run())}</div>
        </details>
    }
}
