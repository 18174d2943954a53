//! The seal: whether the browser, working the bill out by itself, came to the same.

use leptos::{prelude::*, text_prop::TextProp};

use super::text::shown;

/// How the check stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SealState {
    /// Not finished.
    #[default]
    Checking,
    /// The same to the last minor unit.
    Match,
    /// It differs somewhere.
    Differs,
    /// It could not be worked out.
    Unavailable,
}

impl SealState {
    fn name(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Match => "match",
            Self::Differs => "differs",
            Self::Unavailable => "unavailable",
        }
    }

    /// The stroke on the disc: three dots, a check, a crossed-out equals sign, a dash.
    fn sign(self) -> &'static str {
        match self {
            Self::Checking => "M15 24v.1M24 24v.1M33 24v.1",
            Self::Match => "m15.5 24.5 6 6 11-12.5",
            Self::Differs => "M15.5 20.5h17M15.5 28h17M28.5 14.5l-9 19.5",
            Self::Unavailable => "M16 24h16",
        }
    }
}

/// The seal with its sentence. It announces itself politely when the check ends.
#[component]
pub fn Seal(
    /// How the check stands.
    #[prop(into)]
    state: Signal<SealState>,
    /// The result in a word or two.
    #[prop(into)]
    title: TextProp,
    /// The sentence, and the amount of a difference.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=move || format!("seal seal--{}", state.get().name()) role="status">
            <SealMark state=state />
            <div class="seal__text">
                <p class="seal__title">{shown(title)}</p>
                <div class="seal__body">{children()}</div>
            </div>
        </div>
    }
}

/// The seal in one line, for the due card; the proof is a tap away.
#[component]
pub fn SealLine(
    /// How the check stands.
    #[prop(into)]
    state: Signal<SealState>,
    /// The result in a sentence.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    view! {
        <span class="seal-line" role="status">
            <SealMark state=state line=true />
            <span>{shown(text)}</span>
        </span>
    }
}

#[component]
fn SealMark(state: Signal<SealState>, #[prop(optional)] line: bool) -> impl IntoView {
    let class = if line { "seal-mark seal-mark--line" } else { "seal-mark" };
    view! {
        <svg class=class viewBox="0 0 48 48" aria-hidden="true">
            <use href="#i-seal"></use>
            <path class="seal-mark__sign" d=move || state.get().sign() />
        </svg>
    }
}
