//! What is filled in: the reason, the reading with the bill that it implies, photos, and words. Beside it what is in
//! dispute, and what the law gives meanwhile.

use api::accounts::{Commodity, Country, ServicePointId};
use api::bills::Bill;
use api::complaints::{ComplaintKind, MOST_TEXT};
use billing::complaint::Subject;
use billing::error::{BillingError, Refusal};
use billing::period::Day;
use leptos::prelude::*;
use words::Language;

use super::entry::{Entry, Stage};
use super::sums::{Sums, whole};
use super::{evidence, kinds, preview, sum_card};
use crate::components::button::Button;
use crate::components::card::Card;
use crate::components::field::{Field, FieldKind, TextArea};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::device::DeviceError;
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::service_switch;

/// All that a form is made of.
#[derive(Clone)]
pub struct Form {
    /// What is written.
    pub entry: Entry,
    /// Whose rules hold.
    pub country: Country,
    /// What the rules call it.
    pub about: Subject,
    /// The reasons to choose from; one is no choice.
    pub kinds: Vec<ComplaintKind>,
    /// The service points it may be about.
    pub points: Vec<(ServicePointId, Commodity)>,
    /// The disputed bill.
    pub bill: Option<Bill>,
    /// Today there.
    pub today: Memo<Option<Day>>,
}

/// What the reading says of the bill; none where there is no bill.
pub type Outcome = Option<Result<Sums, Refusal>>;

/// The form, with the draft that this device keeps.
pub fn form(form: Form) -> AnyView {
    let entry = form.entry;
    // The engine's part sets it when it has come.
    let outcome: RwSignal<Outcome> = RwSignal::new(form.bill.as_ref().map(whole));
    let reading_wrong = Signal::derive(move || reading_wrong(Reader::here(), entry, outcome.get()));
    let needs_words = form.bill.is_none();
    let text_wrong = Signal::derive(move || {
        let is_missing = needs_words && entry.text.with(|text| text.trim().is_empty());
        let wanted = words::complaint_tell_needed(Reader::here().language);
        (is_missing && entry.tried.get()).then(|| wanted.to_owned())
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if entry.stage.get_untracked() == Stage::Sending {
            return;
        }
        entry.tried.set(true);
        if untrack(|| reading_wrong.get().is_none() && text_wrong.get().is_none()) {
            entry.send();
        }
    };
    let kind = entry.kind.get_untracked();
    let (help, tell): (_, fn(Language) -> &'static str) = match kinds::is_request(kind) {
        true => (Some(kinds::help(kind)), words::request_tell),
        false => (None, words::complaint_tell),
    };
    let help = help.map(|help| view! { <p class="card__text">{say(help)}</p> }.into_any());
    let (reasons, reading) = (reasons(entry, &form.kinds), reading(&form, reading_wrong));
    let implied = preview::of_reading(&form, outcome);
    view! {
        <form class="columns__stack complaint-form" novalidate on:submit=submit>
            {sum_card::sum_card(&form, outcome)}
            <Card>{help} {reasons} {reading} {implied}</Card>
            {evidence::evidence(&form)}
            <Card>
                <TextArea
                    id="complaint-text".to_owned()
                    label=say(tell)
                    value=entry.text
                    most=MOST_TEXT
                    error=text_wrong
                />
            </Card>
            {preview::of_rights(&form, outcome)}
            {move || stands(Reader::here(), entry.stage.get())}
            {send_button(entry)}
            <p class="card__caption">{move || kept(Reader::here().language, entry.kept.get())}</p>
        </form>
    }
    .into_any()
}

/// The reason, out of several.
fn reasons(entry: Entry, kinds: &[ComplaintKind]) -> Option<AnyView> {
    let option = move |kind: &ComplaintKind| {
        let (kind, name) = (*kind, kinds::name(*kind));
        view! {
            <option value=kinds::to_address(kind) prop:selected=move || entry.kind.get() == kind>
                {say(name)}
            </option>
        }
        .into_any()
    };
    let options: Vec<AnyView> = kinds.iter().map(option).collect();
    let choose = move |value: String| {
        if let Some(kind) = kinds::of_address(&value) {
            entry.kind.set(kind);
        }
    };
    (options.len() > 1).then(|| {
        view! {
            <label class="field">
                <span class="field__label">{say(words::complaint_what)}</span>
                <span class="field__box">
                    <select
                        class="field__input"
                        id="complaint-kind"
                        on:change:target=move |event| choose(event.target().value())
                    >
                        {options}
                    </select>
                </span>
            </label>
        }
        .into_any()
    })
}

/// The reading on the meter, where it says something about the complaint.
fn reading(form: &Form, wrong: Signal<Option<String>>) -> AnyView {
    let Form { entry, points, bill, .. } = form.clone();
    let readings = move || {
        let point = entry.point.get()?;
        let part = bill.as_ref()?.parts.iter().find(|part| part.service_point == point)?;
        Some(part.readings.current)
    };
    let hint = StoredValue::new(readings);
    let shown = move || {
        let reader = Reader::here();
        let billed = hint.with_value(|readings| readings());
        billed.map_or_else(
            || words::form_number_help(reader.language).to_owned(),
            |billed| {
                words::complaint_meter_reading_help(reader.language, &reader.figure(&billed.to_string()))
            },
        )
    };
    let takes = Memo::new(move |_| kinds::takes_reading(entry.kind.get()));
    let field = move || {
        takes.get().then(|| {
            view! {
                {service_switch(words::reading_which, points.clone(), entry.point)}
                <Field
                    id="register"
                    label=say(words::complaint_meter_reading)
                    value=entry.typed
                    kind=FieldKind::Decimal
                    hint=shown
                    error=wrong
                />
            }
            .into_any()
        })
    };
    field.into_any()
}

/// What is wrong with the number. That it fell is said once it was sent: until then it may be on its way.
fn reading_wrong(reader: Reader, entry: Entry, outcome: Outcome) -> Option<String> {
    let language = reader.language;
    if !kinds::takes_reading(entry.kind.get()) || entry.typed.with(|typed| typed.trim().is_empty()) {
        return None;
    }
    if entry.number().is_none() {
        return Some(words::form_number_invalid(language, &reader.digits.write("18240")));
    }
    match outcome?.err()?.error {
        BillingError::ReadingFell { current, previous } if entry.tried.get() => {
            let [current, previous] = [current, previous].map(|number| reader.figure(&number.to_string()));
            Some(words::error_reading_fell(language, &current, &previous))
        }
        BillingError::ReadingFell { .. } => None,
        _ => Some(words::form_number_invalid(language, &reader.digits.write("18240"))),
    }
}

/// What the server said, or that it could not be asked.
fn stands(reader: Reader, stage: Stage) -> AnyView {
    let language = reader.language;
    match stage {
        Stage::Waiting => view! {
            <Notice kind=NoticeKind::Warn icon=IconName::Offline title=words::complaint_waiting(language)>
                <p role="status">{words::complaint_waiting_body(language)}</p>
            </Notice>
        }
        .into_any(),
        Stage::Refused(message) => {
            view! { <Notice kind=NoticeKind::Bad title=reader.message(&message) /> }.into_any()
        }
        Stage::Failed => {
            view! { <Notice kind=NoticeKind::Bad title=words::error_unreadable(language) /> }.into_any()
        }
        Stage::Writing | Stage::Sending => ().into_any(),
    }
}

fn send_button(entry: Entry) -> AnyView {
    let busy = Signal::derive(move || entry.stage.get() == Stage::Sending);
    let label = move || {
        let language = Reader::here().language;
        match kinds::is_request(entry.kind.get()) {
            true => words::complaint_send_request(language),
            false => words::complaint_send(language),
        }
    };
    view! { <Button label=label busy=busy wide=true /> }.into_any()
}

fn kept(language: Language, kept: Result<(), DeviceError>) -> &'static str {
    match kept {
        Ok(()) => words::reading_draft_kept(language),
        Err(DeviceError::NoStorage) => words::reading_draft_not_kept(language),
        Err(DeviceError::Full) => words::reading_draft_full(language),
    }
}
