//! A reply on its way to a page: waiting, here, or failed with a way to try again.

use std::future::Future;

use api::endpoint::{Endpoint, Method};
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
    E::Reply: Clone + Send + Sync + 'static,
{
    // What does not depend on the endpoint is compiled once, not for every page.
    ask(Box::new(move || question().map(|endpoint| endpoint.path())), parse::<E>)
}

type Read<T> = fn(&str) -> Result<T, ClientError>;

fn ask<T: Clone + Send + Sync + 'static>(
    question: Box<dyn Fn() -> Option<String>>,
    read: Read<T>,
) -> Loading<T> {
    let outcome = RwSignal::new(Outcome::Waiting);
    let again = Trigger::new();
    let known = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        again.track();
        let Some(path) = question() else { return };
        let kept = kept::find(&path);
        if known.get_value().as_ref() != Some(&path) {
            known.set_value(Some(path.clone()));
            let kept = kept.as_ref().and_then(|kept| loaded(read, &kept.text, kept.came_at, false).ok());
            outcome.set(kept.map_or(Outcome::Waiting, Outcome::Here));
        }
        let asked = path.clone();
        let reply = fresh(path, kept);
        spawn_local(async move {
            let now = match reply.await {
                Ok(Text { text, came_at, stale }) => loaded(read, &text, came_at, stale),
                // The page is gone, or it has asked something else.
                Err(ClientError::Aborted) => return,
                Err(error) => Err(error),
            };
            // The question may have changed while the reply was on its way.
            if known.try_get_value().flatten().as_ref() == Some(&asked) {
                outcome.try_set(now.map_or_else(Outcome::Failed, Outcome::Here));
            }
        });
    });
    Loading { outcome, again }
}

fn loaded<T>(read: Read<T>, text: &str, came_at: f64, stale: bool) -> Result<Loaded<T>, ClientError> {
    Ok(Loaded { reply: read(text)?, came_at, stale })
}

/// A reply's text, new or kept.
struct Text {
    text: String,
    came_at: f64,
    stale: bool,
}

/// Asks the server; without a network, what was kept stands in.
fn fresh(path: String, kept: Option<kept::Kept>) -> impl Future<Output = Result<Text, ClientError>> {
    let reply = send_text(Method::Get, path.clone(), Ok(None));
    async move {
        match (reply.await, kept) {
            (Ok(text), _) => {
                kept::keep(&path, &text);
                Ok(Text { text, came_at: js_sys::Date::now(), stale: false })
            }
            (Err(error), Some(kept)) if error.is_network() => {
                Ok(Text { text: kept.text, came_at: kept.came_at, stale: true })
            }
            (Err(error), _) => Err(error),
        }
    }
}
