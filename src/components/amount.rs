//! The one way a number is shown.

use leptos::{ev, prelude::*, text_prop::TextProp};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::format::{Unit, preferences::Preferences};

/// The announcement that `boot.js` waits for before it asks for the fonts.
const FIRST_FIGURE: &str = "adad-figure";

/// How large an amount stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountSize {
    /// The page's one amount.
    Display,
    /// The card's number.
    Figure,
    /// A second number.
    FigureSmall,
    /// In a sentence or a row, as large as its words.
    #[default]
    Text,
}

/// Colour, only where a number is a reward, a difference or replaced by another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountTone {
    /// Ink.
    #[default]
    Ink,
    /// A difference.
    Warn,
    /// An old live value.
    Old,
}

/// An amount or a quantity with its unit: isolated, unbroken, grouped from the decimal string itself, in the
/// reader's digits, the unit on the side where the language has it.
#[component]
pub fn Amount(
    /// The exact decimal, such as `36.600`; it may change.
    #[prop(into)]
    value: TextProp,
    /// What it counts; it also decides how many places are shown.
    unit: Unit,
    /// How large.
    #[prop(optional)]
    size: AmountSize,
    /// Its colour.
    #[prop(optional)]
    tone: AmountTone,
    /// The number alone, where the heading already has the unit.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let Preferences { language, digits, .. } = Preferences::current();
    let shown = move || {
        let (language, digits) = (language.get(), digits.get());
        let figure = unit.figure(&value.get(), digits);
        let label = |leads: bool, side: &str| {
            let class = format!("amount__unit amount__unit--{side}");
            let label = (!bare && unit.leads(language) == leads).then(|| unit.label(language));
            label.map(|label| view! { <span class=class>{label}</span> }.into_any())
        };
        view! {
            {label(true, "before")}
            <span>{figure}</span>
            {label(false, "after")}
        }
        .into_any()
    };
    announce_first_figure();
    view! { <bdi class=class_of(size, tone)>{shown}</bdi> }
}

fn class_of(size: AmountSize, tone: AmountTone) -> String {
    let size = match size {
        AmountSize::Display => "display",
        AmountSize::Figure => "figure",
        AmountSize::FigureSmall => "figure-s",
        AmountSize::Text => "text",
    };
    let tone = match tone {
        AmountTone::Ink => "",
        AmountTone::Warn => " amount--warn",
        AmountTone::Old => " amount--old",
    };
    format!("amount amount--{size}{tone}")
}

/// Says, once it has been painted, that there is a figure on the page.
fn announce_first_figure() {
    static ANNOUNCED: AtomicBool = AtomicBool::new(false);
    Effect::new(|_| {
        if ANNOUNCED.swap(true, Ordering::Relaxed) {
            return;
        }
        // The first frame paints the figure, the second comes after it.
        request_animation_frame(|| {
            request_animation_frame(|| {
                if let Ok(event) = ev::Event::new(FIRST_FIGURE) {
                    // It cannot be cancelled, so there is no answer to heed.
                    let _ = window().dispatch_event(&event);
                }
            });
        });
    });
}
