//! The address: which page it names, and how it changes without a reload.
//!
//! The portal has one flat list of pages. For that `leptos_router` would do the same and add 19 kB brotli to the first
//! visit, a tenth of all it may weigh.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent, UrlSearchParams};

/// A page of the portal, the Overview at `/` aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// `/sign-in`
    SignIn,
    /// `/consumption`
    Consumption,
    /// `/bills`
    Bills,
    /// `/bills/` and the bill's id
    Bill(String),
    /// `/complaints`, and what stands below it
    Complaints(String),
    /// `/settings/medical-need`
    DireNeed,
    /// `/tools/meter-file`
    MeterFile,
    /// `/tools/compute`
    Compute,
    /// `/split`
    Split,
    /// `/tools`, and below it the calculator of this name
    Tools(String),
    /// `/meter`
    Meter,
    /// `/readings/new`
    OwnReading,
    /// `/alerts`
    Alerts,
    /// `/hafez`
    Hafez,
    /// `/debt`
    Debt,
    /// `/prepaid`
    Prepaid,
    /// `/projection`
    Projection,
    /// `/pay`, and what stands below it
    Pay(String),
    /// `/verify/` and a certificate's code, which anybody may see who has the address
    Verify(String),
    /// `/pay/result/` and `/pay/l/`, which anybody may see who has the address
    PayOpen(String),
    /// `/settings`
    Settings,
    /// None has this address.
    Unknown,
}

impl Page {
    /// The page at `path`.
    pub fn at(path: &str) -> Self {
        match path.trim_end_matches('/') {
            "/sign-in" => Self::SignIn,
            "/consumption" => Self::Consumption,
            "/bills" => Self::Bills,
            "/complaints" => Self::Complaints(String::new()),
            "/tools/meter-file" => Self::MeterFile,
            "/tools/compute" => Self::Compute,
            "/meter" => Self::Meter,
            "/readings/new" => Self::OwnReading,
            "/alerts" => Self::Alerts,
            "/hafez" => Self::Hafez,
            "/debt" => Self::Debt,
            "/prepaid" => Self::Prepaid,
            "/projection" => Self::Projection,
            "/settings" => Self::Settings,
            "/settings/medical-need" => Self::DireNeed,
            "/split" => Self::Split,
            "/tools" => Self::Tools(String::new()),
            "/pay" => Self::Pay(String::new()),
            other => match (
                other.strip_prefix("/bills/"),
                other.strip_prefix("/tools/"),
                other.strip_prefix("/pay/"),
                other.strip_prefix("/complaints/"),
                other.strip_prefix("/verify/"),
            ) {
                (Some(bill), ..) if !bill.contains('/') => Self::Bill(bill.to_owned()),
                (_, Some(tool), ..) if !tool.contains('/') => Self::Tools(tool.to_owned()),
                (_, _, Some(open), ..) if open.starts_with("l/") || open.starts_with("result/") => {
                    Self::PayOpen(open.to_owned())
                }
                (_, _, Some(below), ..) => Self::Pay(below.to_owned()),
                (.., Some(below), _) if !below.contains('/') => Self::Complaints(below.to_owned()),
                (.., Some(code)) if !code.contains('/') => Self::Verify(code.to_owned()),
                _ => Self::Unknown,
            },
        }
    }
}

/// Where the holder is.
#[derive(Clone, Copy)]
pub struct Place {
    path: RwSignal<String>,
}

impl Place {
    /// Follows the address from now on: links inside the portal, the way back and the way forward.
    pub fn provide() -> Self {
        let place = Self { path: RwSignal::new(location().pathname().unwrap_or_default()) };
        provide_context(place);
        let moved = window_event_listener(ev::popstate, move |_| place.read());
        let clicked = window_event_listener(ev::click, move |event| place.follow(&event));
        on_cleanup(move || {
            moved.remove();
            clicked.remove();
        });
        place
    }

    /// The place of the app.
    pub fn here() -> Self {
        expect_context()
    }

    /// The path, such as `/bills`.
    pub fn path(self) -> String {
        self.path.get()
    }

    /// The page there.
    pub fn page(self) -> Page {
        self.path.with(|path| Page::at(path))
    }

    /// The page there now, whatever comes after.
    pub fn page_now(self) -> Page {
        self.path.with_untracked(|path| Page::at(path))
    }

    /// Opens `address`, with the way back to this page.
    pub fn go(self, address: &str) {
        self.change(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
    }

    /// Opens `address` in this page's stead.
    pub fn replace(self, address: &str) {
        self.change(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
    }

    fn change(self, write: impl FnOnce(&web_sys::History) -> Result<(), JsValue>) {
        // A history that cannot be written is one that the browser guards against floods: the page stays.
        if window().history().and_then(|history| write(&history)).is_ok() {
            self.read();
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn read(self) {
        let path = location().pathname().unwrap_or_default();
        if self.path.with_untracked(|known| *known != path) {
            self.path.set(path);
        }
    }

    /// Follows a link to a page of ours, unless the holder asked for a new window.
    fn follow(self, event: &MouseEvent) {
        let elsewhere = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || elsewhere {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        let is_ours = location().origin().is_ok_and(|origin| origin == link.origin());
        // A link to a place on this page is the browser's own.
        if !is_ours || !link.hash().is_empty() || !link.target().is_empty() || link.has_attribute("download")
        {
            return;
        }
        event.prevent_default();
        self.go(&(link.pathname() + &link.search()));
    }
}

/// The value of `name` in the address's query.
pub fn query(name: &str) -> Option<String> {
    UrlSearchParams::new_with_str(&location().search().ok()?).ok()?.get(name)
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn a_path_names_a_page() {
        for (path, page) in [
            ("/bills", Page::Bills),
            ("/bills/", Page::Bills),
            ("/bills/100217783-2026-08", Page::Bill("100217783-2026-08".to_owned())),
            ("/bills/a/b", Page::Unknown),
            ("/complaints", Page::Complaints(String::new())),
            ("/complaints/new", Page::Complaints("new".to_owned())),
            ("/complaints/a/b", Page::Unknown),
            ("/split", Page::Split),
            ("/tools", Page::Tools(String::new())),
            ("/tools/", Page::Tools(String::new())),
            ("/tools/tier-limits", Page::Tools("tier-limits".to_owned())),
            ("/tools/a/b", Page::Unknown),
            ("/tools/meter-file", Page::MeterFile),
            ("/meter", Page::Meter),
            ("/hafez", Page::Hafez),
            ("/debt", Page::Debt),
            ("/verify/7kq2", Page::Verify("7kq2".to_owned())),
            ("/verify/a/b", Page::Unknown),
            ("/prepaid", Page::Prepaid),
            ("/readings/new", Page::OwnReading),
            ("/projection", Page::Projection),
            ("/pay", Page::Pay(String::new())),
            ("/pay/channels/office", Page::Pay("channels/office".to_owned())),
            ("/pay/l/7Kq2-9fXw", Page::PayOpen("l/7Kq2-9fXw".to_owned())),
            ("/pay/result/1", Page::PayOpen("result/1".to_owned())),
            ("/payment", Page::Unknown),
            ("/Settings", Page::Unknown),
        ] {
            assert_eq!(Page::at(path), page, "{path}");
        }
    }
}
