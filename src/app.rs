//! The routes. Sign-in and Overview travel with the first visit, every other page when it is first opened.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::client::OnSignInRequired;
use crate::clock::Clock;
use crate::format::preferences::Preferences;
use crate::pages::lazy::lazy_page;
use crate::pages::page::{for_holder, framed};
use crate::pages::sign_in::SignInPage;
use crate::pages::{bill, bills, compute, consumption, meter_file, not_found, overview, settings, skeletons};
use crate::session::SessionState;

/// The whole portal.
#[component]
pub fn App() -> impl IntoView {
    Preferences::provide();
    Clock::provide();
    let session = SessionState::open();
    provide_context(session);
    provide_context(OnSignInRequired(Callback::new(move |()| session.end())));
    view! {
        <Router>
            <FlatRoutes fallback=|| framed(not_found::not_found())>
                <Route path=path!("/sign-in") view=SignInPage />
                <Route path=path!("/") view=|| framed(for_holder(overview::overview, skeletons::overview)) />
                <Route
                    path=path!("/consumption")
                    view=|| framed(lazy_page(consumption::consumption, skeletons::consumption))
                />
                <Route path=path!("/bills") view=|| framed(lazy_page(bills::bills, skeletons::bills)) />
                <Route path=path!("/bills/:id") view=|| framed(lazy_page(bill::bill, skeletons::bill)) />
                <Route
                    path=path!("/tools/meter-file")
                    view=|| framed(lazy_page(meter_file::meter_file, skeletons::one_card))
                />
                <Route
                    path=path!("/tools/compute")
                    view=|| framed(lazy_page(compute::compute, skeletons::one_card))
                />
                <Route
                    path=path!("/settings")
                    view=|| framed(lazy_page(settings::settings, skeletons::one_card))
                />
            </FlatRoutes>
        </Router>
    }
}
