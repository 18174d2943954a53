//! Something to fill in.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// What is typed into a field; it decides what the device may fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// An account number, left to right.
    AccountNumber,
    /// A code that was sent, left to right.
    OneTimeCode,
    /// A decimal, left to right; nothing that the device knows.
    Decimal,
    /// A bank account's number, left to right.
    Iban,
    /// Somebody's name, in its own direction.
    Name,
}

/// A field of one line: label above, hint below, which gives way to what is wrong.
#[component]
pub fn Field(
    /// A name of its own on the page.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: TextProp,
    /// What was typed so far.
    value: RwSignal<String>,
    /// What is typed into it.
    kind: FieldKind,
    /// How, or why.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// At its end: what a number counts.
    #[prop(optional, into)]
    unit: Option<TextProp>,
    /// What is wrong and what to do, once known.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (fill_in, keyboard, direction) = match kind {
        FieldKind::AccountNumber => ("username", "numeric", "ltr"),
        FieldKind::OneTimeCode => ("one-time-code", "numeric", "ltr"),
        FieldKind::Decimal => ("off", "decimal", "ltr"),
        FieldKind::Iban => ("off", "text", "ltr"),
        FieldKind::Name => ("name", "text", "auto"),
    };
    let unit = unit.map(|unit| view! { <span class="field__unit">{shown(unit)}</span> }.into_any());
    let below = format!("{id}-below");
    view! {
        <div class="field" class:field--wrong=move || error.get().is_some()>
            <label class="field__label" for=id.clone()>
                {shown(label)}
            </label>
            <div class="field__box">
                <input
                    class="field__input"
                    id=id.clone()
                    name=id
                    type="text"
                    dir=direction
                    inputmode=keyboard
                    autocomplete=fill_in
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=below.clone()
                    aria-invalid=move || error.get().map(|_| "true")
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
                {unit}
            </div>
            <div id=below>{move || below_view(error.get(), hint.as_ref())}</div>
        </div>
    }
}

/// A field for words: label above, hint below, which gives way to what is wrong.
#[component]
pub fn TextArea(
    /// A name of its own on the page.
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: TextProp,
    /// What was typed so far.
    value: RwSignal<String>,
    /// Characters of the longest text.
    most: usize,
    /// How, or why.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// What is wrong and what to do, once known.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let below = format!("{id}-below");
    view! {
        <div class="field" class:field--wrong=move || error.get().is_some()>
            <label class="field__label" for=id.clone()>
                {shown(label)}
            </label>
            <div class="field__box">
                <textarea
                    class="field__input field__area"
                    id=id.clone()
                    name=id
                    rows="4"
                    dir="auto"
                    maxlength=most.to_string()
                    aria-describedby=below.clone()
                    aria-invalid=move || error.get().map(|_| "true")
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                ></textarea>
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
            <span class="file-pick__title">{shown(label)}</span>
            <span class="file-pick__hint">{move || hint.get()}</span>
            <input class="file-pick__input" type="file" accept=accept on:change=move |event| on_pick.run(event) />
        </label>
    }
}
