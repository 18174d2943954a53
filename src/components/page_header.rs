//! The top of a page.

use std::cell::Cell;

use leptos::{html, prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName},
    text::shown,
};
use crate::format::preferences::Preferences;

thread_local! {
    /// Whether a page has had its heading since the portal started.
    static HAS_OPENED: Cell<bool> = const { Cell::new(false) };
}

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
        if HAS_OPENED.replace(true) {
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
        .into_any()
    });
    view! {
        <header class="page-header">
            {back} <div class="page-header__text">
                <h1 node_ref=heading class=heading_class tabindex="-1">
                    {shown(title)}
                </h1>
                {in_place.map(|in_place| in_place.run())}
                {note.map(|note| view! { <p class="page-header__note">{shown(note)}</p> }.into_any())}
            </div>
            {children.map(|children| view! { <div class="page-header__actions">{children()}</div> }.into_any())}
        </header>
    }
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
            <span class="heard">{shown(label)} " "</span>
            <span lang=move || other().code()>{move || other().own_name()}</span>
        </button>
    }
}
