//! Overview: what is owed, what is used now, where the month will end.

use leptos::prelude::*;
use leptos_router::components::A;

/// The page at `/`.
#[component]
pub fn Overview() -> impl IntoView {
    view! {
        <h1>"نظرة عامة"</h1>
        <A href="/consumption">"الاستهلاك"</A>
    }
}
