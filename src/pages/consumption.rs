//! Consumption: what was used, and when.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/consumption`, loaded when first opened.
pub struct ConsumptionPage;

#[lazy_route]
impl LazyRoute for ConsumptionPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"الاستهلاك"</h1> }.into_any()
    }
}
