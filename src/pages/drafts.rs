//! What is common to all that is written now and may be sent later.

use std::future::Future;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

/// Restores what this device kept. From then on, and not before, `keep` lets what is written take its place.
pub fn restore_then_keep(restore: impl Future<Output = ()> + 'static, keep: impl FnOnce() + 'static) {
    let owner = Owner::current();
    spawn_local_scoped_with_cancellation(async move {
        restore.await;
        if let Some(owner) = owner {
            owner.with(keep);
        }
    });
}

/// Does something whenever the line is back, as long as the page stands.
pub fn when_online(act: impl Fn() + 'static) {
    let online = window_event_listener(leptos::ev::online, move |_| act());
    on_cleanup(move || online.remove());
}
