//! Sign-in: an account number and a one-time code.

use leptos::prelude::*;

/// The page at `/sign-in`.
#[component]
pub fn SignIn() -> impl IntoView {
    view! { <h1>"تسجيل الدخول"</h1> }
}
