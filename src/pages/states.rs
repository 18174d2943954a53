//! What a page shows instead of its figures, or above old ones.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{ClientError, Loaded};
use crate::clock::Clock;
use crate::components::offline_strip::OfflineStrip;
use crate::components::page_state::ErrorState;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// The page could not be shown: what happened, that nothing was lost, try again, whom to call.
#[component]
pub fn Failure(
    /// What happened and that nothing was lost; else the general sentence.
    #[prop(optional, into)]
    body: Option<TextProp>,
    /// The stable code, for the employee.
    #[prop(into)]
    code: String,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let phone = phone();
    let general = move || {
        let reader = Reader::here();
        words::state_error_body(reader.language, &reader.digits.write(phone))
    };
    let call = move || {
        let reader = Reader::here();
        words::help_call(reader.language, &reader.digits.write(phone))
    };
    view! {
        <ErrorState
            title=say(words::state_error_title)
            body=body.unwrap_or_else(|| general.into())
            retry=say(words::action_retry)
            on_retry=on_retry
            call=TextProp::from(call)
            phone=phone.to_owned()
            code=code
        />
    }
}

/// A failed request of a page, with the page's own sentence; a refusal speaks for itself.
pub fn failure(
    error: &ClientError,
    sentence: fn(words::Language) -> &'static str,
    retry: Callback<()>,
) -> AnyView {
    let body = match error {
        ClientError::Refused(problem) => {
            let message = problem.message.clone();
            TextProp::from(move || Reader::here().message(&message))
        }
        _ => say(sentence).into(),
    };
    view! { <Failure body=body code=error.code().to_owned() on_retry=retry /> }.into_any()
}

/// The number to call: of the account's country, and Kuwait's before one is known.
pub fn phone() -> &'static str {
    const KUWAIT: &str = "153";
    const SAUDI_ARABIA: &str = "933";
    let account = use_context::<SessionState>().and_then(|session| untrack(move || session.account()));
    match account.map(|account| account.country) {
        Some(api::accounts::Country::Sa) => SAUDI_ARABIA,
        _ => KUWAIT,
    }
}

/// Above a reply that could not be renewed: there is no network, and of when the figures are.
pub fn old_strip<T>(loaded: &Loaded<T>) -> Option<AnyView> {
    let came_at = loaded.came_at;
    let clock = Clock::here();
    loaded.stale.then(|| {
        let text = move || {
            let reader = Reader::here();
            words::state_offline_banner(reader.language, &reader.time(clock.civil_time_of(came_at)))
        };
        view! { <OfflineStrip text=text /> }.into_any()
    })
}
