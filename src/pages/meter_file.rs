//! A Green Button file, read on the device and sent nowhere.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/tools/meter-file`, loaded when first opened.
pub struct MeterFilePage;

#[lazy_route]
impl LazyRoute for MeterFilePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"ملف العداد"</h1> }.into_any()
    }
}
