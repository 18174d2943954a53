//! The living meter: readings of the chosen account as they come.

use api::accounts::AccountId;
use api::live::LiveReading;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::json;

/// The stream's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Being opened.
    Opening,
    /// Readings come.
    Open,
    /// It broke off; the browser is opening it again, with the id of the last event.
    Paused,
}

/// What the stream gives a page.
#[derive(Clone, Copy)]
pub struct Live {
    /// The newest reading of each service point's own, in the order they came.
    pub newest: RwSignal<Option<LiveReading>>,
    /// Where the stream stands.
    pub stream: RwSignal<Stream>,
}

/// Opens the stream of `account`, and another when the account changes. It closes with the page.
pub fn use_live(account: impl Fn() -> Option<AccountId> + 'static) -> Live {
    let live = Live { newest: RwSignal::new(None), stream: RwSignal::new(Stream::Opening) };
    Effect::new(move |_| {
        live.newest.set(None);
        live.stream.set(Stream::Opening);
        if let Some(account) = account() {
            listen(&account, live);
        }
    });
    live
}

/// Listens until the current owner ends.
fn listen(account: &AccountId, live: Live) {
    let Ok(source) = EventSource::new(&api::live::path(account)) else {
        live.stream.set(Stream::Paused);
        return;
    };
    let on_reading = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let reading = event.data().as_string().and_then(|text| json::read(&text).ok());
        if let Some(reading) = reading {
            live.newest.set(Some(reading));
        }
    });
    let on_open = Closure::<dyn Fn()>::new(move || live.stream.set(Stream::Open));
    let on_error = Closure::<dyn Fn()>::new(move || live.stream.set(Stream::Paused));
    // A browser that cannot listen shows the reading of the page's own reply, as without a stream.
    source.add_event_listener_with_callback("reading", on_reading.as_ref().unchecked_ref()).ok();
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let held = SendWrapper::new((source, on_reading, on_open, on_error));
    on_cleanup(move || held.0.close());
}
