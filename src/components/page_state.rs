//! A page that has nothing to show yet, or that could not be shown.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    button::Button,
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// Nothing yet, and what to do meanwhile.
#[component]
pub fn EmptyState(
    /// What is not there.
    #[prop(into)]
    title: TextProp,
    /// Why, and when it comes.
    #[prop(into)]
    body: TextProp,
    /// The way on, if there is one.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-state">
            <svg class="page-state__dial" viewBox="0 0 120 80" fill="none" stroke="currentColor" aria-hidden="true">
                <path d="M10 64a50 50 0 0 1 100 0" stroke-width="8" stroke-dasharray="1.8 6.06" />
                <path d="M22 76h76" stroke-width="2" stroke-linecap="round" />
                <g class="page-state__needle" stroke="currentColor" fill="currentColor">
                    <path d="M60 64 38 42" stroke-width="4" stroke-linecap="round" />
                    <circle cx="60" cy="64" r="4.5" />
                </g>
            </svg>
            <h2 class="page-state__title">{shown(title)}</h2>
            <p class="page-state__body">{shown(body)}</p>
            {children.map(|children| view! { <div class="page-state__actions">{children()}</div> })}
        </div>
    }
}

/// What happened, that nothing was lost, and to try again.
#[component]
pub fn ErrorState(
    /// What happened.
    #[prop(into)]
    title: TextProp,
    /// That nothing was lost, and what can be done.
    #[prop(into)]
    body: TextProp,
    /// "Try again".
    #[prop(into)]
    retry: TextProp,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// "Call 153".
    #[prop(optional, into)]
    call: Option<TextProp>,
    /// The number to call.
    #[prop(optional, into)]
    phone: Option<String>,
    /// The stable code, for the employee.
    #[prop(optional, into)]
    code: Option<String>,
) -> impl IntoView {
    let call = call.zip(phone).map(|(label, phone)| {
        view! {
            <a class="button button--plain" href=format!("tel:{phone}")>
                <Icon name=IconName::Phone size=IconSize::Text />
                <span>{shown(label)}</span>
            </a>
        }
        .into_any()
    });
    view! {
        <div class="page-state" role="alert">
            <span class="tile tile--bad tile--large">
                <Icon name=IconName::Alert />
            </span>
            <h2 class="page-state__title">{shown(title)}</h2>
            <p class="page-state__body">{shown(body)}</p>
            <div class="page-state__actions">
                <Button label=retry icon=IconName::Retry on_press=on_retry />
                {call}
            </div>
            {code
                .map(|code| {
                    view! {
                        <p class="page-state__code">
                            <bdi>{code}</bdi>
                        </p>
                    }
                    .into_any()
                })}
        </div>
    }
}
