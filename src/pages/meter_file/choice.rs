//! A tariff out of a list, and the breaker's rating where its fee goes by it.

use billing::error::BillingError;
use billing::rulebook::Schedule;
use leptos::prelude::*;
use words::names::{label, tariff_name};

use super::months;
use crate::components::icon::{Icon, IconName, IconSize};
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{Refused, refusal};

/// A choice of a tariff; `none` stands first where there may be none.
pub fn tariff_choice(
    title: fn(words::Language) -> &'static str,
    chosen: RwSignal<String>,
    none: Option<fn(words::Language) -> &'static str>,
) -> AnyView {
    let options = move || {
        let reader = Reader::here();
        let option = |id: &'static str, name: String| {
            let is_chosen = chosen.with_untracked(|chosen| chosen == id);
            view! { <option value=id selected=is_chosen>{name}</option> }.into_any()
        };
        let named = |schedule: &'static Schedule| {
            option(schedule.id, label(tariff_name(reader.language, schedule.id).unwrap_or(schedule.id)))
        };
        let first = none.map(|none| option("", none(reader.language).to_owned()));
        first.into_iter().chain(months::schedules().map(named)).collect::<Vec<_>>()
    };
    view! {
        <label class="field tariff-field">
            <span class="field__label">{say(title)}</span>
            <span class="field__box">
                <select
                    class="field__input tariff-choice"
                    on:change:target=move |event| chosen.set(event.target().value())
                >
                    {options}
                </select>
            </span>
        </label>
    }
    .into_any()
}

/// The breaker's rating, in amperes, with what is wrong with it.
pub fn breaker_field(typed: RwSignal<String>, wrong: Memo<Option<BillingError>>) -> AnyView {
    const BELOW: &str = "breaker-below";
    let below = move || {
        let why = refusal(Refused::Sum(wrong.get()?));
        let error = view! {
            <p class="field__error" role="alert">
                <Icon name=IconName::Alert size=IconSize::Tag />
                <span>{why}</span>
            </p>
        };
        Some(error.into_any())
    };
    view! {
        <div class="field" class:field--wrong=move || wrong.with(Option::is_some)>
            <label class="field__label" for="breaker">
                {say(words::tools_breaker)}
            </label>
            <span class="field__box">
                <input
                    class="field__input"
                    id="breaker"
                    type="text"
                    dir="ltr"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby=BELOW
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    prop:value=move || typed.get()
                    on:input:target=move |event| typed.set(event.target().value())
                />
                <span class="field__unit">{say(words::unit_amps)}</span>
            </span>
            <div id=BELOW>{below}</div>
        </div>
    }
    .into_any()
}
