//! A tariff out of a list, and the breaker's rating where its fee goes by it.

use billing::rulebook::Schedule;
use leptos::prelude::*;
use words::names::{label, tariff_name};

use super::months;
use crate::pages::reader::{Reader, say};

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

/// The breaker's rating, in amperes.
pub fn breaker_field(typed: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field__label">{say(words::tools_breaker)}</span>
            <span class="field__box">
                <input
                    class="field__input"
                    type="text"
                    dir="ltr"
                    inputmode="numeric"
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input:target=move |event| typed.set(event.target().value())
                />
                <span class="field__unit">{say(words::unit_amps)}</span>
            </span>
        </label>
    }
    .into_any()
}
