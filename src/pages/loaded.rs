//! The parts of a page about a reply: the strip above an old one, the account's property, and what the reply holds.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{Loaded, Loading, Outcome};
use crate::clock::Clock;
use crate::pages::reader::Reader;
use crate::pages::states::{failure, old_strip};
use crate::session::SessionState;

/// Above the header: a strip over a reply that could not be renewed.
pub fn strip<T: Send + Sync>(loading: Loading<T>) -> impl Fn() -> Option<AnyView> {
    move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => old_strip(loaded),
            _ => None,
        })
    }
}

/// Below the header, while a reply could not be renewed: what a page can still do. It is told when the reply came.
pub fn when_old<T: Send + Sync>(
    loading: Loading<T>,
    sentence: impl Fn(Reader, &T, &str) -> Option<String>,
) -> impl Fn() -> Option<AnyView> {
    let clock = Clock::here();
    move || {
        let reader = Reader::here();
        let text = loading.outcome.with(|outcome| match outcome {
            Outcome::Here(Loaded { reply, came_at, stale: true }) => {
                sentence(reader, reply, &reader.time(clock.civil_time_of(*came_at)))
            }
            _ => None,
        })?;
        Some(view! { <p class="card__text">{text}</p> }.into_any())
    }
}

/// In the header: the property of the chosen account.
pub fn property() -> TextProp {
    let session = SessionState::here();
    let property = move || {
        let reader = Reader::here();
        session.account().map(|account| reader.message(&account.property)).unwrap_or_default()
    };
    property.into()
}

/// Below the header: `meanwhile` until the reply is here, the page's own `sentence` when it did not come, and what
/// `shown` makes of it.
pub fn when_here<T: Send + Sync>(
    loading: Loading<T>,
    meanwhile: fn() -> AnyView,
    sentence: fn(words::Language) -> &'static str,
    shown: impl Fn(&T) -> AnyView,
) -> impl Fn() -> AnyView {
    move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Waiting => meanwhile(),
            Outcome::Failed(error) => failure(error, sentence, Callback::new(move |()| loading.retry())),
            Outcome::Here(Loaded { reply, .. }) => shown(reply),
        })
    }
}
