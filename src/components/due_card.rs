//! What is owed.

use leptos::{prelude::*, text_prop::TextProp};

use super::{
    amount::{Amount, AmountSize},
    text::shown,
};
use crate::format::Unit;

/// The amount owed, when it is due, the seal's line, and what can be done. Nothing else has a coloured ground.
#[component]
pub fn DueCard(
    /// What the amount is: "You owe".
    #[prop(into)]
    label: TextProp,
    /// The exact decimal.
    #[prop(into)]
    value: TextProp,
    /// Of the account's currency.
    unit: Unit,
    /// Of which bill, and until when.
    #[prop(into)]
    note: TextProp,
    /// A [`SealLine`](super::seal::SealLine).
    #[prop(optional, into)]
    seal: Option<ViewFn>,
    /// Its place in the grid.
    #[prop(optional)]
    class: &'static str,
    /// What can be done, as buttons of `ButtonKind::OnHero`.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("due-card {class}")>
            <svg class="due-card__dial" aria-hidden="true">
                <use href="#i-dial"></use>
            </svg>
            <h2 class="due-card__label">{shown(label)}</h2>
            <p class="due-card__amount">
                <Amount value=value unit=unit size=AmountSize::Display />
            </p>
            <p class="due-card__note">{shown(note)}</p>
            {seal.map(|seal| view! { <div class="due-card__seal">{seal.run()}</div> }.into_any())}
            <div class="due-card__actions">{children()}</div>
        </section>
    }
}
