//! A sheet of paper on the page, and the title of a section.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// A card: heading, one number, one sentence, at most one action.
///
/// Inside it the classes `card__pair` (two numbers on a line, the second in `card__pair-end`), `card__text`,
/// `card__caption` and `card__rule` are at hand. `class` places it in `columns`: `columns__five`,
/// `columns__seven`, `columns__two-thirds`, `columns__third`, `columns__half`.
#[component]
pub fn Card(
    /// What it is about.
    #[prop(optional, into)]
    heading: Option<TextProp>,
    /// A caption, tag or link at the other end of the heading.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// Its place in the grid.
    #[prop(optional)]
    class: &'static str,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let head = heading.map(|heading| {
        view! {
            <div class="card__head">
                <h2>{shown(heading)}</h2>
                {aside.map(|aside| view! { <div class="card__aside">{move || aside.run()}</div> }.into_any())}
            </div>
        }
        .into_any()
    });
    view! { <section class=format!("card {class}")>{head} {children()}</section> }
}

/// The way on from a card, at its foot.
#[component]
pub fn CardLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What is there.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    view! {
        <a class="card__link" href=href>
            <span>{shown(label)}</span>
            <Icon name=IconName::Chevron size=IconSize::Tag />
        </a>
    }
}

/// The title of a section between cards.
#[component]
pub fn SectionTitle(
    /// What follows.
    #[prop(into)]
    title: TextProp,
    /// A caption at the other end.
    #[prop(optional, into)]
    aside: Option<TextProp>,
) -> impl IntoView {
    view! {
        <div class="section-title">
            <h2>{shown(title)}</h2>
            {aside
                .map(|aside| view! { <span class="section-title__aside">{shown(aside)}</span> })}
        </div>
    }
}
