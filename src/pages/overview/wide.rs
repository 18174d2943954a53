//! Whether the window has room for what a phone does without.

use leptos::prelude::*;

/// From this width on; the style sheet shows the cards from there.
const WIDE: &str = "(min-width: 960px)";

/// Becomes and stays true when the window is wide: what has come stays.
pub fn use_wide() -> Signal<bool> {
    let is_wide = move || window().match_media(WIDE).ok().flatten().is_some_and(|query| query.matches());
    let wide = RwSignal::new(is_wide());
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        if !wide.get_untracked() && is_wide() {
            wide.set(true);
        }
    });
    on_cleanup(move || resized.remove());
    wide.into()
}
