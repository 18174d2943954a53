//! The calculators: the engine's own rules for anybody, without signing in. Each travels when it is opened.

mod accuracy;
pub mod address;
mod field;
pub mod form;
pub mod grounds;
mod instalments;
mod schedules;
pub mod share;
mod tariffs;
mod tier_limits;
mod tool;
pub mod typed;
mod unmetered;

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::page_header::PageHeader;
use crate::pages::lazy::{Arriving, lazy_page};
use crate::pages::not_found;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::router::{Page, Place};

/// The pages under `/tools`, by the last part of their address; the index without one.
#[cfg_attr(feature = "split", lazy)]
pub async fn tools() -> AnyView {
    let Page::Tools(name) = Place::here().page_now() else { return not_found::not_found() };
    if name.is_empty() {
        return view! { <Tools /> }.into_any();
    }
    let calculator: Arriving = match name.as_str() {
        "tier-limits" => Box::pin(tier_limits::tier_limits()),
        "unmetered" => Box::pin(unmetered::unmetered()),
        "meter-accuracy" => Box::pin(accuracy::accuracy()),
        "instalments" => Box::pin(instalments::instalments()),
        "schedules" => Box::pin(schedules::schedules()),
        _ => return not_found::not_found(),
    };
    lazy_page(calculator, skeletons::one_card)
}

#[component]
fn Tools() -> impl IntoView {
    use_title(|| words::nav_tools(Reader::here().language).to_owned());
    view! {
        <div class="frame__narrow">
            <PageHeader
                title=say(words::nav_tools)
                note=TextProp::from(say(words::tools_intro))
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            <nav class="card card--flush" aria-label=say(words::nav_tools)>
                {row("schedules", words::tools_schedules, words::tools_schedules_help, IconName::Receipt)}
                {row("tier-limits", words::tools_tier_limits, words::tools_tier_limits_help, IconName::Bars)}
                {row("meter-accuracy", words::tools_accuracy, words::tools_accuracy_help, IconName::Check)}
                {row("instalments", words::tools_instalments, words::tools_instalments_help, IconName::Clock)}
                {row("unmetered", words::tools_unmetered, words::tools_unmetered_help, IconName::Info)}
                {row("meter-file", words::meter_file_title, words::tools_meter_file_help, IconName::Upload)}
                {row("compute", words::compute_title, words::tools_compute_help, IconName::Document)}
            </nav>
        </div>
    }
}

fn row(name: &str, title: form::Words, note: form::Words, icon: IconName) -> AnyView {
    view! { <ListRow title=say(title) note=TextProp::from(say(note)) icon=icon href=format!("/tools/{name}") /> }
        .into_any()
}
