//! The top of a page.

use js_sys::Reflect;
use leptos::{html, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsValue;

use super::icon::{Icon, IconName};
use crate::format::preferences::Preferences;

/// Where you are and for which account. Its heading takes the focus when the page is gone to.
#[component]
pub fn PageHeader(
    /// The page.
    #[prop(into)]
    title: TextProp,
    /// The account, the period.
    #[prop(optional, into)]
    note: Option<TextProp>,
    /// Where the way back leads, with its words.
    #[prop(optional, into)]
    back: Option<(String, TextProp)>,
    /// Seen in the heading's place, such as an [`AccountSwitch`](super::account_switch::AccountSwitch).
    #[prop(optional, into)]
    in_place: Option<ViewFn>,
    /// What acts on all of the page.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    heading.on_load(|heading| {
        // Whoever has just opened the portal begins at its beginning, with the skip link.
        if has_acted() {
            // A heading that cannot take the focus leaves it where it is.
            let _ = heading.focus();
        }
    });
    let heading_class = if in_place.is_some() { "heard" } else { "page-header__title" };
    let back = back.map(|(href, label)| {
        view! {
            <a class="page-header__back" href=href aria-label=label>
                <Icon name=IconName::ChevronBack />
            </a>
        }
    });
    view! {
        <header class="page-header">
            {back} <div class="page-header__text">
                <h1 node_ref=heading class=heading_class tabindex="-1">
                    {move || title.get()}
                </h1>
                {in_place.map(|in_place| in_place.run())}
                {note.map(|note| view! { <p class="page-header__note">{move || note.get()}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-header__actions">{children()}</div> })}
        </header>
    }
}

/// Whether the reader has pressed anything since the portal was opened. Where the browser does not tell, they have.
fn has_acted() -> bool {
    let of = |object: JsValue, part: &str| Reflect::get(&object, &part.into());
    let activation = of(window().into(), "navigator").and_then(|navigator| of(navigator, "userActivation"));
    let acted = activation.and_then(|activation| of(activation, "hasBeenActive"));
    acted.ok().and_then(|acted| acted.as_bool()).unwrap_or(true)
}

/// Switches to the other language, named in that language.
#[component]
pub fn LanguageSwitch(
    /// What it does, in the present language.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let language = Preferences::current().language;
    let other = move || language.get().other();
    view! {
        <button
            class="language-switch"
            type="button"
            on:click=move |_| language.set(other())
        >
            <span class="heard">{move || label.get()} " "</span>
            <span lang=move || other().code()>{move || other().own_name()}</span>
        </button>
    }
}
