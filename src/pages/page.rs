//! What every page has: its name in the window's title, the frame, and a holder who is signed in.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::app_frame::{AppFrame, Way};
use crate::components::icon::IconName;
use crate::pages::reader::{Reader, say};
use crate::pages::states::{Failure, phone};
use crate::router::Place;
use crate::session::{SessionState, SignedIn};

/// The path of sign-in, and the parameter with the way back.
pub const SIGN_IN: &str = "/sign-in";
/// The way back after sign-in.
pub const RETURN: &str = "return";

/// Names the window after the page.
pub fn use_title(page: impl Fn() -> String + 'static) {
    // Boxed, so that the effect is compiled once and not for every page.
    let page: Box<dyn Fn() -> String> = Box::new(page);
    Effect::new(move |_| document().set_title(&words::page_title(Reader::here().language, &page())));
}

/// Opens the device's own print dialog; what cannot print has none, and says so itself.
pub fn print(_: ()) {
    let _ = window().print();
}

/// A page inside the frame.
pub fn framed(page: AnyView) -> AnyView {
    let place = Place::here();
    let way = |href: &'static str, label: fn(words::Language) -> &'static str, icon: IconName| Way {
        href,
        label: say(label).into(),
        icon,
        is_current: Signal::derive(move || is_under(&place.path(), href)),
    };
    let ways = vec![
        way("/", words::nav_overview, IconName::Home),
        way("/consumption", words::nav_consumption, IconName::Bars),
        way("/bills", words::nav_bills, IconName::Receipt),
        way("/pay", words::nav_pay, IconName::Card),
        way("/settings", words::nav_more, IconName::More),
    ];
    let phone = phone();
    let help = move || {
        let reader = Reader::here();
        words::help_call(reader.language, &reader.digits.write(phone))
    };
    view! {
        <AppFrame
            brand=say(words::brand_name)
            skip=say(words::skip_to_content)
            navigation=say(words::a11y_main_navigation)
            ways=ways
            help=(TextProp::from(help), phone.to_owned())
        >
            {page}
        </AppFrame>
    }
    .into_any()
}

/// Whether `path` is the way `href` or lies under it.
fn is_under(path: &str, href: &str) -> bool {
    let rest = path.strip_prefix(href).filter(|_| href != "/");
    path == href || rest.is_some_and(|rest| rest.starts_with('/'))
}

#[derive(Clone, PartialEq, Eq)]
enum Stands {
    Asked,
    SignedIn,
    SignedOut,
    Failed(String),
}

/// A page for a holder: the skeleton while it is asked who is signed in, and sign-in when nobody is.
pub fn for_holder(page: fn() -> AnyView, skeleton: fn() -> AnyView) -> AnyView {
    let session = SessionState::here();
    let stands = Memo::new(move |_| {
        session.signed_in.with(|signed_in| match signed_in {
            SignedIn::Unknown => Stands::Asked,
            SignedIn::Yes(_) => Stands::SignedIn,
            SignedIn::No => Stands::SignedOut,
            SignedIn::Failed(error) => Stands::Failed(error.code().to_owned()),
        })
    });
    let place = Place::here();
    Effect::new(move |_| {
        if stands.get() == Stands::SignedOut {
            let location = location();
            let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
            let here = String::from(js_sys::encode_uri_component(&here));
            place.replace(&format!("{SIGN_IN}?{RETURN}={here}"));
        }
    });
    let shown = move || match stands.get() {
        Stands::Asked | Stands::SignedOut => skeleton(),
        Stands::SignedIn => page(),
        Stands::Failed(code) => view! { <Failure code=code on_retry=move || session.ask() /> }.into_any(),
    };
    shown.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_lies_under_the_bills_and_nothing_under_the_overview() {
        for (path, href, is) in [
            ("/", "/", true),
            ("/bills", "/", false),
            ("/bills", "/bills", true),
            ("/bills/2026-08", "/bills", true),
            ("/billsplit", "/bills", false),
        ] {
            assert_eq!(is_under(path, href), is, "{path} under {href}");
        }
    }
}
