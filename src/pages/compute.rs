//! Any rule of the engine in this browser: the request of the compute contract in, the same bytes as from the server
//! and the command line out. For those who build upon it.

use billing::compute::RULES;
use leptos::prelude::*;

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
    let rule = RwSignal::new(RULES[0].name.to_owned());
    let request = RwSignal::new(EXAMPLE.to_owned());
    let answer = RwSignal::new(None);
    let run = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let given = words::compute::compute(&rule.get(), request.get().as_bytes());
        answer.set(Some(given.unwrap_or_else(|refusal| words::compute::refusal_json(&refusal))));
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
                        on:change:target=move |event| rule.set(event.target().value())
                    >
                        {RULES.iter().map(|rule| view! { <option value=rule.name>{rule.name}</option> }).collect_view()}
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
