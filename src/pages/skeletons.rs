//! The boxes of each page before its figures are there. They travel with the first visit, the pages do not.

use leptos::prelude::*;

use crate::client;
use crate::components::app_frame::Brand;
use crate::components::skeleton::{SkeletonCard, SkeletonRows};
use crate::pages::reader::say;

/// What is heard while a skeleton is seen.
#[component]
fn Heard() -> impl IntoView {
    view! {
        <p class="heard" role="status">
            {say(words::state_loading)}
        </p>
    }
}

#[component]
fn HeaderSkeleton() -> impl IntoView {
    view! {
        <div class="page-header" aria-hidden="true">
            <span class="page-header__text skeleton">
                <span class="skeleton__line skeleton__line--short"></span>
                <span class="skeleton__line"></span>
            </span>
        </div>
    }
}

/// Sign-in.
pub fn sign_in() -> AnyView {
    view! {
        <main class="frame__main">
            <Heard />
            <div class="sign-in" aria-hidden="true">
                <div class="sign-in__brand">
                    <Brand name=say(words::brand_name) />
                </div>
                <SkeletonCard block_rem=10 />
            </div>
        </main>
    }
    .into_any()
}

/// The Overview: the cards alone, below a header. They are those of `index.html`, with the sum that is owed if that has
/// been painted already.
pub fn overview_cards() -> AnyView {
    view! {
        <Heard />
        <div class="starting" aria-hidden="true" inner_html=client::cards()></div>
    }
    .into_any()
}

/// The Overview before it is known who is signed in.
pub fn overview() -> AnyView {
    view! {
        <HeaderSkeleton />
        {overview_cards()}
    }
    .into_any()
}

/// Consumption.
pub fn consumption() -> AnyView {
    view! {
        <HeaderSkeleton />
        {one_chart()}
    }
    .into_any()
}

/// A card with a chart.
pub fn one_chart() -> AnyView {
    view! {
        <Heard />
        <SkeletonCard block_rem=24 />
    }
    .into_any()
}

/// A card within a page.
pub fn one_block() -> AnyView {
    view! { <SkeletonCard block_rem=12 /> }.into_any()
}

/// Rows of bills.
pub fn bill_rows() -> AnyView {
    view! {
        <Heard />
        <SkeletonRows rows=8 />
    }
    .into_any()
}

/// The bills.
pub fn bills() -> AnyView {
    view! {
        <div class="frame__narrow">
            <HeaderSkeleton />
            {bill_rows()}
        </div>
    }
    .into_any()
}

/// What a bill holds, below its header.
pub fn bill_cards() -> AnyView {
    view! {
        <Heard />
        <SkeletonCard block_rem=8 />
        <SkeletonCard block_rem=6 />
        <SkeletonRows rows=4 />
    }
    .into_any()
}

/// One bill.
pub fn bill() -> AnyView {
    view! {
        <div class="frame__narrow columns__stack">
            <HeaderSkeleton />
            {bill_cards()}
        </div>
    }
    .into_any()
}

/// A page of one card: settings, a meter file.
pub fn one_card() -> AnyView {
    view! {
        <div class="frame__narrow">
            <Heard />
            <HeaderSkeleton />
            <SkeletonCard block_rem=12 />
        </div>
    }
    .into_any()
}
