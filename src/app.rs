//! The pages by their addresses. The Overview travels with the first visit, every other page when it is first opened.

use leptos::prelude::*;

use crate::client::OnSignInRequired;
use crate::clock::Clock;
use crate::format::preferences::Preferences;
use crate::pages::lazy::lazy_page;
use crate::pages::page::{for_holder, framed};
use crate::pages::{
    alerts, bill, bills, compute, consumption, hafez, meter, meter_file, not_found, overview, own_reading,
    pay, pay_open, prepaid, projection, settings, sign_in, skeletons, split, tools,
};
use crate::router::{Page, Place};
use crate::session::SessionState;

/// The whole portal.
#[component]
pub fn App() -> impl IntoView {
    Preferences::provide();
    Clock::provide();
    let place = Place::provide();
    let session = SessionState::open();
    provide_context(session);
    provide_context(OnSignInRequired(Callback::new(move |()| session.end())));
    let page = Memo::new(move |_| place.page());
    move || match page.get() {
        Page::SignIn => lazy_page(Box::pin(sign_in::sign_in()), skeletons::sign_in),
        Page::Overview => framed(for_holder(overview::overview, skeletons::overview)),
        Page::Consumption => framed(lazy_page(Box::pin(consumption::consumption()), skeletons::consumption)),
        Page::Bills => framed(lazy_page(Box::pin(bills::bills()), skeletons::bills)),
        Page::Bill(_) => framed(lazy_page(Box::pin(bill::bill()), skeletons::bill)),
        Page::MeterFile => framed(lazy_page(Box::pin(meter_file::meter_file()), skeletons::one_card)),
        Page::Compute => framed(lazy_page(Box::pin(compute::compute()), skeletons::one_card)),
        Page::Split => framed(lazy_page(Box::pin(split::household_split()), skeletons::one_card)),
        Page::Tools(_) => framed(lazy_page(Box::pin(tools::tools()), skeletons::one_card)),
        Page::Meter => framed(lazy_page(Box::pin(meter::meter()), skeletons::one_card)),
        Page::OwnReading => framed(lazy_page(Box::pin(own_reading::own_reading()), skeletons::one_card)),
        Page::Alerts => framed(lazy_page(Box::pin(alerts::alerts()), skeletons::one_card)),
        Page::Hafez => framed(lazy_page(Box::pin(hafez::hafez()), skeletons::one_card)),
        Page::Prepaid => framed(lazy_page(Box::pin(prepaid::prepaid()), skeletons::one_card)),
        Page::Projection => framed(lazy_page(Box::pin(projection::projection()), skeletons::one_card)),
        Page::Pay(_) => framed(lazy_page(Box::pin(pay::pay()), skeletons::one_card)),
        Page::PayOpen(_) => lazy_page(Box::pin(pay_open::pay_open()), skeletons::sign_in),
        Page::Settings => framed(lazy_page(Box::pin(settings::settings()), skeletons::one_card)),
        Page::Unknown => framed(not_found::not_found()),
    }
}
