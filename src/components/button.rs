//! Buttons, and links that look like them.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// What a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The page's one action.
    #[default]
    Primary,
    /// Beside it.
    Outline,
    /// On a tint.
    Soft,
    /// Words alone.
    Plain,
    /// On the due card.
    OnHero,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Outline => "button button--outline",
            Self::Soft => "button button--soft",
            Self::Plain => "button button--plain",
            Self::OnHero => "button button--on-hero",
        }
    }
}

/// A button. Without `on_press` it sends the form around it.
#[component]
pub fn Button(
    /// The verb.
    #[prop(into)]
    label: TextProp,
    /// What it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// The icon before the verb.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// What it does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Whether it is at work; then it shows that and does nothing more.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// As wide as its surroundings.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let wide = if wide { " button--wide" } else { "" };
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class=format!("{}{wide}", kind.class())
            type=if on_press.is_some() { "button" } else { "submit" }
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {move || match (busy.get(), icon) {
                (true, _) => view! { <span class="button__wait" aria-hidden="true"></span> }.into_any(),
                (false, Some(name)) => view! { <Icon name=name size=IconSize::Text /> }.into_any(),
                (false, None) => ().into_any(),
            }}
            <span>{shown(label)}</span>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What is there.
    #[prop(into)]
    label: TextProp,
    /// What it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// The icon before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {icon.map(|name| view! { <Icon name=name size=IconSize::Text /> }.into_any())}
            <span>{shown(label)}</span>
        </a>
    }
}

/// A button that is an icon alone; its label is heard.
#[component]
pub fn IconButton(
    /// What it does, in words.
    #[prop(into)]
    label: TextProp,
    /// What is seen.
    icon: IconName,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button class="icon-button" type="button" aria-label=label on:click=move |_| on_press.run(())>
            <Icon name=icon />
        </button>
    }
}
