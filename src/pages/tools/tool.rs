//! What every calculator has around its form: its name, the way back, and an address that holds what was typed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use time::Date;
use wasm_bindgen::JsValue;

use super::form::{Rule, Words, form};
use super::grounds::WhyOpen;
use super::typed::Typed;
use crate::clock::Clock;
use crate::components::button::{Button, ButtonKind, IconButton};
use crate::components::icon::IconName;
use crate::components::page_header::PageHeader;
use crate::pages::overview::figures::local_day;
use crate::pages::page::{print, use_title};
use crate::pages::reader::{Reader, say};
use crate::router::query;
use crate::share::{Shared, share};

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
    let typed = RwSignal::new(from_address(starts, &rule));
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
            {share_button(title, typed)}
        </div>
    }
    .into_any()
}

/// Offers the address that holds what was typed.
fn share_button(title: Words, typed: RwSignal<Typed>) -> AnyView {
    let shared = RwSignal::new(None);
    let press = Callback::new(move |()| {
        let text = title(Reader::here().language);
        let here = location();
        let [origin, path] = [here.origin(), here.pathname()].map(Result::unwrap_or_default);
        let address = format!("{origin}{path}?{}", typed.with_untracked(to_query));
        spawn_local(async move {
            let became = share(text, Some(&address)).await;
            shared.try_set(Some(became));
        });
    });
    let told = move || {
        let say = match shared.get()? {
            Shared::Offered => return None,
            Shared::Copied => words::share_copied,
            Shared::Refused => words::share_refused_address,
        };
        Some(say(Reader::here().language))
    };
    view! {
        <div class="rule-share">
            <Button label=say(words::action_share) kind=ButtonKind::Outline on_press=press />
            <p class="card__caption" role="status">{told}</p>
        </div>
    }
    .into_any()
}

fn to_query(typed: &Typed) -> String {
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    let pairs = typed.texts().map(|(name, text)| format!("{}={}", encode(name), encode(text)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The texts of the address in the places of `starts`: first what decides which fields there are, then the fields.
fn from_address(mut typed: Typed, rule: &Rule) -> Typed {
    let known: Vec<String> = typed.texts().map(|(name, _)| name.to_owned()).collect();
    for name in known {
        take(&mut typed, &name);
    }
    for field in (rule.fields)(&typed) {
        take(&mut typed, &field.name);
        // Of a choice that there is not, an old address or a slip, the first stands in the place.
        if let Some(first) = field.kind.values().first().filter(|_| field.check(&typed).is_err()) {
            typed.set(&field.name, (*first).to_owned());
        }
    }
    typed
}

fn take(typed: &mut Typed, name: &str) {
    if let Some(text) = query(name) {
        typed.set(name, text);
    }
}
