//! Registers a need: which, the hospital's report with its last day, and the customer's word.

use api::accounts::AccountId;
use api::complaints::MOST_TEXT;
use api::dire_need::{DireNeedPage, PostDireNeed};
use billing::disconnection::NeedKind;
use billing::period::{Day, parse_date};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::Language;

use super::kind_name;
use crate::clock::Clock;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::{Card, SectionTitle};
use crate::components::field::TextArea;
use crate::components::icon::{Icon, IconName, IconSize};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::segmented::Segmented;
use crate::pages::complaints::more_photos::MorePhotos;
use crate::pages::meter::writing::Writing;
use crate::pages::overview::figures::local_day;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

type Sentence = fn(Language) -> &'static str;

/// What is filled in.
#[derive(Clone, Copy)]
struct Filled {
    kind: RwSignal<NeedKind>,
    until: RwSignal<String>,
    proof: MorePhotos,
    writing: Writing,
    /// What is wrong with the last day.
    until_wrong: RwSignal<bool>,
    /// Whether it was sent with the report as it stands.
    tried: RwSignal<bool>,
    /// What was registered last.
    sent: RwSignal<Option<Sentence>>,
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
        tried: RwSignal::new(false),
        sent: RwSignal::new(None),
        again,
    };
    let kinds =
        [NeedKind::Equipment, NeedKind::Emergency].map(|kind| (kind, TextProp::from(say(kind_name(kind)))));
    let submit = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        filled.send_with_report();
    };
    let help = move || match filled.kind.get() {
        NeedKind::Equipment => words::settings_medical_equipment_help(Reader::here().language),
        NeedKind::Emergency => words::settings_medical_emergency_help(Reader::here().language),
    };
    let done = move || {
        filled.sent.get().map(|sent| {
            let title = say(sent);
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
                {move || filled.report_missing().then(|| report_needed(filled.kind.get()))}
                <Button label=say(words::settings_medical_send) busy=filled.writing.busy wide=true />
                {without_report(filled)}
            </Card>
            <Notice kind=NoticeKind::Plain title=say(words::settings_medical_private) />
        </form>
    }
    .into_any()
}

/// The way to register an emergency on its holder's word, which equipment has not.
fn without_report(filled: Filled) -> AnyView {
    let button = move || {
        (filled.kind.get() == NeedKind::Emergency).then(|| {
            view! {
                <Button
                    label=say(words::settings_medical_send_word)
                    kind=ButtonKind::Outline
                    busy=filled.writing.busy
                    wide=true
                    on_press=move |()| filled.send_on_word()
                />
            }
            .into_any()
        })
    };
    button.into_any()
}

/// That nothing was registered, and what it takes.
fn report_needed(kind: NeedKind) -> AnyView {
    let or_word = (kind == NeedKind::Emergency)
        .then(|| view! { <p>{say(words::settings_medical_report_or_word)}</p> }.into_any());
    view! {
        <Notice kind=NoticeKind::Bad title=say(words::settings_medical_report_needed)>{or_word}</Notice>
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
    /// Whether it was sent with a report that is none: it stays so until the report is another.
    fn report_missing(self) -> bool {
        self.tried.get() && (self.proof.is_refused() || self.proof.is_empty())
    }

    /// The report first, then the need. A report that is refused, here or at the server, registers nothing.
    fn send_with_report(self) {
        let Some(account) = untrack(|| SessionState::here().account_id()) else { return };
        if self.writing.busy.get_untracked() {
            return;
        }
        self.sent.set(None);
        self.tried.set(true);
        let until = parse_date(&self.until.get_untracked()).ok();
        let (now, offset) = untrack(|| (Clock::here().now(), Clock::here().utc_offset_s()));
        let today = local_day(now, offset).map(|(today, _)| today);
        self.until_wrong.set(until.is_none() || until < today);
        if untrack(|| self.report_missing()) || self.until_wrong.get_untracked() {
            return;
        }
        self.proof.hand_over(account.clone(), self.writing, move |photos| {
            let report = photos.into_iter().next().zip(until.map(Day));
            self.post(account, report, words::settings_medical_sent);
        });
    }

    /// Its holder chose to send no report.
    fn send_on_word(self) {
        let Some(account) = untrack(|| SessionState::here().account_id()) else { return };
        if !self.writing.busy.get_untracked() {
            self.sent.set(None);
            self.until_wrong.set(false);
            self.post(account, None, words::settings_medical_sent_word);
        }
    }

    fn post(self, account: AccountId, report: Option<(String, Day)>, sent: Sentence) {
        let (proof, until) = report.unzip();
        let post = PostDireNeed {
            account: Some(account),
            request_id: self.writing.request_id(),
            kind: self.kind.get_untracked(),
            text: self.writing.text.get_untracked(),
            until,
            proof,
        };
        let arrived = Callback::new(move |_: DireNeedPage| {
            self.proof.clear();
            self.tried.try_set(false);
            self.sent.try_set(Some(sent));
            self.until.try_set(String::new());
            self.again.try_run(());
        });
        self.writing.send(post, arrived);
    }
}
