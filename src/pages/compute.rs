//! Any rule of the engine in this browser: the request of the compute contract in, the same bytes as from the server
//! and the command line out. For those who build upon it.

use billing::compute::{
    AHEAD, AHEAD_NAMES, ISSUED, ISSUED_NAMES, METERING, METERING_NAMES, OWED, OWED_NAMES, PRICING,
    PRICING_NAMES, Rule,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::button::Button;
use crate::components::card::Card;
use crate::components::page_header::PageHeader;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};

const EXAMPLE: &str = r#"{
  "tariff": {"id": "sa.electricity.residential"},
  "period": {"from": "2026-08-01", "to": "2026-08-31"},
  "usage": "6300",
  "breaker_amps": 100
}"#;

/// The page at `/tools/compute`.
#[cfg_attr(feature = "split", lazy)]
pub async fn compute() -> AnyView {
    view! { <Compute /> }.into_any()
}

#[component]
fn Compute() -> impl IntoView {
    use_title(|| words::compute_title(Reader::here().language).to_owned());
    let rule = RwSignal::new(PRICING_NAMES[0]);
    let request = RwSignal::new(EXAMPLE.to_owned());
    let answer = RwSignal::new(None);
    let run = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let given = work_out(rule.get_untracked(), request.get_untracked()).await;
            // The reader may have gone elsewhere while the group of rules travelled.
            answer.try_set(Some(given));
        });
    };
    view! {
        <div class="frame__narrow">
            <PageHeader title=say(words::compute_title) />
            <Card>
                <p class="card__text">{say(words::compute_help)}</p>
                <form class="compute" on:submit=run>
                    <label class="field__label" for="rule">{say(words::compute_rule)}</label>
                    <select
                        class="compute__rule"
                        id="rule"
                        dir="ltr"
                        on:change:target=move |event| {
                            let name = event.target().value();
                            rule.set(names().find(|known| *known == name).unwrap_or(PRICING_NAMES[0]));
                        }
                    >
                        {names().map(|name| view! { <option value=name>{name}</option> }).collect_view()}
                    </select>
                    <label class="field__label" for="request">{say(words::compute_request)}</label>
                    <textarea
                        class="compute__text"
                        id="request"
                        dir="ltr"
                        rows="9"
                        spellcheck="false"
                        autocapitalize="off"
                        prop:value=move || request.get()
                        on:input:target=move |event| request.set(event.target().value())
                    ></textarea>
                    <Button label=say(words::compute_run) />
                </form>
            </Card>
            {move || answer.get().map(|answer| view! {
                <Card heading=say(words::compute_answer)>
                    <pre class="compute__text" id="answer" dir="ltr" tabindex="0">{answer}</pre>
                </Card>
            })}
        </div>
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    [PRICING_NAMES, METERING_NAMES, ISSUED_NAMES, OWED_NAMES, AHEAD_NAMES].into_iter().flatten().copied()
}

async fn work_out(rule: &'static str, request: String) -> String {
    if PRICING_NAMES.contains(&rule) {
        pricing_rule(rule, request).await
    } else if METERING_NAMES.contains(&rule) {
        metering_rule(rule, request).await
    } else if ISSUED_NAMES.contains(&rule) {
        issued_rule(rule, request).await
    } else if OWED_NAMES.contains(&rule) {
        owed_rule(rule, request).await
    } else {
        ahead_rule(rule, request).await
    }
}

#[cfg_attr(feature = "split", lazy)]
async fn pricing_rule(rule: &'static str, request: String) -> String {
    answer_of(PRICING, rule, &request)
}

#[cfg_attr(feature = "split", lazy)]
async fn metering_rule(rule: &'static str, request: String) -> String {
    answer_of(METERING, rule, &request)
}

#[cfg_attr(feature = "split", lazy)]
async fn issued_rule(rule: &'static str, request: String) -> String {
    answer_of(ISSUED, rule, &request)
}

#[cfg_attr(feature = "split", lazy)]
async fn owed_rule(rule: &'static str, request: String) -> String {
    answer_of(OWED, rule, &request)
}

#[cfg_attr(feature = "split", lazy)]
async fn ahead_rule(rule: &'static str, request: String) -> String {
    answer_of(AHEAD, rule, &request)
}

fn answer_of(rules: &[Rule], rule: &str, request: &str) -> String {
    let given = words::compute::compute_in(rules, rule, request.as_bytes());
    given.unwrap_or_else(|refusal| words::compute::refusal_json(&refusal))
}
