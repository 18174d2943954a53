//! The button that hands an answer on.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Words;
use crate::components::button::{Button, ButtonKind};
use crate::pages::reader::{Reader, say};
use crate::share::{Shared, share};

/// What is offered: a text, and where it leads.
pub type Offer = Box<dyn Fn() -> (String, Option<String>) + Send + Sync>;

/// Offers it to the device and says what became of it; `refused` is said where it can be had by hand alone.
pub fn share_button(offer: Offer, refused: Words) -> AnyView {
    let shared = RwSignal::new(None);
    let press = Callback::new(move |()| {
        let (text, address) = offer();
        spawn_local(async move {
            let became = share(&text, address.as_deref()).await;
            shared.try_set(Some(became));
        });
    });
    let told = move || {
        let say = match shared.get()? {
            Shared::Offered => return None,
            Shared::Copied => words::share_copied,
            Shared::Refused => refused,
        };
        Some(say(Reader::here().language))
    };
    view! {
        <div class="rule-share">
            <Button label=say(words::action_share) kind=ButtonKind::Outline on_press=press />
            <p class="card__caption" role="status">{told}</p>
        </div>
    }
    .into_any()
}
