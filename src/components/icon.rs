//! The icons, drawn once in `index.html` and used by name.

use leptos::prelude::*;

/// An icon of the set, named after what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Home,
    Bars,
    Receipt,
    Card,
    More,
    /// Points forward; turns with the direction of writing.
    Chevron,
    /// Points back; turns too.
    ChevronBack,
    ChevronDown,
    Clock,
    Check,
    Alert,
    Info,
    Upload,
    Print,
    Document,
    Phone,
    Retry,
    Offline,
    Lock,
    Shield,
    Person,
    Leave,
    File,
    Bell,
    /// Of what was saved.
    Leaf,
}

/// How large an icon stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 24 px: on tiles and in the navigation.
    #[default]
    Tile,
    /// 20 px: beside text.
    Text,
    /// 16 px: in a tag.
    Tag,
}

impl IconName {
    fn symbol(self) -> &'static str {
        match self {
            Self::Home => "#i-home",
            Self::Bars => "#i-bars",
            Self::Receipt => "#i-receipt",
            Self::Card => "#i-card",
            Self::More => "#i-more",
            Self::Chevron | Self::ChevronBack => "#i-chevron",
            Self::ChevronDown => "#i-chevron-down",
            Self::Clock => "#i-clock",
            Self::Check => "#i-check",
            Self::Alert => "#i-alert",
            Self::Info => "#i-info",
            Self::Upload => "#i-upload",
            Self::Print => "#i-print",
            Self::Document => "#i-document",
            Self::Phone => "#i-phone",
            Self::Retry => "#i-retry",
            Self::Offline => "#i-offline",
            Self::Lock => "#i-lock",
            Self::Shield => "#i-shield",
            Self::Person => "#i-person",
            Self::Leave => "#i-leave",
            Self::File => "#i-file",
            Self::Bell => "#i-bell",
            Self::Leaf => "#i-leaf",
        }
    }

    fn turn(self) -> &'static str {
        match self {
            Self::Chevron => " icon--turns",
            Self::ChevronBack => " icon--turns-back",
            _ => "",
        }
    }
}

/// An icon. It says nothing to a screen reader: the words beside it do.
#[component]
pub fn Icon(
    /// Which.
    name: IconName,
    /// How large.
    #[prop(optional)]
    size: IconSize,
    /// A further class, such as the element of another component.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let size = match size {
        IconSize::Tile => "",
        IconSize::Text => " icon--text",
        IconSize::Tag => " icon--tag",
    };
    view! {
        <svg class=format!("icon{size}{} {class}", name.turn()) aria-hidden="true">
            <use href=name.symbol()></use>
        </svg>
    }
}
