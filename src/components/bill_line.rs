//! One line of a bill.

use leptos::{html, prelude::*, text_prop::TextProp};

use super::{
    amount::Amount,
    icon::{Icon, IconName, IconSize},
    text::shown,
};
use crate::format::Unit;

/// The lines of a bill; holds [`BillLine`]s and ends with a [`BillTotal`].
#[component]
pub fn BillLines(
    /// The lines.
    children: Children,
) -> impl IntoView {
    view! { <div class="bill-lines">{children()}</div> }
}

/// A line that opens in place on its working, which is made when it is first opened.
#[component]
pub fn BillLine(
    /// What is charged.
    #[prop(into)]
    label: TextProp,
    /// Quantity and price.
    #[prop(optional, into)]
    detail: Option<TextProp>,
    /// The exact decimal.
    #[prop(into)]
    value: TextProp,
    /// The bill's currency.
    unit: Unit,
    /// Whether the recomputation found another value.
    #[prop(optional)]
    differs: bool,
    /// A [`Working`](super::working::Working).
    #[prop(into)]
    working: ViewFn,
    /// Whether it is open from the first, for a line that is made anew.
    #[prop(optional)]
    open: bool,
    /// Hears whether it is open.
    #[prop(optional)]
    on_toggle: Option<Callback<bool>>,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let was_opened = RwSignal::new(open);
    let note_opening = move |_| {
        let is_open = details.get_untracked().is_some_and(|details| details.open());
        if is_open {
            was_opened.set(true);
        }
        if let Some(on_toggle) = on_toggle {
            on_toggle.run(is_open);
        }
    };
    view! {
        <details
            node_ref=details
            class=if differs { "bill-line bill-line--differs" } else { "bill-line" }
            open=open
            on:toggle=note_opening
        >
            <summary class="bill-line__head">
                <span class="bill-line__text">
                    <span class="bill-line__label">{shown(label)}</span>
                    {detail
                        .map(|detail| view! { <span class="bill-line__detail">{shown(detail)}</span> }.into_any())}
                </span>
                <span class="bill-line__value">
                    <Amount value=value unit=unit bare=true />
                </span>
                <Icon name=IconName::ChevronDown size=IconSize::Text class="bill-line__chevron" />
            </summary>
            <div class="bill-line__working">{move || was_opened.get().then(|| working.run())}</div>
        </details>
    }
}

/// What the lines add up to.
#[component]
pub fn BillTotal(
    /// "Total".
    #[prop(into)]
    label: TextProp,
    /// The exact decimal.
    #[prop(into)]
    value: TextProp,
    /// The bill's currency.
    unit: Unit,
) -> impl IntoView {
    view! {
        <div class="bill-line--total">
            <span class="bill-line__text bill-line__label">{shown(label)}</span>
            <span class="bill-line__value">
                <Amount value=value unit=unit bare=true />
            </span>
            <span class="bill-line__blank"></span>
        </div>
    }
}
