//! Registers a need: which, the hospital's report with its last day, and the customer's word.

use api::complaints::MOST_TEXT;
use api::dire_need::{DireNeedPage, PostDireNeed};
use billing::disconnection::NeedKind;
use billing::period::{Day, parse_date};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::kind_name;
use crate::components::button::Button;
use crate::components::card::{Card, SectionTitle};
use crate::components::field::TextArea;
use crate::components::icon::{Icon, IconName, IconSize};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::segmented::Segmented;
use crate::pages::complaints::more_photos::MorePhotos;
use crate::pages::meter::writing::Writing;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// What is filled in.
#[derive(Clone, Copy)]
struct Filled {
    kind: RwSignal<NeedKind>,
    until: RwSignal<String>,
    proof: MorePhotos,
    writing: Writing,
    /// What is wrong with the last day.
    until_wrong: RwSignal<bool>,
    sent: RwSignal<bool>,
    again: Callback<()>,
}

/// The form below what is registered.
pub fn form(again: Callback<()>) -> AnyView {
    let filled = Filled {
        kind: RwSignal::new(NeedKind::Equipment),
        until: RwSignal::new(String::new()),
        proof: MorePhotos::begin(1),
        writing: Writing::begin(),
        until_wrong: RwSignal::new(false),
        sent: RwSignal::new(false),
        again,
    };
    let kinds =
        [NeedKind::Equipment, NeedKind::Emergency].map(|kind| (kind, TextProp::from(say(kind_name(kind)))));
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        filled.send();
    };
    let help = move || match filled.kind.get() {
        NeedKind::Equipment => words::settings_medical_equipment_help(Reader::here().language),
        NeedKind::Emergency => words::settings_medical_emergency_help(Reader::here().language),
    };
    let done = move || {
        filled.sent.get().then(|| {
            let title = say(words::settings_medical_sent);
            view! { <div role="status"><Notice kind=NoticeKind::Good icon=IconName::Check title=title /></div> }
                .into_any()
        })
    };
    view! {
        <SectionTitle title=say(words::settings_medical_register) />
        <form class="columns__stack" novalidate on:submit=submit>
            {done}
            <Card>
                <Segmented
                    legend=say(words::settings_medical_title)
                    name="need"
                    options=Vec::from(kinds)
                    chosen=filled.kind
                    on_choose=move |kind| filled.kind.set(kind)
                />
                <p class="card__text">{help}</p>
                {filled.proof.field(words::settings_medical_proof)}
                {last_day(filled)}
                <TextArea
                    id="need-text".to_owned()
                    label=say(words::settings_medical_text)
                    value=filled.writing.text
                    most=MOST_TEXT
                    error=filled.writing.error
                />
                <Button label=say(words::settings_medical_send) busy=filled.writing.busy wide=true />
            </Card>
            <Notice kind=NoticeKind::Plain title=say(words::settings_medical_private) />
        </form>
    }
    .into_any()
}

/// The device's own calendar, from today on: the report holds until then.
fn last_day(filled: Filled) -> AnyView {
    let wrong = move || {
        filled.until_wrong.get().then(|| {
            view! {
                <p class="field__error" role="alert">
                    <Icon name=IconName::Alert size=IconSize::Tag />
                    <span>{say(words::settings_medical_until_needed)}</span>
                </p>
            }
            .into_any()
        })
    };
    view! {
        <div class="field" class:field--wrong=move || filled.until_wrong.get()>
            <label class="field__label" for="need-until">
                {say(words::settings_medical_until_label)}
            </label>
            <div class="field__box">
                <input
                    class="field__input"
                    id="need-until"
                    name="need-until"
                    type="date"
                    aria-describedby="need-until-below"
                    aria-invalid=move || filled.until_wrong.get().then_some("true")
                    prop:value=move || filled.until.get()
                    on:input:target=move |event| {
                        filled.until.set(event.target().value());
                        filled.until_wrong.set(false);
                    }
                />
            </div>
            <div id="need-until-below">{wrong}</div>
        </div>
    }
    .into_any()
}

impl Filled {
    /// The report first, then the word.
    fn send(self) {
        let Some(account) = untrack(|| SessionState::here().account_id()) else { return };
        if self.writing.busy.get_untracked() {
            return;
        }
        let until = parse_date(&self.until.get_untracked()).ok().map(Day);
        if until.is_none() && !self.proof.is_empty_now() {
            self.until_wrong.set(true);
            return;
        }
        self.sent.set(false);
        let whose = account.clone();
        self.proof.hand_over(account, self.writing, move |photos| {
            let proof = photos.into_iter().next();
            let post = PostDireNeed {
                account: Some(whose),
                request_id: self.writing.request_id(),
                kind: self.kind.get_untracked(),
                text: self.writing.text.get_untracked(),
                until: until.filter(|_| proof.is_some()),
                proof,
            };
            let arrived = Callback::new(move |_: DireNeedPage| {
                self.sent.try_set(true);
                self.until.try_set(String::new());
                self.again.try_run(());
            });
            self.writing.send(post, arrived);
        });
    }
}
