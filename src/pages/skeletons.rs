//! The boxes of each page before its figures are there. They travel with the first visit, the pages do not, and as text
//! they weigh a third of what they would as views.

use leptos::prelude::*;

use crate::client;
use crate::pages::reader::say;

/// The top of a page.
macro_rules! header {
    () => {
        concat!(
            r#"<div class="page-header"><span class="page-header__text skeleton">"#,
            r#"<span class="skeleton__line skeleton__line--short"></span><span class="skeleton__line"></span></span></div>"#
        )
    };
}

/// A card: heading, number, and a block for the drawing or the rows.
macro_rules! card {
    ($block:literal) => {
        concat!(
            r#"<div class="card skeleton"><span class="skeleton__line skeleton__line--short"></span>"#,
            r#"<span class="skeleton__line skeleton__line--figure"></span>"#,
            r#"<span class=""#,
            $block,
            r#""></span></div>"#
        )
    };
    () => {
        card!("skeleton__block")
    };
}

macro_rules! row {
    () => {
        concat!(
            r#"<div class="list-row"><span class="list-row__text skeleton"><span class="skeleton__line"></span>"#,
            r#"<span class="skeleton__line skeleton__line--short"></span></span></div>"#
        )
    };
}

/// Rows of text to come.
macro_rules! rows {
    () => {
        concat!(r#"<div class="card card--flush">"#, row!(), row!(), row!(), row!(), row!(), row!(), "</div>")
    };
}

/// What is heard while a skeleton is seen, and the boxes.
fn heard(class: &'static str, boxes: &str) -> AnyView {
    view! {
        <p class="heard" role="status">
            {say(words::state_loading)}
        </p>
        {seen(class, boxes)}
    }
    .into_any()
}

fn seen(class: &'static str, boxes: &str) -> AnyView {
    view! { <div class=class aria-hidden="true" inner_html=boxes.to_owned()></div> }.into_any()
}

/// Sign-in.
pub fn sign_in() -> AnyView {
    view! { <main class="frame__main">{heard("sign-in", card!())}</main> }.into_any()
}

/// The Overview: the cards alone, below a header. They are those of `index.html`, with the sum that is owed if that has
/// been painted already.
pub fn overview_cards() -> AnyView {
    heard("starting", &client::cards())
}

macro_rules! starting_card {
    ($class:literal) => {
        concat!(
            r#"<div class="card "#,
            $class,
            r#""><span class="skeleton__line skeleton__line--short"></span>"#,
            r#"<span class="skeleton__line skeleton__line--figure"></span><span class="skeleton__block"></span></div>"#
        )
    };
}

/// One of the Overview's cards whose turn comes after the others, as `index.html` has it.
pub fn now_card() -> AnyView {
    seen("starting starting__turn", starting_card!("starting__now columns__seven"))
}

/// The same of the open period.
pub fn month_card() -> AnyView {
    seen("starting starting__turn", starting_card!("starting__month columns__five"))
}

/// Room for the first of `count` alerts that wait, as many rows as the Overview shows.
pub fn waiting(count: u32) -> fn() -> AnyView {
    match count {
        0 => || ().into_any(),
        1 => || seen("card card--flush waiting", row!()),
        _ => || seen("card card--flush waiting", concat!(row!(), row!())),
    }
}

/// The Overview before it is known who is signed in.
pub fn overview() -> AnyView {
    view! {
        {seen("", header!())}
        {overview_cards()}
    }
    .into_any()
}

/// Consumption.
pub fn consumption() -> AnyView {
    heard("columns__stack", concat!(header!(), card!("skeleton__block skeleton__block--chart")))
}

/// A card with a chart.
pub fn one_chart() -> AnyView {
    heard("columns__stack", card!("skeleton__block skeleton__block--chart"))
}

/// A card within a page.
pub fn one_block() -> AnyView {
    seen("columns__stack", card!())
}

/// Rows of bills.
pub fn bill_rows() -> AnyView {
    heard("columns__stack", rows!())
}

/// The bills.
pub fn bills() -> AnyView {
    heard("frame__narrow", concat!(header!(), rows!()))
}

/// What a bill holds, below its header.
pub fn bill_cards() -> AnyView {
    heard("columns__stack", concat!(card!(), card!(), rows!()))
}

/// One bill.
pub fn bill() -> AnyView {
    heard("frame__narrow columns__stack", concat!(header!(), card!(), card!(), rows!()))
}

/// A page of one card: settings, a meter file.
pub fn one_card() -> AnyView {
    heard("frame__narrow", concat!(header!(), card!()))
}
