//! What `public/boot.js` has asked for while the portal itself still travelled.

use gloo_net::http::Response;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The reply to `path`, if it was asked for early and has come or comes now. Each is given once.
pub(super) async fn take(path: &str) -> Option<Response> {
    let take: Function = Reflect::get(&window(), &"takeEarly".into()).ok()?.dyn_into().ok()?;
    let reply: Promise = take.call1(&JsValue::NULL, &path.into()).ok()?.dyn_into().ok()?;
    let reply: web_sys::Response = JsFuture::from(reply).await.ok()?.dyn_into().ok()?;
    Some(reply.into())
}
