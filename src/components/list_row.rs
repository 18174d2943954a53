//! Rows that say what and when, and lead on.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// The colour of a row's tile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TileTone {
    /// A thing.
    #[default]
    Brand,
    /// A thing that waits.
    Warn,
}

/// A row in a flush card; with `href` the whole row is the link.
#[component]
pub fn ListRow(
    /// What.
    #[prop(into)]
    title: TextProp,
    /// When, or what about it.
    #[prop(optional, into)]
    note: Option<TextProp>,
    /// On the tile at the start.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The tile's colour.
    #[prop(optional)]
    tone: TileTone,
    /// Where it leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// A value, tag or control at the end.
    #[prop(optional, into)]
    end: Option<ViewFn>,
) -> impl IntoView {
    let tile = match tone {
        TileTone::Brand => "tile",
        TileTone::Warn => "tile tile--warn",
    };
    let is_link = href.is_some();
    let inside = view! {
        {icon
            .map(|name| {
                view! {
                    <span class=tile>
                        <Icon name=name />
                    </span>
                }
            })}
        <span class="list-row__text">
            <span class="list-row__title">{shown(title)}</span>
            {note.map(|note| view! { <span class="list-row__note">{shown(note)}</span> })}
        </span>
        <span class="list-row__end">
            {end.map(|end| end.run())}
            {is_link.then(|| view! { <Icon name=IconName::Chevron size=IconSize::Text /> })}
        </span>
    };
    match href {
        Some(href) => view! { <a class="list-row" href=href>{inside}</a> }.into_any(),
        None => view! { <div class="list-row">{inside}</div> }.into_any(),
    }
}
