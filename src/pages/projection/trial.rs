//! What if: the changes that are tried, and the controls that make them.

use billing::number::Number;
use billing::projection::{Changes, WhatIf, cooling_percent, most_degrees};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::names::{class_name, label, tariff_name};

use super::figures::{Base, compared};
use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::components::icon::{Icon, IconName, IconSize};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::slider::{Slider, SliderWords};
use crate::components::switch::Switch;
use crate::pages::reader::{Reader, say};
use crate::pages::refusal::{Refused, refusal};

/// The changes, and what they come to.
#[derive(Clone, Copy)]
pub struct Trial {
    changes: RwSignal<Changes>,
    prepaid: RwSignal<bool>,
    /// Nothing where the engine refuses, which the controls do not let happen.
    pub tried: Memo<Option<WhatIf>>,
    /// Whether anything differs from how things are.
    pub is_changed: Memo<bool>,
}

impl Trial {
    /// Begins with nothing changed.
    pub fn begin(base: StoredValue<Base>) -> Self {
        let changes = RwSignal::new(base.with_value(Base::unchanged));
        let prepaid = RwSignal::new(false);
        let all = Memo::new(move |_| Changes { prepaid: prepaid.get(), ..changes.get() });
        let tried = Memo::new(move |_| all.with(|all| base.with_value(|base| base.tried(all).ok())));
        let is_changed = Memo::new(move |_| all.with(|all| base.with_value(|base| *all != base.unchanged())));
        Self { changes, prepaid, tried, is_changed }
    }

    /// The tariff that prices the trial.
    pub fn tariff(self) -> Signal<String> {
        let changes = self.changes;
        Memo::new(move |_| changes.with(|changes| changes.tariff.clone())).into()
    }

    fn reset(self, base: StoredValue<Base>) {
        self.changes.set(base.with_value(Base::unchanged));
        self.prepaid.set(false);
    }
}

/// The controls.
pub fn controls(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let error = move || {
        let all = Changes { prepaid: trial.prepaid.get(), ..trial.changes.get() };
        let error = base.with_value(|base| base.tried(&all)).err()?;
        let text = refusal(Refused::Sum(error.error));
        Some(
            view! { <Notice kind=NoticeKind::Bad title=say(words::projection_error)>{text}</Notice> }
                .into_any(),
        )
    };
    let reset = move || {
        let press = move |()| trial.reset(base);
        view! {
            <div class="projection__reset" class:projection__reset--idle=move || !trial.is_changed.get()>
                <Button label=say(words::projection_reset) kind=ButtonKind::Plain icon=IconName::Retry on_press=press />
            </div>
        }
    };
    let refused = move || trial.tried.with(Option::is_none).then(error).flatten();
    view! {
        <Card heading=say(words::projection_whatif_title) aside=reset>
            <p class="card__text">{say(words::projection_whatif_note)}</p>
            {refused}
            {degrees(base, trial)}
            <hr class="card__rule" />
            {days_away(base, trial)}
            <hr class="card__rule" />
            {tariffs(base, trial)}
            <hr class="card__rule" />
            <Switch label=say(words::projection_prepaid) on=trial.prepaid />
            <p class="card__caption">{move || prepaid_effect(trial)}</p>
        </Card>
    }
    .into_any()
}

fn degrees(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let most = u32::from(most_degrees());
    let value = Memo::new(move |_| trial.changes.with(|changes| u32::from(changes.warmer_degrees)));
    let counted = |degrees: u32| Reader::here().counted(i64::from(degrees), words::count_degrees);
    let effect = move || {
        let reader = Reader::here();
        match value.get() {
            0 => base.with_value(|base| cooling_share(reader, base)),
            _ => trial.tried.with(|tried| saves(reader, base, tried.as_ref()?.cooling_saved)),
        }
    };
    let words = SliderWords {
        label: TextProp::from(say(words::projection_setpoint)),
        value: TextProp::from(move || counted(value.get())),
        effect: TextProp::from(move || effect().unwrap_or_default()),
        steps: steps(words::projection_setpoint),
        ends: (TextProp::from(move || counted(0)), TextProp::from(move || counted(most))),
    };
    let change = move |to: u32| {
        let to = u8::try_from(to).unwrap_or(u8::MAX);
        trial.changes.update(|changes| changes.warmer_degrees = to);
    };
    view! { <Slider id="cooling" words=words value=value most=most on_change=change /> }.into_any()
}

fn days_away(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let most = base.with_value(Base::days_left);
    let value =
        Memo::new(move |_| trial.changes.with(|changes| u32::try_from(changes.days_away).unwrap_or(most)));
    let whole = |days: u32| Reader::here().whole(u64::from(days));
    let effect = move || {
        let reader = Reader::here();
        match value.get() {
            0 => Some(words::projection_away_help(reader.language).to_owned()),
            _ => trial.tried.with(|tried| saves(reader, base, tried.as_ref()?.away_saved)),
        }
    };
    let said = move || match value.get() {
        0 => whole(0),
        days => Reader::here().days(i64::from(days)),
    };
    let words = SliderWords {
        label: TextProp::from(say(words::projection_away)),
        value: TextProp::from(said),
        effect: TextProp::from(move || effect().unwrap_or_default()),
        steps: steps(words::projection_away),
        ends: (TextProp::from(move || whole(0)), TextProp::from(move || whole(most))),
    };
    let change = move |to: u32| {
        let to = usize::try_from(to).unwrap_or(usize::MAX);
        trial.changes.update(|changes| changes.days_away = to);
    };
    view! { <Slider id="away" words=words value=value most=most on_change=change /> }.into_any()
}

/// The names of a slider's two steps.
fn steps(what: fn(words::Language) -> &'static str) -> (TextProp, TextProp) {
    let less = move || {
        let language = Reader::here().language;
        words::slider_less(language, what(language))
    };
    let more = move || {
        let language = Reader::here().language;
        words::slider_more(language, what(language))
    };
    (TextProp::from(less), TextProp::from(more))
}

fn saves(reader: Reader, base: StoredValue<Base>, saved: Number) -> Option<String> {
    let unit = base.with_value(|base| base.unit);
    Some(words::projection_saves(
        reader.language,
        &unit.text(&saved.to_string(), reader.language, reader.digits),
    ))
}

fn cooling_share(reader: Reader, base: &Base) -> Option<String> {
    let percent = cooling_percent(base.facts.today)?;
    let percent = words::assumed_percent(reader.language, &reader.figure(&percent.to_string()));
    Some(words::projection_setpoint_help(reader.language, &percent))
}

/// The other tariffs with what the trial would come to under each, those of the point's own category first.
fn tariffs(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let ids = base.with_value(|base| base.tariffs.clone());
    if ids.len() < 2 {
        return ().into_any();
    }
    let (own, chosen) = (ids[0], trial.tariff());
    let class = |id| class_name(words::Language::English, id);
    let (mut alike, mut other): (Vec<_>, Vec<_>) = ids.iter().partition(|id| class(id) == class(own));
    let row = |id: &&'static str| tariff_row(base, trial, chosen, own, id);
    let alike: Vec<AnyView> = alike.drain(..).map(row).collect();
    let other: Vec<AnyView> = other.drain(..).map(row).collect();
    // Of another category one cannot be by choosing: few ask, and the list is long.
    let others = (!other.is_empty()).then(|| {
        view! {
            <details class="tariff-list__others">
                <summary class="tariff-list__title">
                    <span>{say(words::projection_class)}</span>
                    <Icon name=IconName::ChevronDown size=IconSize::Tag />
                </summary>
                {other}
            </details>
        }
        .into_any()
    });
    view! {
        <fieldset class="tariff-list">
            <legend class="slider__label">{say(words::projection_schedule)}</legend>
            <p class="slider__effect">{say(words::projection_schedule_help)}</p>
            {alike}
            {others}
        </fieldset>
    }
    .into_any()
}

fn tariff_row(
    base: StoredValue<Base>,
    trial: Trial,
    chosen: Signal<String>,
    own: &'static str,
    id: &'static str,
) -> AnyView {
    let name = move || {
        let language = Reader::here().language;
        let name = tariff_name(language, id).map_or_else(|| id.to_owned(), label);
        if id == own { words::projection_schedule_own(language, &name) } else { name }
    };
    let total = move || {
        let usage = trial.tried.with(|tried| tried.as_ref().map(|tried| tried.ends[1].usage))?;
        base.with_value(|base| {
            let total = base.price(id, base.facts.period, usage)?;
            Some(Reader::here().money(total.currency(), &total.to_string()))
        })
    };
    let choose = move |_| trial.changes.update(|changes| id.clone_into(&mut changes.tariff));
    view! {
        <label class="tariff-list__row">
            <input
                class="tariff-list__input"
                type="radio"
                name="tariff"
                prop:checked=move || chosen.with(|chosen| chosen == id)
                on:change=choose
            />
            <span class="tariff-list__name">{name}</span>
            <bdi class="tariff-list__total">{total}</bdi>
        </label>
    }
    .into_any()
}

/// What paying in advance would come to, beside the bill that is paid later.
fn prepaid_effect(trial: Trial) -> String {
    let reader = Reader::here();
    let result = trial.tried.with(|tried| {
        let tried = tried.as_ref().filter(|_| trial.prepaid.get())?;
        let (later, ahead) = (tried.bill.total, tried.ends[1].total);
        let money = |money: billing::money::Money| reader.money(money.currency(), &money.to_string());
        let (sign, difference) = compared(later, ahead);
        Some(match sign {
            0 => words::projection_whatif_same(reader.language, &money(ahead)),
            1.. => words::projection_whatif_more(reader.language, &money(ahead), &money(difference)),
            _ => words::projection_whatif_less(reader.language, &money(ahead), &money(difference)),
        })
    });
    result.unwrap_or_else(|| words::projection_prepaid_help(reader.language).to_owned())
}
