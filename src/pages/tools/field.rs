//! One field of a rule's form: its label above, its unit at its end, below it what was understood or what is wrong.

use billing::error::BillingError;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use super::form::{Field, Kind, Refusals, at_field};
use super::typed::Typed;
use crate::components::icon::{Icon, IconName, IconSize};
use crate::components::segmented::Segmented;
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{Refused, refusal};

type ValueWords = fn(Language, &str) -> String;

/// The field with its text in `typed` and its refusal in `refusals`.
pub fn field_view(typed: RwSignal<Typed>, refusals: Refusals, field: Field) -> AnyView {
    let Field { name, label, place, kind, unit, is_wide, .. } = field;
    let name = name.into_owned();
    let id = StoredValue::new(name.clone());
    let error = Memo::new(move |_| {
        refusals.with(|refusals| {
            let refused = refusals.iter().find(|refused| id.with_value(|name| at_field(refused, name)));
            refused.map(|refused| refused.error.clone())
        })
    });
    let shown_label = TextProp::from(move || {
        let language = Reader::here().language;
        match place {
            Some(place) => words::input_again(language, label(language), &Reader::here().whole(place as u64)),
            None => label(language).to_owned(),
        }
    });
    let control = match kind {
        Kind::Few(values, value_words) => return few(typed, id, label, values, value_words),
        Kind::Many(values, value_words) => select(typed, id, values, value_words),
        kind => input(typed, id, &kind, error),
    };
    let unit = unit.map(|unit| view! { <span class="field__unit">{say(unit)}</span> }.into_any());
    let below = format!("{name}-below");
    let understood = move || typed.with(|typed| understood(typed.text(&id.get_value())));
    view! {
        <div class="field tariff-field" class:rule-form__wide=is_wide class:field--wrong=move || error.get().is_some()>
            <label class="field__label" for=name>{move || shown_label.get()}</label>
            <div class="field__box">{control} {unit}</div>
            <div class="field__below" id=below>
                {move || match error.get() {
                    Some(error) => wrong(error),
                    None => view! { <p class="field__hint">{understood}</p> }.into_any(),
                }}
            </div>
        </div>
    }
    .into_any()
}

/// The number as the portal understood it, where it was typed another way.
fn understood(text: &str) -> Option<String> {
    let number = crate::format::typed::decimal(text).ok()?;
    let figure = Reader::here().figure(&number.to_string());
    (figure != text).then_some(figure)
}

fn wrong(error: BillingError) -> AnyView {
    view! {
        <p class="field__error" role="alert">
            <Icon name=IconName::Alert size=IconSize::Tag />
            <span>{refusal(Refused::Sum(error))}</span>
        </p>
    }
    .into_any()
}

fn input(
    typed: RwSignal<Typed>,
    id: StoredValue<String>,
    kind: &Kind,
    error: Memo<Option<BillingError>>,
) -> AnyView {
    let (input_type, input_mode, direction) = match kind {
        Kind::Day => ("date", "numeric", "ltr"),
        Kind::Whole => ("text", "numeric", "ltr"),
        Kind::Name => ("text", "text", "auto"),
        _ => ("text", "decimal", "ltr"),
    };
    let name = id.get_value();
    view! {
        <input
            class="field__input"
            id=name.clone()
            type=input_type
            inputmode=input_mode
            dir=direction
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=format!("{name}-below")
            aria-invalid=move || error.get().map(|_| "true")
            prop:value=move || typed.with(|typed| typed.raw(&id.get_value()).to_owned())
            on:input:target=move |event| write(typed, id, event.target().value())
        />
    }
    .into_any()
}

fn write(typed: RwSignal<Typed>, id: StoredValue<String>, text: String) {
    typed.update(|typed| id.with_value(|name| typed.set(name, text)));
}

fn select(
    typed: RwSignal<Typed>,
    id: StoredValue<String>,
    values: Vec<&'static str>,
    value_words: ValueWords,
) -> AnyView {
    let option = move |value: &'static str| {
        let is_chosen = typed.with_untracked(|typed| typed.text(&id.get_value()) == value);
        let words = move || value_words(Reader::here().language, value);
        view! { <option value=value selected=is_chosen>{words}</option> }.into_any()
    };
    let options: Vec<AnyView> = values.into_iter().map(option).collect();
    let name = id.get_value();
    view! {
        <select
            class="field__input tariff-choice"
            id=name.clone()
            aria-describedby=format!("{name}-below")
            on:change:target=move |event| write(typed, id, event.target().value())
        >
            {options}
        </select>
    }
    .into_any()
}

fn few(
    typed: RwSignal<Typed>,
    id: StoredValue<String>,
    label: fn(Language) -> &'static str,
    values: &'static [&'static str],
    value_words: ValueWords,
) -> AnyView {
    let option = |value: &'static str| {
        let words = move || value_words(Reader::here().language, value);
        (value.to_owned(), TextProp::from(words))
    };
    let options: Vec<_> = values.iter().copied().map(option).collect();
    let chosen = Signal::derive(move || typed.with(|typed| typed.text(&id.get_value()).to_owned()));
    let choose = Callback::new(move |value: String| write(typed, id, value));
    view! {
        <div class="field rule-form__wide">
            <span class="field__label" aria-hidden="true">{say(label)}</span>
            <Segmented
                legend=say(label)
                name=values[0]
                options=options
                chosen=chosen
                on_choose=choose
            />
        </div>
    }
    .into_any()
}
