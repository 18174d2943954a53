//! The boxes of what comes.

use leptos::prelude::*;

/// A card's skeleton: heading, number, and a block `block_rem` tall for the drawing or the rows.
#[component]
pub fn SkeletonCard(
    /// The height of the block; none, no block.
    #[prop(optional)]
    block_rem: u8,
    /// Its place in the grid.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let block = (block_rem > 0).then(|| {
        view! { <span class="skeleton__block" style:block-size=format!("{block_rem}rem")></span> }.into_any()
    });
    view! {
        <div class=format!("card skeleton {class}") aria-hidden="true">
            <span class="skeleton__line skeleton__line--short"></span>
            <span class="skeleton__line skeleton__line--figure"></span>
            {block}
        </div>
    }
}

/// Rows of text to come.
#[component]
pub fn SkeletonRows(
    /// How many.
    rows: usize,
) -> impl IntoView {
    let row = |_| {
        view! {
            <div class="list-row">
                <span class="list-row__text skeleton">
                    <span class="skeleton__line"></span>
                    <span class="skeleton__line skeleton__line--short"></span>
                </span>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="card card--flush" aria-hidden="true">
            {(0..rows).map(row).collect::<Vec<_>>()}
        </div>
    }
}
