//! No network.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// Across the top: that there is no network, and of when the figures are.
#[component]
pub fn OfflineStrip(
    /// The sentence.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    view! {
        <p class="offline-strip" role="status">
            <Icon name=IconName::Offline size=IconSize::Text />
            <span>{shown(text)}</span>
        </p>
    }
}
