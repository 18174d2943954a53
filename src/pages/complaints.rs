//! Complaints: disputing a bill, requests without one, and what became of each (COM-1, COM-2, ACC-2).

mod added;
mod builder;
mod calendar;
mod compensation;
mod draft;
mod entry;
mod evidence;
mod form;
mod given;
mod kinds;
mod list;
pub mod more_photos;
mod moves;
mod one;
pub mod outbox;
mod rights;
mod steps;
mod sum_card;
mod sums;

use leptos::prelude::*;

use crate::pages::dire_need;
use crate::pages::not_found;
use crate::pages::page::for_holder;
use crate::pages::skeletons;
use crate::router::{Page, Place};

/// The pages at `/complaints` and below it, and that of a medical need, which is made of the same parts.
#[cfg_attr(feature = "split", lazy)]
pub async fn complaints() -> AnyView {
    for_holder(page, skeletons::one_card).into_any()
}

fn page() -> AnyView {
    let below = match Place::here().page_now() {
        Page::Complaints(below) => below,
        Page::DireNeed => return dire_need::dire_need(),
        _ => return not_found::not_found(),
    };
    match below.as_str() {
        "" => list::list(),
        "new" => builder::builder(),
        id => one::one(id),
    }
}
