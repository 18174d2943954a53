//! Something to fill in.

use leptos::{prelude::*, text_prop::TextProp};

use super::icon::{Icon, IconName, IconSize};

/// What is typed into a field; it decides direction, keyboard and what the device may fill in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, in the page's direction.
    #[default]
    Words,
    /// An account number, left to right.
    AccountNumber,
    /// A code that was sent, left to right.
    OneTimeCode,
    /// A number, left to right.
    Decimal,
}

/// A text field: label above, hint below, which gives way to what is wrong.
#[component]
pub fn Field(
    /// A name of its own on the page.
    id: &'static str,
    /// What is asked for.
    #[prop(into)]
    label: TextProp,
    /// What was typed so far.
    value: RwSignal<String>,
    /// What is typed into it.
    #[prop(optional)]
    kind: FieldKind,
    /// How, or why.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// What is wrong and what to do, once known.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The unit, at the end inside.
    #[prop(optional, into)]
    unit: Option<TextProp>,
) -> impl IntoView {
    let is_words = kind == FieldKind::Words;
    let (mode, fill_in) = match kind {
        FieldKind::Words => ("text", "off"),
        FieldKind::AccountNumber => ("numeric", "username"),
        FieldKind::OneTimeCode => ("numeric", "one-time-code"),
        FieldKind::Decimal => ("decimal", "off"),
    };
    let below = format!("{id}-below");
    view! {
        <div class="field" class:field--wrong=move || error.get().is_some()>
            <label class="field__label" for=id>
                {move || label.get()}
            </label>
            <div class="field__box">
                <input
                    class="field__input"
                    id=id
                    name=id
                    type="text"
                    dir=(!is_words).then_some("ltr")
                    inputmode=mode
                    autocomplete=fill_in
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=below.clone()
                    aria-invalid=move || error.get().map(|_| "true")
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
                {unit.map(|unit| view! { <span class="field__unit">{move || unit.get()}</span> })}
            </div>
            <div id=below>{move || below_view(error.get(), hint.as_ref())}</div>
        </div>
    }
}

fn below_view(error: Option<String>, hint: Option<&TextProp>) -> Option<AnyView> {
    let wrong = error.map(|error| {
        view! {
            <p class="field__error" role="alert">
                <Icon name=IconName::Alert size=IconSize::Tag />
                <span>{error}</span>
            </p>
        }
        .into_any()
    });
    wrong.or_else(|| hint.map(|hint| view! { <p class="field__hint">{hint.get()}</p> }.into_any()))
}

/// A place to pick a file, or to drop one. The event's target is the file input.
#[component]
pub fn FilePick(
    /// What to do.
    #[prop(into)]
    label: TextProp,
    /// What happens with it.
    #[prop(into)]
    hint: TextProp,
    /// Accepted endings or types, such as `.xml`.
    accept: &'static str,
    /// Called when a file was picked.
    #[prop(into)]
    on_pick: Callback<leptos::ev::Event>,
) -> impl IntoView {
    view! {
        <label class="file-pick">
            <span class="tile tile--large">
                <Icon name=IconName::Upload />
            </span>
            <span class="file-pick__title">{move || label.get()}</span>
            <span class="file-pick__hint">{move || hint.get()}</span>
            <input class="file-pick__input" type="file" accept=accept on:change=move |event| on_pick.run(event) />
        </label>
    }
}
