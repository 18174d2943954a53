//! What the customer says to an event: a dispute of tampering, or what they know of a theft (MET-3).

use api::accounts::{AccountId, ServicePointId};
use api::meter_events::{EventNote, MOST_NOTE, MeterEvent, MeterHappening, PostEventNote};
use leptos::prelude::*;
use words::Language;

use super::writing::Writing;
use crate::components::button::Button;
use crate::components::disclosure::Disclosure;
use crate::components::field::TextArea;
use crate::components::icon::IconName;
use crate::pages::reader::{Reader, say};

/// A note that is being written; one at a time.
#[derive(Clone, Copy)]
pub struct NoteEntry {
    writing: Writing,
    place: StoredValue<(AccountId, ServicePointId)>,
    on_sent: Callback<()>,
}

impl NoteEntry {
    /// For the events of a service point.
    pub fn begin(account: AccountId, point: ServicePointId, on_sent: Callback<()>) -> Self {
        Self { writing: Writing::begin(), place: StoredValue::new((account, point)), on_sent }
    }

    fn send(self, event: String) {
        let Writing { text, error, busy, .. } = self.writing;
        if busy.get_untracked() {
            return;
        }
        let words = text.get_untracked();
        if words.trim().is_empty() {
            error.set(Some(words::form_required(untrack(Reader::here).language).to_owned()));
            return;
        }
        let (account, point) = self.place.get_value();
        let post = PostEventNote {
            account: Some(account),
            service_point: Some(point),
            request_id: self.writing.request_id(),
            event,
            text: words,
        };
        let on_sent = self.on_sent;
        self.writing.send(post, Callback::new(move |_: EventNote| on_sent.run(())));
    }
}

/// The way to say something to `event`, where it may be disputed.
pub fn note(entry: NoteEntry, event: &MeterEvent) -> Option<AnyView> {
    let label: fn(Language) -> &'static str = match event.what {
        MeterHappening::Theft => words::meter_note_add,
        _ => words::meter_note_dispute,
    };
    let id = event.id.clone();
    event.what.is_disputable().then(|| {
        view! { <Disclosure label=say(label) icon=IconName::Document answer=move || form(entry, id.clone()) /> }
            .into_any()
    })
}

fn form(entry: NoteEntry, event: String) -> AnyView {
    let field = format!("note-{event}");
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        entry.send(event.clone());
    };
    view! {
        <form class="columns__stack" novalidate on:submit=submit>
            <TextArea
                id=field
                label=say(words::meter_note_field)
                value=entry.writing.text
                most=MOST_NOTE
                hint=say(words::meter_note_hint)
                error=entry.writing.error
            />
            <Button label=say(words::meter_note_send) busy=entry.writing.busy />
        </form>
    }
    .into_any()
}
