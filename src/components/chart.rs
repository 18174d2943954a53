//! What stands around a drawing.

use leptos::{prelude::*, text_prop::TextProp};

use super::text::shown;

/// A drawing with its name, its sentence and, below, its legend. The drawing runs left to right in both languages.
#[component]
pub fn ChartFigure(
    /// One sentence made from the data, for those who do not see the drawing; also its name.
    #[prop(into)]
    summary: TextProp,
    /// The legend: [`LegendEntry`]s.
    #[prop(optional)]
    legend: Vec<AnyView>,
    /// The drawing: svg or canvas.
    children: Children,
) -> impl IntoView {
    view! {
        <figure class="chart">
            <div class="chart__drawing" dir="ltr" role="img" aria-label=summary>
                {children()}
            </div>
            {(!legend.is_empty()).then(|| view! { <figcaption class="legend">{legend}</figcaption> }.into_any())}
        </figure>
    }
}

/// What a shape in the drawing stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendKey {
    /// A filled area of tier 1, 2 or 3.
    Tier(u8),
    /// This period's line.
    Now,
    /// The expected line.
    Expected,
    /// Last year's line.
    Past,
    /// The margin of the expected.
    Margin,
}

/// One entry of a legend.
#[component]
pub fn LegendEntry(
    /// The shape.
    key: LegendKey,
    /// What it stands for.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let key = match key {
        LegendKey::Tier(1) => "tier-1",
        LegendKey::Tier(2) => "tier-2",
        LegendKey::Tier(_) => "tier-3",
        LegendKey::Now => "now",
        LegendKey::Expected => "expected",
        LegendKey::Past => "past",
        LegendKey::Margin => "margin",
    };
    view! {
        <span class="legend__entry">
            <span class=format!("legend__key legend__key--{key}")></span>
            <span>{shown(label)}</span>
        </span>
    }
}

/// The sign that a figure is live, and how old it is.
#[component]
pub fn LiveMark(
    /// "12 seconds ago".
    #[prop(into)]
    age: TextProp,
    /// Whether the feed has broken off.
    #[prop(into)]
    silent: Signal<bool>,
) -> impl IntoView {
    view! {
        <span class="live" class:live--silent=move || silent.get()>
            <span class="live__dot"></span>
            <span>{shown(age)}</span>
        </span>
    }
}
