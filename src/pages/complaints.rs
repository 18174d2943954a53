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
mod photos;
mod preview;
mod rights;
mod steps;
mod sum_card;
mod sums;

use leptos::prelude::*;

use crate::pages::dire_need;
use crate::pages::page::for_holder;
use crate::pages::skeletons;
use crate::router::{Page, Place};

/// The page at `/complaints`.
#[cfg_attr(feature = "split", lazy)]
pub async fn complaints() -> AnyView {
    for_holder(list::list, skeletons::one_card).into_any()
}

/// The page at `/complaints/new`.
#[cfg_attr(feature = "split", lazy)]
pub async fn new_complaint() -> AnyView {
    for_holder(builder::builder, skeletons::one_card).into_any()
}

/// The page at `/complaints/` and the complaint's id.
#[cfg_attr(feature = "split", lazy)]
pub async fn one_complaint() -> AnyView {
    let page = || match Place::here().page_now() {
        Page::Complaints(id) => one::one(&id),
        _ => ().into_any(),
    };
    for_holder(page, skeletons::one_card).into_any()
}

/// The page at `/settings/medical-need`.
#[cfg_attr(feature = "split", lazy)]
pub async fn medical_need() -> AnyView {
    for_holder(dire_need::dire_need, skeletons::one_card).into_any()
}
