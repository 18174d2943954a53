//! A reply on its way to a page: waiting, here, or failed with a way to try again.

use api::endpoint::Endpoint;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ClientError, kept, parse, send_text};

/// A reply and where it stands in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded<T> {
    /// The reply.
    pub reply: T,
    /// When it came, by this device's clock in milliseconds.
    pub came_at: f64,
    /// The server could not be reached since.
    pub stale: bool,
}

/// What a page has to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<T> {
    /// Nothing yet.
    Waiting,
    /// A reply.
    Here(Loaded<T>),
    /// No reply, now or before.
    Failed(ClientError),
}

/// A reply that is being asked for, again whenever the question changes.
pub struct Loading<T: Send + Sync + 'static> {
    /// Where it stands.
    pub outcome: RwSignal<Outcome<T>>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loading<T> {}

impl<T: Send + Sync + 'static> Loading<T> {
    /// Asks again.
    pub fn retry(self) {
        if self.outcome.with_untracked(|outcome| matches!(outcome, Outcome::Failed(_))) {
            self.outcome.set(Outcome::Waiting);
        }
        self.again.notify();
    }
}

/// Asks for what `question` says, and again when it says something else. What was kept of an earlier visit is
/// shown at once and replaced when the reply comes.
pub fn use_loading<E>(question: impl Fn() -> Option<E> + 'static) -> Loading<E::Reply>
where
    E: Endpoint + 'static,
    E::Reply: Clone + PartialEq + Send + Sync + 'static,
{
    let outcome = RwSignal::new(Outcome::Waiting);
    let again = Trigger::new();
    Effect::new(move |asked: Option<Option<String>>| {
        again.track();
        let endpoint = question()?;
        let path = endpoint.path();
        let kept = kept::find(&path).and_then(|kept| {
            Some(Loaded { reply: parse::<E>(&kept.text).ok()?, came_at: kept.came_at, stale: false })
        });
        if asked.flatten().as_ref() != Some(&path) {
            outcome.set(kept.clone().map_or(Outcome::Waiting, Outcome::Here));
        }
        let reply = send_text(E::METHOD, path.clone(), Ok(None));
        let asked = path.clone();
        spawn_local(async move {
            let now = match reply.await {
                Ok(text) => match parse::<E>(&text) {
                    Ok(reply) => {
                        kept::keep(&asked, &text);
                        Outcome::Here(Loaded { reply, came_at: js_sys::Date::now(), stale: false })
                    }
                    Err(error) => Outcome::Failed(error),
                },
                // The page is gone, or it has asked something else.
                Err(ClientError::Aborted) => return,
                Err(error) => match kept.filter(|_| error.is_network()) {
                    Some(kept) => Outcome::Here(Loaded { stale: true, ..kept }),
                    None => Outcome::Failed(error),
                },
            };
            outcome.try_set(now);
        });
        Some(path)
    });
    Loading { outcome, again }
}
