//! Whether something waits on this device for the line to come back. Only then does the code travel that sends it.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::pages::complaints::outbox;

/// Beside the drafts, for a look that costs nothing.
const WAITING_KEY: &str = "adad.waiting";

thread_local! {
    static WATCHED: Cell<bool> = const { Cell::new(false) };
}

/// Notes that something waits, or nothing any more.
pub fn say(waits: bool) {
    let Some(storage) = storage() else { return };
    // Where this cannot be kept, what waits is sent by the page that it was written on.
    match waits {
        true => storage.set_item(WAITING_KEY, "1").ok(),
        false => storage.remove_item(WAITING_KEY).ok(),
    };
}

/// Sends what waits now, and from now on whenever the line comes back.
pub fn send_what_waits() {
    send();
    if !WATCHED.replace(true) {
        // For as long as the portal is open.
        std::mem::forget(window_event_listener(ev::online, |_| send()));
    }
}

fn send() {
    // Those pages send it themselves, and show what became of it.
    if location().pathname().is_ok_and(|path| path.starts_with("/complaints")) {
        return;
    }
    let waits = storage().is_some_and(|storage| storage.get_item(WAITING_KEY).ok().flatten().is_some());
    if waits {
        spawn_local(waiting_drafts());
    }
}

#[cfg_attr(feature = "split", lazy)]
async fn waiting_drafts() {
    outbox::send_waiting().await;
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
