//! No page has this address.

use leptos::prelude::*;

use crate::components::button::{ButtonKind, ButtonLink};
use crate::components::page_header::PageHeader;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};

/// What stands at an unknown address.
pub fn not_found() -> AnyView {
    use_title(|| words::state_error_title(Reader::here().language).to_owned());
    view! {
        <PageHeader title=say(words::state_error_title) />
        <p class="card__text">{say(words::page_not_found)}</p>
        <p>
            <ButtonLink href="/" label=say(words::nav_overview) kind=ButtonKind::Soft />
        </p>
    }
    .into_any()
}
