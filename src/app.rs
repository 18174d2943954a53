//! The pages by their addresses. The Overview travels with the first visit, every other page when it is first opened.

use leptos::prelude::*;

use crate::client::OnSignInRequired;
use crate::clock::Clock;
use crate::format::preferences::Preferences;
use crate::pages::further::further;
use crate::pages::lazy::lazy_page;
use crate::pages::page::{for_holder, framed};
use crate::pages::{overview, skeletons};
use crate::router::Place;
use crate::session::SessionState;

/// What the addresses of pages begin with that stand without the frame: who sees them may have no account.
const WITHOUT_FRAME: [&str; 4] = ["/sign-in", "/pay/l/", "/pay/result/", "/verify/"];

/// The whole portal.
#[component]
pub fn App() -> impl IntoView {
    Preferences::provide();
    Clock::provide();
    let place = Place::provide();
    let session = SessionState::open();
    provide_context(session);
    provide_context(OnSignInRequired(Callback::new(move |()| session.end())));
    let path = Memo::new(move |_| place.path());
    move || {
        let path = path.get();
        let later = |skeleton| lazy_page(Box::pin(further()), skeleton);
        match path.trim_end_matches('/') {
            "" => framed(for_holder(overview::overview, skeletons::overview)),
            path if WITHOUT_FRAME.iter().any(|start| path.starts_with(start)) => later(skeletons::sign_in),
            path => framed(later(skeleton_of(path))),
        }
    }
}

fn skeleton_of(path: &str) -> fn() -> AnyView {
    match path {
        "/consumption" => skeletons::consumption,
        "/bills" => skeletons::bills,
        path if path.starts_with("/bills/") => skeletons::bill,
        _ => skeletons::one_card,
    }
}
