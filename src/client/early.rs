//! What `public/boot.js` has asked for and painted while the portal itself still travelled.

use std::cell::RefCell;

use gloo_net::http::Response;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

thread_local! {
    static CARDS: RefCell<Cards> = const { RefCell::new(Cards { shown: String::new(), plain: String::new() }) };
}

/// The Overview's cards before its figures, as `index.html` has them.
struct Cards {
    /// As they stood when the portal took their place, perhaps with what is owed.
    shown: String,
    /// Without any figure.
    plain: String,
}

/// Keeps the cards that stand in `start`, before the portal takes their place.
pub fn keep_cards(start: &Element) {
    let find = |selectors| start.query_selector(selectors).ok().flatten();
    let Some(cards) = find(".columns") else { return };
    let shown = cards.outer_html();
    if let Some(owed) = find(".starting__owed") {
        owed.set_text_content(None);
    }
    CARDS.set(Cards { shown, plain: cards.outer_html() });
}

/// The cards, with what is owed until the Overview itself has shown it.
pub fn cards() -> String {
    CARDS.with_borrow(|cards| cards.shown.clone())
}

/// What was owed then is not shown again: it may be another account's turn.
pub fn forget_owed() {
    CARDS.with_borrow_mut(|cards| cards.shown.clone_from(&cards.plain));
}

/// The reply to `path`, if it was asked for early and has come or comes now. Each is given once.
pub(super) async fn take(path: &str) -> Option<Response> {
    let take: Function = Reflect::get(&window(), &"takeEarly".into()).ok()?.dyn_into().ok()?;
    let reply: Promise = take.call1(&JsValue::NULL, &path.into()).ok()?.dyn_into().ok()?;
    let reply: web_sys::Response = JsFuture::from(reply).await.ok()?.dyn_into().ok()?;
    Some(reply.into())
}
