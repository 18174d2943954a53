//! What every calculator has around its form: its name, the way back, and an address that holds what was typed.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use time::Date;
use wasm_bindgen::JsValue;

use super::address::{filled, to_query};
use super::form::{Rule, Words, form};
use super::grounds::WhyOpen;
use super::share::share_button;
use super::typed::Typed;
use crate::clock::Clock;
use crate::components::button::IconButton;
use crate::components::icon::IconName;
use crate::components::page_header::PageHeader;
use crate::pages::overview::figures::local_day;
use crate::pages::page::{print, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::refusal;
use crate::router::query;

/// The local day.
pub fn today() -> Date {
    let clock = Clock::here();
    let day = untrack(move || local_day(clock.now(), clock.utc_offset_s()));
    day.map_or(Date::MIN, |(day, _)| day)
}

/// The page of a calculator; its form starts with `starts`, or with what the address holds.
pub fn tool(title: Words, help: Words, starts: Typed, rule: Rule) -> AnyView {
    use_title(move || title(Reader::here().language).to_owned());
    WhyOpen::provide();
    refusal::fetch_ahead();
    let typed = RwSignal::new(filled(starts, rule.fields, &query));
    Effect::new(move |was_known: Option<bool>| {
        let held = typed.with(to_query);
        // What nobody has changed needs no address of its own.
        if was_known.is_some() {
            let history = window().history();
            let written = history.and_then(|history| {
                history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("?{held}")))
            });
            // A history that cannot be written is one that the browser guards against floods: the next key tries again.
            drop(written);
        }
        true
    });
    let offer = move || {
        let here = location();
        let [origin, path] = [here.origin(), here.pathname()].map(Result::unwrap_or_default);
        let address = format!("{origin}{path}?{}", typed.with_untracked(to_query));
        (untrack(|| title(Reader::here().language)).to_owned(), Some(address))
    };
    view! {
        <div class="frame__narrow">
            <PageHeader
                title=say(title)
                note=TextProp::from(say(help))
                back=("/tools".to_owned(), TextProp::from(say(words::nav_tools)))
            >
                <IconButton label=say(words::action_print) icon=IconName::Print on_press=print />
            </PageHeader>
            {form(typed, rule)}
            {share_button(Box::new(offer), words::share_refused_address)}
        </div>
    }
    .into_any()
}
