//! What `public/boot.js` has asked for and painted while the portal itself still travelled.

use std::future::Future;

use gloo_net::http::Response;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The reply to `path`, if it was asked for early and has come or comes now. Each is given once.
pub(super) async fn take(path: &str) -> Option<Response> {
    let reply: web_sys::Response = kept_promise("takeEarly", path).await?.dyn_into().ok()?;
    Some(reply.into())
}

/// The reply to who is signed in, where it came before the portal started.
pub fn session_known() -> Option<String> {
    Reflect::get(&window(), &"sessionKnown".into()).ok()?.as_string()
}

/// Lets the browser hear presses before what follows.
pub async fn breathe() {
    kept_promise("breathe", "").await;
}

/// Lets the browser paint before what follows.
pub async fn after_paint() {
    kept_promise("afterPaint", "").await;
}

/// Asks for the style of the further pages, and waits until it is there or will not come.
pub fn pages_style() -> impl Future<Output = ()> {
    // Asked for at once, beside the page's code.
    let style = call("pagesStyle", "").and_then(|style| style.dyn_into::<Promise>().ok());
    async move {
        if let Some(style) = style {
            JsFuture::from(style).await.ok();
        }
    }
}

/// The Overview's cards before its figures, as `index.html` has them: with what is owed, if that has been painted.
pub fn cards() -> String {
    call("startCards", "").and_then(|cards| cards.as_string()).unwrap_or_default()
}

async fn kept_promise(name: &str, with: &str) -> Option<JsValue> {
    let promise: Promise = call(name, with)?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// Calls a function of `boot.js`.
fn call(name: &str, with: &str) -> Option<JsValue> {
    let function: Function = Reflect::get(&window(), &name.into()).ok()?.dyn_into().ok()?;
    function.call1(&JsValue::NULL, &with.into()).ok()
}
