//! A state in a word.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// The six kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// Agrees, paid, running.
    Good,
    /// Soon, unpaid, a difference.
    Warn,
    /// Blocked, failed.
    Bad,
    /// Worth knowing: estimated.
    Info,
    /// Settled.
    Plain,
    /// Assumed, a factor.
    Outline,
}

/// A tag: icon, word, tint. It cannot be pressed.
#[component]
pub fn StatusTag(
    /// Which kind.
    kind: TagKind,
    /// The word.
    #[prop(into)]
    label: TextProp,
    /// The icon before it.
    #[prop(optional, into)]
    icon: Option<IconName>,
) -> impl IntoView {
    let kind = match kind {
        TagKind::Good => "good",
        TagKind::Warn => "warn",
        TagKind::Bad => "bad",
        TagKind::Info => "info",
        TagKind::Plain => "plain",
        TagKind::Outline => "outline",
    };
    view! {
        <span class=format!("status-tag status-tag--{kind}")>
            {icon.map(|name| view! { <Icon name=name size=IconSize::Tag /> })}
            <span>{shown(label)}</span>
        </span>
    }
}
