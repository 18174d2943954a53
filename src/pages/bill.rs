//! One bill, with the working of every line.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/bills/:id`, loaded when first opened.
pub struct BillPage;

#[lazy_route]
impl LazyRoute for BillPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"الفاتورة"</h1> }.into_any()
    }
}
