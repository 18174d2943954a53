//! The frame of every page but sign-in: the way around, and where the page stands.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName},
    text::shown,
};

/// A way in the navigation.
#[derive(Clone, Debug)]
pub struct Way {
    /// Where to.
    pub href: &'static str,
    /// What is there.
    pub label: TextProp,
    /// Its icon.
    pub icon: IconName,
    /// Whether the present page is there.
    pub is_current: Signal<bool>,
}

/// The frame: skip link, brand, navigation and the page. `index.html` paints the same before the portal starts.
#[component]
pub fn AppFrame(
    /// The brand's name.
    #[prop(into)]
    brand: TextProp,
    /// "Skip to content".
    #[prop(into)]
    skip: TextProp,
    /// What the navigation is, for screen readers.
    #[prop(into)]
    navigation: TextProp,
    /// The ways, at most five.
    ways: Vec<Way>,
    /// "Call 153", at the foot of the side bar, with its number.
    #[prop(optional, into)]
    help: Option<(TextProp, String)>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let help = help.map(|(label, phone)| {
        view! {
            <a class="navigation__link" href=format!("tel:{phone}")>
                <span class="navigation__icon">
                    <Icon name=IconName::Phone />
                </span>
                <span>{shown(label)}</span>
            </a>
        }
        .into_any()
    });
    view! {
        <div class="frame frame--navigated">
            <a class="skip-link" href="#content">
                {shown(skip)}
            </a>
            <nav class="navigation" aria-label=navigation>
                <a class="navigation__brand" href="/">
                    <Brand name=brand />
                </a>
                <ul class="navigation__list">{ways.into_iter().map(way_view).collect::<Vec<_>>()}</ul>
                <div class="navigation__foot">{help}</div>
            </nav>
            <main class="frame__main" id="content" tabindex="-1">
                {children()}
            </main>
        </div>
    }
}

fn way_view(way: Way) -> AnyView {
    let Way { href, label, icon, is_current } = way;
    view! {
        <li class="navigation__item">
            <a
                class="navigation__link"
                href=href
                aria-current=move || is_current.get().then_some("page")
            >
                <span class="navigation__icon">
                    <Icon name=icon />
                </span>
                <span>{shown(label)}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The mark and the name.
#[component]
pub fn Brand(
    /// The name.
    #[prop(into)]
    name: TextProp,
) -> impl IntoView {
    view! {
        <span class="brand">
            <svg class="brand__mark" aria-hidden="true">
                <use href="#i-mark"></use>
            </svg>
            <span>{shown(name)}</span>
        </span>
    }
}
