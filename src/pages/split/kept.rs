//! The household as this device remembers it. It goes with the drafts at sign-out, and to no server ever.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::UrlSearchParams;

use super::shares;
use crate::device::{self, Drawer};
use crate::pages::tools::address::{filled, to_query};
use crate::pages::tools::typed::Typed;

const NAME: &str = "household-split";
/// Names are kept once the fingers rest.
const REST: Duration = Duration::from_millis(400);

/// The people and their shares, as soon as the device has them, and from then on kept on it.
pub fn people() -> RwSignal<Typed> {
    let typed = RwSignal::new(shares::starts());
    let is_known = RwSignal::new(false);
    let mut keep = debounce(REST, |held: String| {
        spawn_local(async move {
            // A device that keeps nothing asks for the names again; the page says nothing that is not so.
            let _ = device::keep(Drawer::Drafts, NAME, &held.into()).await;
        });
    });
    spawn_local(async move {
        let held = device::find(Drawer::Drafts, NAME).await.ok().flatten();
        let held = held.and_then(|held| UrlSearchParams::new_with_str(&held.as_string()?).ok());
        // What was typed meanwhile goes before what was kept.
        if let Some(held) = held.filter(|_| typed.try_get_untracked() == Some(shares::starts())) {
            typed.try_set(filled(shares::starts(), shares::fields, &|name| held.get(name)));
        }
        is_known.try_set(true);
    });
    Effect::new(move |_| {
        let held = typed.with(to_query);
        if is_known.get() {
            keep(held);
        }
    });
    typed
}
