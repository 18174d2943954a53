//! How a figure was worked out.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    icon::{Icon, IconName, IconSize},
    text::shown,
};

/// One numbered step.
#[derive(Clone, Debug)]
pub struct WorkingStep {
    /// What is done, in words.
    pub words: TextProp,
    /// The sum, digits and signs only: it runs from left to right.
    pub formula: TextProp,
    /// What comes out.
    pub result: TextProp,
}

/// Where a rule stands.
#[derive(Clone, Debug)]
pub struct WorkingSource {
    /// The instrument and since when it is in force.
    pub text: TextProp,
    /// The rule's id, such as `TAR-1`.
    pub rule: String,
}

/// Whether bill and calculation agree on this figure.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Whether they do.
    pub agrees: bool,
    /// So in words.
    pub text: TextProp,
}

/// The steps of a figure: words above, formula below; then whether the bill agrees, then the source.
#[component]
pub fn Working(
    /// "How it was worked out".
    #[prop(into)]
    title: TextProp,
    /// The steps, in order.
    steps: Vec<WorkingStep>,
    /// Whether bill and calculation agree.
    #[prop(optional, into)]
    agreement: Option<Agreement>,
    /// Where the rules stand.
    #[prop(optional)]
    sources: Vec<WorkingSource>,
) -> impl IntoView {
    let agreement = agreement.map(|Agreement { agrees, text }| {
        let icon = if agrees { IconName::Check } else { IconName::Alert };
        view! {
            <p class="working__agreement" class:working__agreement--differs=!agrees>
                <span class="working__agreement-text">
                    <Icon name=icon size=IconSize::Text />
                    <span>{shown(text)}</span>
                </span>
            </p>
        }
    });
    view! {
        <div class="working">
            <p class="working__title">{shown(title)}</p>
            <ol class="working__steps">
                {steps.into_iter().enumerate().map(|(at, step)| step_view(at + 1, step)).collect_view()}
            </ol>
            {agreement}
            {sources.into_iter().map(source_view).collect_view()}
        </div>
    }
}

fn step_view(number: usize, step: WorkingStep) -> impl IntoView {
    let WorkingStep { words, formula, result } = step;
    let digits = crate::format::preferences::Preferences::current().digits;
    view! {
        <li class="working__step">
            <span class="working__number" aria-hidden="true">
                {move || digits.get().write(&number.to_string())}
            </span>
            <span class="working__words">{move || words.get()}</span>
            <span class="working__formula" dir="ltr">
                <span>{move || formula.get()}</span>
                <span class="working__result">"= " {move || result.get()}</span>
            </span>
        </li>
    }
}

fn source_view(source: WorkingSource) -> impl IntoView {
    let WorkingSource { text, rule } = source;
    view! {
        <p class="working__source">
            <Icon name=IconName::Document size=IconSize::Tag />
            <span>
                <span>{shown(text)}</span>
                " "
                <bdi class="working__rule">{rule}</bdi>
            </span>
        </p>
    }
}
