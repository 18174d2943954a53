//! Below a chart: what the chosen place of it holds, the steps to its neighbours, and the way nearer and farther.

use leptos::{ev, prelude::*, text_prop::TextProp};

use super::icon::{Icon, IconName, IconSize};
use crate::format::preferences::Preferences;

/// One move over a chart. Time runs from left to right in both languages, and so do the arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To the neighbour before.
    Earlier,
    /// To the neighbour after.
    Later,
    /// To the beginning of what is shown.
    First,
    /// To its end.
    Last,
    /// Shows less time.
    Nearer,
    /// Shows more time.
    Farther,
}

impl Move {
    /// The move of a key, by its name in a keyboard event.
    fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowLeft" => Self::Earlier,
            "ArrowRight" => Self::Later,
            "Home" => Self::First,
            "End" => Self::Last,
            "+" | "=" => Self::Nearer,
            "-" | "−" => Self::Farther,
            _ => return None,
        })
    }
}

/// The words of the bar.
#[derive(Clone)]
pub struct ZoomWords {
    /// What the bar moves over, for screen readers.
    pub label: TextProp,
    /// The chosen place in a few words: told politely when it changes.
    pub place: TextProp,
    /// What it holds.
    pub holds: TextProp,
}

/// The bar. It has the focus as a whole, and then the keys move; each button does the same by hand.
#[component]
pub fn ZoomBar(
    /// The words.
    words: ZoomWords,
    /// Whether a move leads anywhere.
    #[prop(into)]
    can: Callback<Move, bool>,
    /// Called with a move that does.
    #[prop(into)]
    on_move: Callback<Move>,
) -> impl IntoView {
    let ZoomWords { label, place, holds } = words;
    let go = move |to: Move| {
        if untrack(|| can.run(to)) {
            on_move.run(to);
        }
    };
    let pressed = move |event: ev::KeyboardEvent| {
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        if let Some(to) = Move::of_key(&event.key()).filter(|_| !held) {
            event.prevent_default();
            go(to);
        }
    };
    let language = Preferences::current().language;
    let button =
        move |to: Move, class: &'static str, name: fn(words::Language) -> &'static str, inside: AnyView| {
            view! {
                <button
                    class=class
                    type="button"
                    aria-label=move || name(language.get())
                    aria-disabled=move || (!can.run(to)).then_some("true")
                    on:click=move |_| go(to)
                >
                    {inside}
                </button>
            }
            .into_any()
        };
    let chevron = || view! { <Icon name=IconName::Chevron size=IconSize::Text /> }.into_any();
    let sign = |sign: &'static str, name: fn(words::Language) -> &'static str| {
        view! {
            <span aria-hidden="true">{sign}</span>
            <span>{move || name(language.get())}</span>
        }
        .into_any()
    };
    view! {
        <div class="zoom-bar" role="group" tabindex="0" aria-label=move || label.get() aria-describedby="zoom-keys" on:keydown=pressed>
            <div class="zoom-bar__row" dir="ltr">
                {button(Move::Earlier, "zoom-bar__step", words::zoom_earlier, chevron())}
                <p class="zoom-bar__place" role="status" dir=move || language.get().direction()>
                    <span>{move || place.get()}</span>
                    <b>{move || holds.get()}</b>
                </p>
                {button(Move::Later, "zoom-bar__step zoom-bar__step--later", words::zoom_later, chevron())}
            </div>
            <div class="zoom-bar__row">
                {button(Move::Farther, "zoom-bar__zoom", words::zoom_farther, sign("−", words::zoom_farther))}
                {button(Move::Nearer, "zoom-bar__zoom", words::zoom_nearer, sign("+", words::zoom_nearer))}
            </div>
            <p class="heard" id="zoom-keys">{move || words::a11y_chart_keys(language.get())}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Move;

    #[test]
    fn keys_move_and_others_are_left_alone() {
        for (key, to) in [
            ("ArrowLeft", Some(Move::Earlier)),
            ("ArrowRight", Some(Move::Later)),
            ("Home", Some(Move::First)),
            ("End", Some(Move::Last)),
            ("+", Some(Move::Nearer)),
            ("=", Some(Move::Nearer)),
            ("-", Some(Move::Farther)),
            ("Tab", None),
            ("Enter", None),
            ("ArrowUp", None),
        ] {
            assert_eq!(Move::of_key(key), to, "{key}");
        }
    }
}
