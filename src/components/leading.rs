//! What takes the place of a pressed button.

use leptos::{html, prelude::*};

/// Leads the reader to `content`: what was pressed is gone, and without it the keyboard would begin the page anew.
pub fn leading(content: AnyView) -> AnyView {
    let shown = NodeRef::<html::Div>::new();
    shown.on_load(|shown| {
        // What cannot take the focus leaves it where it is.
        shown.focus().ok();
    });
    view! {
        <div class="columns__stack" tabindex="-1" node_ref=shown>
            {content}
        </div>
    }
    .into_any()
}
