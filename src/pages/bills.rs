//! Bills: every bill of the account.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/bills`, loaded when first opened.
pub struct BillsPage;

#[lazy_route]
impl LazyRoute for BillsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"الفواتير"</h1> }.into_any()
    }
}
