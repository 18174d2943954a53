//! Hands a text to the device: to its share sheet, or, where there is none, to its clipboard.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What became of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The share sheet took it, or the holder thought better of it.
    Offered,
    /// It is in the clipboard.
    Copied,
    /// Neither was to be had, as in some webviews.
    Refused,
}

/// Offers `text`, with `address` where it leads somewhere.
pub async fn share(text: &str, address: Option<&str>) -> Shared {
    let Some(navigator) = member(&window(), "navigator") else { return Shared::Refused };
    let offer = Object::new();
    let mut whole = text.to_owned();
    // A property of a plain object can always be set.
    let _ = Reflect::set(&offer, &"text".into(), &text.into());
    if let Some(address) = address {
        let _ = Reflect::set(&offer, &"url".into(), &address.into());
        whole = format!("{text}\n{address}");
    }
    match call(&navigator, "share", &offer).await {
        Some(Ok(_)) => return Shared::Offered,
        // Whoever closes the sheet does not want the text elsewhere.
        Some(Err(error)) if member(&error, "name").is_some_and(|name| name == "AbortError") => {
            return Shared::Offered;
        }
        _ => (),
    }
    copy(&whole).await
}

/// Puts `text` into the clipboard.
pub async fn copy(text: &str) -> Shared {
    let clipboard = member(&window(), "navigator").and_then(|navigator| member(&navigator, "clipboard"));
    let copied = match clipboard {
        Some(clipboard) => call(&clipboard, "writeText", &text.into()).await,
        None => None,
    };
    if matches!(copied, Some(Ok(_))) { Shared::Copied } else { Shared::Refused }
}

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|member| !member.is_undefined() && !member.is_null())
}

/// Calls a method that not every browser has.
async fn call(of: &JsValue, name: &str, argument: &JsValue) -> Option<Result<JsValue, JsValue>> {
    let method: Function = member(of, name)?.dyn_into().ok()?;
    match method.call1(of, argument) {
        Ok(promise) => Some(JsFuture::from(promise.dyn_into::<Promise>().ok()?).await),
        Err(error) => Some(Err(error)),
    }
}
