//! The routes. Sign-in and Overview travel with the first visit, every other page when it is first opened.

use leptos::prelude::*;
use leptos_router::{
    Lazy,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::pages::{
    bill::BillPage, bills::BillsPage, consumption::ConsumptionPage, meter_file::MeterFilePage,
    overview::Overview, settings::SettingsPage, sign_in::SignIn,
};

/// The whole portal.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <h1>"404"</h1> }>
                <Route path=path!("/") view=Overview />
                <Route path=path!("/sign-in") view=SignIn />
                <Route path=path!("/consumption") view={Lazy::<ConsumptionPage>::new()} />
                <Route path=path!("/bills") view={Lazy::<BillsPage>::new()} />
                <Route path=path!("/bills/:id") view={Lazy::<BillPage>::new()} />
                <Route path=path!("/tools/meter-file") view={Lazy::<MeterFilePage>::new()} />
                <Route path=path!("/settings") view={Lazy::<SettingsPage>::new()} />
            </FlatRoutes>
        </Router>
    }
}
