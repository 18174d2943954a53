//! A page whose code travels by itself when it is first opened.
//!
//! The pages are `#[lazy]` functions where the portal is built with the feature `split`. The new page's skeleton
//! stands at once, and says when the code did not arrive.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::pages::states::Failure;

/// The loader waits after a failed fetch and says so; it tries again when it is told to (see the loader's own file).
const FAILED: &str = "adad:part-failed";
const RETRY: &str = "adad:part-retry";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Travelling,
    Missing,
    Here,
}

/// A page on its way.
type Arriving = Pin<Box<dyn Future<Output = AnyView>>>;

/// Shows `skeleton` until `page` has arrived, and an offer to try again when it does not.
pub fn lazy_page(page: fn() -> Arriving, skeleton: fn() -> AnyView) -> AnyView {
    let part = RwSignal::new(Part::Travelling);
    let view = StoredValue::new_local(None);
    watch_failures(part);
    // An earlier visit may have left the page's code waiting for a better line.
    say_retry();
    spawn_local_scoped(async move {
        let arrived = page().await;
        // The holder may have gone elsewhere meanwhile; then nobody waits for it.
        view.try_set_value(Some(arrived));
        part.try_set(Part::Here);
    });
    let retry = move || {
        part.set(Part::Travelling);
        say_retry();
    };
    let shown = move || match part.get() {
        Part::Travelling => skeleton(),
        Part::Missing => view! { <Failure code="part-missing" on_retry=retry /> }.into_any(),
        Part::Here => view.try_update_value(Option::take).flatten().into_any(),
    };
    shown.into_any()
}

fn watch_failures(part: RwSignal<Part>) {
    let listener = send_wrapper::SendWrapper::new(Closure::<dyn Fn()>::new(move || {
        if part.get_untracked() == Part::Travelling {
            part.set(Part::Missing);
        }
    }));
    // Without the listener the skeleton stays until the browser is online again.
    document().add_event_listener_with_callback(FAILED, listener.as_ref().unchecked_ref()).ok();
    on_cleanup(move || {
        document().remove_event_listener_with_callback(FAILED, listener.as_ref().unchecked_ref()).ok();
    });
}

fn say_retry() {
    if let Ok(event) = web_sys::Event::new(RETRY) {
        document().dispatch_event(&event).ok();
    }
}
