//! One thing worth knowing.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName},
    text::shown,
};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Protection, success.
    Good,
    /// Care.
    Warn,
    /// Loss, errors in a form.
    Bad,
    /// Privacy.
    Plain,
}

/// A notice: icon, bold first line, one sentence.
#[component]
pub fn Notice(
    /// What it is about.
    kind: NoticeKind,
    /// The bold line.
    #[prop(into)]
    title: TextProp,
    /// The icon; each kind has its own.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The sentence, if one line is not enough.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (name, own_icon) = match kind {
        NoticeKind::Good => ("good", IconName::Shield),
        NoticeKind::Warn => ("warn", IconName::Alert),
        NoticeKind::Bad => ("bad", IconName::Alert),
        NoticeKind::Plain => ("plain", IconName::Lock),
    };
    view! {
        <div class=format!("notice notice--{name}") role=(kind == NoticeKind::Bad).then_some("alert")>
            <Icon name=icon.unwrap_or(own_icon) />
            <div class="notice__text">
                <p class="notice__title">{shown(title)}</p>
                {children.map(|children| view! { <div class="notice__body">{children()}</div> })}
            </div>
        </div>
    }
}
