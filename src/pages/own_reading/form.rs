//! What is filled in, with what it would mean beside it.

use api::own_readings::OwnReading;
use billing::error::{BillingError, Refusal};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use web_sys::Blob;
use words::Language;

use super::entry::{Entry, Stage};
use super::meaning::{Known, Meaning};
use super::register::register;
use super::worth;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::Card;
use crate::components::field::{Field, FieldKind};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::device::DeviceError;
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};
use crate::pages::{photo, photo_field};

/// What a number means, or why it means nothing.
pub type Outcome = Result<Option<Meaning>, Refusal>;

/// The form of a service point that is known.
pub fn form(entry: Entry, known: Known, window: Window) -> AnyView {
    let shape = known.clone();
    let known = StoredValue::new(known);
    // The engine's part sets it when it has come.
    let outcome = RwSignal::new(None);
    let error = Signal::derive(move || {
        let reader = Reader::here();
        let refusal = entry.refusal.get().map(|message| reader.message(&message));
        refusal.or_else(|| known.with_value(|known| wrong(reader, entry, known, outcome.get())))
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        entry.tried.set(true);
        if error.with_untracked(Option::is_none) && window.open {
            known.with_value(|known| entry.send(known, false));
        }
    };
    view! {
        <form class="columns__stack" novalidate on:submit=submit>
            <Card>
                {move || drawn(Reader::here(), entry, &shape)}
                <Field
                    id="register"
                    label=say(words::reading_field)
                    value=entry.typed
                    kind=FieldKind::Decimal
                    hint=say(words::reading_field_hint)
                    error=error
                />
                <p class="card__text">{move || known.with_value(|known| last(Reader::here(), known))}</p>
                {photo_field(entry)}
            </Card>
            <Card heading=say(words::reading_meaning_title)>
                <div aria-live="polite">
                    {worth::of_typed(entry, known, outcome)}
                </div>
            </Card>
            {move || stands(Reader::here(), entry, known)}
            {send_button(entry, window)}
            <p class="card__caption">{move || kept(Reader::here().language, entry.kept.get())}</p>
        </form>
    }
    .into_any()
}

/// When readings are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: billing::period::Day,
    /// The last day.
    pub to: billing::period::Day,
    /// Whether today is one of them.
    pub open: bool,
}

impl Window {
    /// The window in words, above the form.
    pub fn notice(self, reader: Reader) -> AnyView {
        let (from, to) = (reader.day(self.from), reader.day(self.to));
        if self.open {
            let words = words::reading_window(reader.language, &from, &to);
            return view! { <p class="card__text own-reading__window">{words}</p> }.into_any();
        }
        let title = words::reading_window_later(reader.language, &from, &to);
        let body = words::reading_window_later_body(reader.language);
        view! { <Notice kind=NoticeKind::Warn icon=IconName::Clock title=title>{body}</Notice> }.into_any()
    }
}

/// What is wrong with the number. That it fell is only said once it has all its digits: until then it is on its way.
fn wrong(reader: Reader, entry: Entry, known: &Known, outcome: Option<Outcome>) -> Option<String> {
    let (language, tried) = (reader.language, entry.tried.get());
    let last = known.last.as_ref().map(|last| last.register.to_string());
    let Some(number) = entry.number() else {
        let typed = entry.typed.get();
        let example = reader.digits.write(last.as_deref().unwrap_or("18240"));
        return match typed.is_empty() {
            true => tried.then(|| words::form_required(language).to_owned()),
            false => Some(words::form_number_invalid(language, &example)),
        };
    };
    let whole = |text: &str| text.split('.').next().map_or(0, |whole| whole.trim_start_matches('0').len());
    let number = number.to_string();
    let is_whole = tried || last.as_deref().is_some_and(|last| whole(&number) >= whole(last));
    match outcome?.err()?.error {
        BillingError::ReadingFell { .. } if !is_whole => None,
        BillingError::ReadingFell { current, previous } => {
            let [current, previous] = [current, previous].map(|number| reader.figure(&number.to_string()));
            Some(words::error_reading_fell(language, &current, &previous))
        }
        BillingError::OutOfRange { least, most } => {
            let [least, most] = [least, most].map(|number| reader.figure(&number.to_string()));
            Some(words::error_out_of_range(language, &least, &most))
        }
        _ => Some(words::form_number_invalid(language, &reader.digits.write(last.as_deref()?))),
    }
}

fn drawn(reader: Reader, entry: Entry, known: &Known) -> AnyView {
    let number = entry.number().map(|number| number.to_string());
    let last = known.last.as_ref().map(|last| last.register.to_string());
    let is_typed = number.is_some();
    register(&number.or(last).unwrap_or_default(), is_typed, known.digits, reader.digits)
}

fn last(reader: Reader, known: &Known) -> String {
    let Some(last) = &known.last else { return words::reading_last_none(reader.language).to_owned() };
    let date = CivilTime::at(last.at, known.utc_offset_s).day.full(reader.language, reader.digits);
    words::reading_last(reader.language, &reader.figure(&last.register.to_string()), &date)
}

fn photo_field(entry: Entry) -> AnyView {
    let pick = Callback::new(move |files: Vec<Blob>| {
        if let Some(file) = files.into_iter().next() {
            entry.pick(file);
        }
    });
    let chosen = move || match entry.photo.get() {
        Some(chosen) => {
            let remove = move |()| entry.set_photo(None);
            let shown =
                photo::shown(&chosen, words::reading_photo_chosen(Reader::here().language).to_owned());
            view! {
                {shown}
                <Button label=say(words::reading_photo_remove) kind=ButtonKind::Plain on_press=remove />
            }
            .into_any()
        }
        None => photo_field::ways("photo-below", false, pick),
    };
    let below = move || photo_field::below(Reader::here(), entry.photo_refusal.get());
    view! {
        <div class="field" role="group" aria-labelledby="photo-label">
            <span class="field__label" id="photo-label">
                {say(words::reading_photo)}
            </span>
            {chosen}
            <div id="photo-below">{below}</div>
        </div>
    }
    .into_any()
}

/// What the server said, or that it could not be asked.
fn stands(reader: Reader, entry: Entry, known: StoredValue<Known>) -> AnyView {
    let language = reader.language;
    match entry.stage.get() {
        Stage::Unlikely(message) => {
            let confirm = move |()| known.with_value(|known| entry.send(known, true));
            view! {
                <Notice kind=NoticeKind::Warn title=words::reading_unlikely_title(language)>
                    <p role="alert">{reader.message(&message)}</p>
                    <Button label=say(words::reading_confirm) kind=ButtonKind::Outline on_press=confirm />
                </Notice>
            }
            .into_any()
        }
        Stage::Waiting => view! {
            <Notice kind=NoticeKind::Warn icon=IconName::Offline title=words::reading_waiting(language)>
                {words::reading_waiting_body(language)}
            </Notice>
        }
        .into_any(),
        Stage::Refused(message) => {
            view! { <Notice kind=NoticeKind::Bad title=reader.message(&message) /> }.into_any()
        }
        Stage::Failed => {
            view! { <Notice kind=NoticeKind::Bad title=words::error_unreadable(language) /> }.into_any()
        }
        Stage::Typing | Stage::Sending | Stage::Sent(_) => ().into_any(),
    }
}

fn send_button(entry: Entry, window: Window) -> AnyView {
    let busy = Signal::derive(move || entry.stage.get() == Stage::Sending);
    if window.open {
        return view! { <Button label=say(words::reading_send) busy=busy wide=true /> }.into_any();
    }
    let words = move || {
        let reader = Reader::here();
        words::reading_send_when_open(reader.language, &reader.day(window.from))
    };
    view! { <p class="card__text">{words}</p> }.into_any()
}

fn kept(language: Language, kept: Result<(), DeviceError>) -> &'static str {
    match kept {
        Ok(()) => words::reading_draft_kept(language),
        Err(DeviceError::NoStorage) => words::reading_draft_not_kept(language),
        Err(DeviceError::Full) => words::reading_draft_full(language),
    }
}

/// That it arrived, and what happens next.
pub fn sent(reader: Reader, entry: Entry, own: &OwnReading, reports: bool) -> AnyView {
    let language = reader.language;
    let title = words::reading_sent(language, &reader.figure(&own.reading.register.to_string()));
    let next = match reports {
        true => words::reading_next_reports(language),
        false => words::reading_next(language),
    };
    let checked = own.unlikely.then(|| words::reading_next_checked(language));
    let again = move |()| entry.stage.set(Stage::Typing);
    view! {
        <div class="columns__stack" role="status">
            <Notice kind=NoticeKind::Good icon=IconName::Check title=TextProp::from(title)>
                <p>{next}</p>
                {checked.map(|checked| view! { <p>{checked}</p> }.into_any())}
            </Notice>
            <Button label=say(words::reading_again) kind=ButtonKind::Outline on_press=again />
        </div>
    }
    .into_any()
}
