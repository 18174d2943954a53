//! Settings: language, digits, theme, account.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/settings`, loaded when first opened.
pub struct SettingsPage;

#[lazy_route]
impl LazyRoute for SettingsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"الإعدادات"</h1> }.into_any()
    }
}
