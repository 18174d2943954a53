//! All pages but the Overview, by their addresses.
//!
//! This list is a part of its own: what a page adds to it travels with the first further page, not with the first
//! visit.

use leptos::prelude::*;

use crate::pages::lazy::Arriving;
use crate::pages::{
    alerts, bill, bills, complaints, compute, consumption, debt, hafez, meter, meter_file, not_found,
    own_reading, pay, pay_open, prepaid, projection, settings, sign_in, split, tools, waiting,
};
use crate::router::{Page, Place};

/// The page at the present address.
#[cfg_attr(feature = "split", lazy)]
pub async fn further() -> AnyView {
    waiting::send_what_waits();
    let page: Arriving = match Place::here().page_now() {
        Page::SignIn => Box::pin(sign_in::sign_in()),
        Page::Consumption => Box::pin(consumption::consumption()),
        Page::Bills => Box::pin(bills::bills()),
        Page::Bill(_) => Box::pin(bill::bill()),
        Page::Complaints(below) => match below.as_str() {
            "" => Box::pin(complaints::complaints()),
            "new" => Box::pin(complaints::new_complaint()),
            _ => Box::pin(complaints::one_complaint()),
        },
        Page::DireNeed => Box::pin(complaints::medical_need()),
        Page::MeterFile => Box::pin(meter_file::meter_file()),
        Page::Compute => Box::pin(compute::compute()),
        Page::Split => Box::pin(split::household_split()),
        Page::Tools(_) => Box::pin(tools::tools()),
        Page::Meter => Box::pin(meter::meter()),
        Page::OwnReading => Box::pin(own_reading::own_reading()),
        Page::Alerts => Box::pin(alerts::alerts()),
        Page::Debt => Box::pin(debt::debt()),
        Page::Hafez => Box::pin(hafez::hafez()),
        Page::Prepaid => Box::pin(prepaid::prepaid()),
        Page::Projection => Box::pin(projection::projection()),
        Page::Pay(_) => Box::pin(pay::pay()),
        Page::PayOpen(_) | Page::Verify(_) => Box::pin(pay_open::pay_open()),
        Page::Settings => Box::pin(settings::settings()),
        Page::Unknown => return not_found::not_found(),
    };
    page.await
}
