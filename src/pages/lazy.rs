//! A page whose code travels by itself when it is first opened.
//!
//! The pages are `#[lazy]` functions where the portal is built with the feature `split`. The new page's skeleton
//! stands at once, and says when the code did not arrive.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::client::{after_paint, pages_style};
use crate::pages::reader::say;
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

/// Code and what it shows, on its way.
pub type Arriving = Pin<Box<dyn Future<Output = AnyView>>>;

/// Shows `skeleton` until `page` has arrived, and an offer to try again when it does not.
pub fn lazy_page(page: Arriving, skeleton: fn() -> AnyView) -> AnyView {
    let meanwhile = move |retry| match retry {
        Some(retry) => failed(retry),
        None => skeleton(),
    };
    let style = pages_style();
    let page = async move {
        let page = page.await;
        style.await;
        page
    };
    arriving(Box::pin(page), Box::new(meanwhile))
}

/// Keeps `room` for a part of a page until it has arrived; it comes by itself when the line is back.
pub fn lazy_part(part: Arriving, room: fn() -> AnyView) -> AnyView {
    arriving(part, Box::new(move |_| room()))
}

/// The same for a part that leaves the first paint to what stands above it.
pub fn in_turn(part: impl Future<Output = AnyView> + 'static, room: fn() -> AnyView) -> AnyView {
    let part = async move {
        after_paint().await;
        part.await
    };
    lazy_part(Box::pin(part), room)
}

fn failed(retry: Callback<()>) -> AnyView {
    // It came from where the page itself came from: what fails is the line.
    view! { <Failure body=say(words::error_unreachable) code="part-missing" on_retry=retry /> }.into_any()
}

/// What stands in the place: with a way to try again when the code did not come.
type Meanwhile = Box<dyn Fn(Option<Callback<()>>) -> AnyView + Send>;

fn arriving(arriving: Arriving, meanwhile: Meanwhile) -> AnyView {
    let part = RwSignal::new(Part::Travelling);
    let view = StoredValue::new_local(None);
    watch_failures(part);
    // An earlier visit may have left the code waiting for a better line.
    say_retry();
    // If the holder goes elsewhere meanwhile, nobody waits for it any more: it would be made of what is gone.
    spawn_local_scoped_with_cancellation(async move {
        let arrived = arriving.await;
        view.try_set_value(Some(arrived));
        part.try_set(Part::Here);
    });
    let retry = Callback::new(move |()| {
        part.set(Part::Travelling);
        say_retry();
    });
    let shown = move || match part.get() {
        Part::Here => view.try_update_value(Option::take).flatten().into_any(),
        Part::Missing => meanwhile(Some(retry)),
        Part::Travelling => meanwhile(None),
    };
    shown.into_any()
}

fn watch_failures(part: RwSignal<Part>) {
    let listener = send_wrapper::SendWrapper::new(Closure::<dyn Fn()>::new(move || {
        if part.get_untracked() != Part::Here {
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
