//! How a figure was worked out.

use leptos::prelude::*;

use super::icon::{Icon, IconName, IconSize};
use crate::format::preferences::Preferences;

/// One numbered step.
#[derive(Clone, Debug)]
pub struct WorkingStep {
    /// What is done, in words.
    pub words: String,
    /// The sum, digits and signs only: it runs from left to right.
    pub formula: String,
    /// What comes out.
    pub result: String,
}

/// Where a rule stands.
#[derive(Clone, Debug)]
pub struct WorkingSource {
    /// The instrument and since when it is in force.
    pub text: String,
    /// The rule's id, such as `TAR-1`.
    pub rule: String,
}

/// Whether bill and calculation agree on this figure.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Whether they do.
    pub agrees: bool,
    /// So in words.
    pub text: String,
}

/// The steps of a figure: words above, formula below; then whether the bill agrees, then the source.
#[component]
pub fn Working(
    /// "How it was worked out".
    title: &'static str,
    /// The steps, in order.
    steps: Vec<WorkingStep>,
    /// Whether bill and calculation agree, where there is a bill.
    #[prop(optional)]
    agreement: Option<Agreement>,
    /// Where the rules stand.
    sources: Vec<WorkingSource>,
) -> impl IntoView {
    let step = |(at, step)| step_view(at + 1, step);
    let steps: Vec<AnyView> = steps.into_iter().enumerate().map(step).collect();
    let sources: Vec<AnyView> = sources.into_iter().map(source_view).collect();
    view! {
        <div class="working">
            <p class="working__title">{title}</p>
            <ol class="working__steps">{steps}</ol>
            {agreement.map(agreement_view)}
            {sources}
        </div>
    }
}

fn agreement_view(agreement: Agreement) -> AnyView {
    let Agreement { agrees, text } = agreement;
    let icon = if agrees { IconName::Check } else { IconName::Alert };
    let class = if agrees { "working__agreement" } else { "working__agreement working__agreement--differs" };
    view! {
        <p class=class>
            <span class="working__agreement-text">
                <Icon name=icon size=IconSize::Text />
                <span>{text}</span>
            </span>
        </p>
    }
    .into_any()
}

fn step_view(number: usize, step: WorkingStep) -> AnyView {
    let WorkingStep { words, formula, result } = step;
    let number = Preferences::current().digits.get_untracked().write(&number.to_string());
    view! {
        <li class="working__step">
            <span class="working__number" aria-hidden="true">
                {number}
            </span>
            <span class="working__words">{words}</span>
            <span class="working__formula" dir="ltr">
                <span>{formula}</span>
                <span class="working__result">{format!("= {result}")}</span>
            </span>
        </li>
    }
    .into_any()
}

fn source_view(source: WorkingSource) -> AnyView {
    let WorkingSource { text, rule } = source;
    view! {
        <p class="working__source">
            <Icon name=IconName::Document size=IconSize::Tag />
            <span>
                <span>{text}</span>
                " "
                <bdi class="working__rule">{rule}</bdi>
            </span>
        </p>
    }
    .into_any()
}
