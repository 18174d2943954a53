//! The portal.

mod app;
mod client;
mod clock;
mod components;
mod device;
mod format;
mod json;
mod live;
mod pages;
mod router;
mod session;
mod share;

use app::App;
use leptos::{mount, prelude::document};
use wasm_bindgen::JsCast;

/// What `index.html` shows until now stands in this element.
const START: &str = "portal";

fn main() {
    let start = document().get_element_by_id(START).and_then(|start| start.dyn_into().ok());
    match start {
        Some(start) => {
            let start: web_sys::HtmlElement = start;
            // The portal takes the place of what stands there in one step, and looks at it once more for that.
            let until_now = start.first_element_child();
            mount::mount_to(start, App).forget();
            if let Some(until_now) = until_now {
                until_now.remove();
            }
        }
        None => mount::mount_to_body(App),
    }
}
